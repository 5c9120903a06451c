"""Coding frames on several threads."""

import contextlib
import threading
from collections.abc import Callable

import pytest
import zstandard

from tests.core.waiting import wait_until
from zpack.codecs import Encoder
from zpack.jobs import Cancelled, Control
from zpack.native.frame_pool import FramePool

CAPACITY = 4096
LIMIT = 60


class Coder:
    """Passes content through, and does something on the way."""

    def __init__(self, on_the_way: Callable[[bytes], None] = lambda content: None) -> None:
        self._on_the_way = on_the_way

    def encode(self, content: "memoryview[int]", check: Callable[[], None]) -> bytes:
        check()
        data = bytes(content)
        self._on_the_way(data)
        return data


def threads_of_pools() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "zpack-frames"]


def submit(pool: FramePool, content: bytes) -> None:
    buffer = pool.buffer()
    buffer[: len(content)] = content
    pool.submit(buffer, len(content), len(content))


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_frames_come_out_in_order(threads):
    contents = [b"%d " % n * (1 + 37 * n % 600) for n in range(80)]
    written, control = [], Control()
    with FramePool(written.append, lambda: Encoder(1), CAPACITY, threads, control) as pool:
        for number, content in enumerate(contents):
            assert pool.submitted == number
            submit(pool, content)
        table = pool.finish()
    assert [zstandard.ZstdDecompressor().decompress(frame) for frame in written] == contents
    assert list(table.csize) == [len(frame) for frame in written]
    assert list(table.dsize) == [len(content) for content in contents]
    assert table.end == sum(map(len, written)) == control.progress.bytes_out
    assert threads_of_pools() == []


def test_the_last_can_be_ready_before_the_first():
    others, written = threading.Event(), []

    def wait_for_others(content: bytes) -> None:
        if content == b"0":
            assert others.wait(LIMIT)
        elif content == b"2":
            others.set()

    def coder() -> Coder:
        return Coder(wait_for_others)

    with FramePool(written.append, coder, CAPACITY, 3, Control()) as pool:
        for content in (b"0", b"1", b"2"):
            submit(pool, content)
        pool.finish()
    assert written == [b"0", b"1", b"2"]


def endless(pool: FramePool) -> None:
    for number in range(1000):
        submit(pool, b"%d" % number)
    pool.finish()


@pytest.mark.parametrize("error", [ValueError, OSError, Cancelled, KeyboardInterrupt])
@pytest.mark.parametrize("threads", [1, 3])
def test_errors_of_write_reach_the_caller(error, threads):
    def write(frame: bytes) -> None:
        if frame == b"5":
            raise error

    with FramePool(write, Coder, CAPACITY, threads, Control()) as pool, pytest.raises(error):
        endless(pool)
    assert threads_of_pools() == []


@pytest.mark.parametrize("threads", [1, 3])
def test_errors_of_the_encoder_reach_the_caller(threads):
    def fail(content: bytes) -> None:
        if content == b"5":
            raise MemoryError

    written = []
    pool = FramePool(written.append, lambda: Coder(fail), CAPACITY, threads, Control())
    with pool, pytest.raises(MemoryError):
        endless(pool)
    assert threads_of_pools() == []
    assert written == [b"%d" % number for number in range(len(written))]
    assert len(written) <= 5


@pytest.mark.timeout(10)
def test_errors_of_making_an_encoder_reach_the_caller():
    def coder() -> Coder:
        raise MemoryError

    with (
        FramePool(lambda frame: None, coder, CAPACITY, 1, Control()) as pool,
        pytest.raises(MemoryError),
    ):
        endless(pool)


def test_it_can_be_cancelled():
    control = Control()

    def cancel(content: bytes) -> None:
        if content == b"3":
            control.cancel()

    with (
        FramePool(lambda frame: None, lambda: Coder(cancel), CAPACITY, 2, control) as pool,
        pytest.raises(Cancelled),
    ):
        endless(pool)
    assert threads_of_pools() == []


def test_an_error_of_the_caller_leaves_no_thread():
    pool = FramePool(lambda frame: None, Coder, CAPACITY, 4, Control())
    with contextlib.suppress(ValueError), pool:
        submit(pool, b"0")
        raise ValueError
    assert threads_of_pools() == []


def test_buffers_are_used_again():
    seen = set()
    with FramePool(lambda frame: None, Coder, CAPACITY, 2, Control()) as pool:
        for _ in range(50):
            buffer = pool.buffer()
            seen.add(id(buffer.obj))
            pool.submit(buffer, 1, 1)
        pool.finish()
    assert len(seen) <= 4


def test_what_waits_for_its_turn_is_bounded():
    # The first frame takes its time; the others must not pile up, coded, until it is done.
    first, many = threading.Event(), threading.Event()
    coded = []

    def on_the_way(content: bytes) -> None:
        if content == b"0":
            many.wait(0.3)  # an upper limit: nothing more comes, if there is a bound
            first.set()
            return
        coded.append(len(coded) if first.is_set() else -1)
        if coded.count(-1) > 10:
            many.set()

    pool = FramePool(lambda frame: None, lambda: Coder(on_the_way), CAPACITY, 2, Control())
    with pool:
        for number in range(100):
            submit(pool, b"%d" % number)
        pool.finish()
    wait_until(lambda: len(coded) == 99)
    assert coded.count(-1) <= 4


def test_no_frames():
    with FramePool(lambda frame: None, Coder, CAPACITY, 2, Control()) as pool:
        assert len(pool.finish()) == 0
    assert threads_of_pools() == []

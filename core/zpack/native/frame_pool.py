"""Codes frames on several threads and writes them in order, in constant memory."""

from array import array
from collections.abc import Callable
from queue import SimpleQueue
from threading import Condition, Thread
from typing import NamedTuple

import xxhash

from zpack.codecs import LEAST_STEP, FrameTable
from zpack.codecs.coding import Encoder
from zpack.jobs import Control, Lane
from zpack.native.profile import Envelope
from zpack.native.zstd_profile import TAR_ZST

_SPARE = 2  # one being filled, one waiting


class _Coded(NamedTuple):
    """A frame that waits for its turn; ``content`` is its content's size."""

    frame: bytes
    content: int
    digest: int
    buffer: "memoryview[int]"


class _Stored(NamedTuple):
    """Frames that are coded already: ``copy`` appends them to the archive."""

    frames: FrameTable
    copy: Callable[[], None]


class FramePool:
    """``buffer``, ``submit`` and ``finish`` are for one thread; frames come out in the order of
    their submission, whatever the number of threads.

    ``write`` gets each frame, and what ``envelope`` puts around them, from any thread but never
    from two at once. An error of a thread is raised by the next call. Use as a context manager: it
    leaves no thread behind.
    """

    def __init__(
        self,
        write: Callable[[bytes], None],
        encoder: Callable[[], Encoder],
        capacity: int,
        threads: int,
        control: Control,
        envelope: Envelope | None = None,
    ) -> None:
        self._write = write
        self.envelope = envelope or TAR_ZST.envelope(False)
        self._encoder = encoder
        self._capacity = capacity
        self._control = control
        self._most = threads
        self._threads: list[Thread] = []
        self._work: SimpleQueue[tuple[int, memoryview[int], int, int] | None] = SimpleQueue()
        self._changed = Condition()
        self._free: list[memoryview[int]] = []
        self._made = 0
        self._submitted = 0
        self._coded: dict[int, _Coded | _Stored] = {}
        self._error: BaseException | None = None
        begin = self.envelope.begin()
        if begin:
            write(begin)
        self._offset = len(begin)
        self._table = tuple(array(code) for code in "QIIQ")

    @property
    def submitted(self) -> int:
        """How many frames there are so far: the number of the next one."""
        return self._submitted

    def buffer(self) -> "memoryview[int]":
        """A free buffer of the capacity; waits for one. Its content is arbitrary."""
        with self._changed:
            if not self._free and self._made < self._most + _SPARE:
                self._made += 1
                return memoryview(bytearray(self._capacity))
            while not self._free and self._error is None:
                self._changed.wait()
            self._raise_error()
            return self._free.pop()

    def submit(self, buffer: "memoryview[int]", length: int, payload: int) -> None:
        """The first ``length`` bytes of a buffer are the next frame's content, ``payload`` bytes of
        it content of files: they count as done as they are coded."""
        if len(self._threads) < self._most:
            thread = Thread(target=self._run, name="zpack-frames")
            self._threads.append(thread)
            thread.start()
        self._work.put((self._submitted, buffer, length, payload))
        self._submitted += 1

    def submit_stored(self, frames: FrameTable, copy: Callable[[], None]) -> None:
        """The next frames are coded already. When it is their turn ``copy`` appends them, from any
        thread; it may raise. Their offsets are made anew."""
        with self._changed:
            self._raise_error()
            self._coded[self._submitted] = _Stored(frames, copy)
            self._submitted += len(frames)
            self._write_ready()

    def finish(self) -> FrameTable:
        """Wait until all frames are written, and what stands after them."""
        with self._changed:
            while len(self._table[0]) < self._submitted and self._error is None:
                self._changed.wait()
            self._raise_error()
        end = self.envelope.end()
        if end:
            self._write(end)
        offset, csize, dsize, xxh3 = self._table
        return FrameTable(offset, csize, dsize, xxh3)

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            encoder, lane = self._encoder(), self._control.progress.lane()
            while (task := self._work.get()) is not None:
                if self._error is None:
                    self._code(encoder, lane, *task)
        except BaseException as error:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        with self._changed:
            if self._error is None:
                self._error = error
            self._changed.notify_all()

    def _code(
        self,
        encoder: Encoder,
        lane: Lane,
        number: int,
        buffer: "memoryview[int]",
        length: int,
        payload: int,
    ) -> None:
        before = lane.bytes_done

        def step() -> None:
            # Frames of slow levels take seconds: what is coded of them shows meanwhile.
            self._control.check()
            lane.bytes_done = min(lane.bytes_done + LEAST_STEP, before + payload)

        frame = encoder.encode(buffer[:length], step)
        lane.bytes_done = before + payload
        coded = _Coded(frame, length, xxhash.xxh3_64_intdigest(frame), buffer)
        with self._changed:
            self._coded[number] = coded
            self._write_ready()

    def _write_ready(self) -> None:
        while (ready := self._coded.pop(len(self._table[0]), None)) is not None:
            if isinstance(ready, _Stored):
                self._copy(ready)
                continue
            self._write(ready.frame)
            self._add_row(len(ready.frame), ready.content, ready.digest)
            self.envelope.add(ready.buffer[: ready.content])
            # Only now: so frames that wait for a slow one before them are bounded, too.
            self._free.append(ready.buffer)
        self._changed.notify_all()

    def _copy(self, stored: _Stored) -> None:
        frames = stored.frames
        assert frames.xxh3 is not None
        stored.copy()
        for row in zip(frames.csize, frames.dsize, frames.xxh3, strict=True):
            self._add_row(*row)

    def _add_row(self, length: int, content: int, digest: int) -> None:
        row = (self._offset, length, content, digest)
        for column, value in zip(self._table, row, strict=True):
            column.append(value)
        self._offset += length
        self._control.progress.bytes_out = self._offset

    def __enter__(self) -> "FramePool":
        return self

    def __exit__(self, *_: object) -> None:
        self._fail(RuntimeError("the pool is closed"))
        for _thread in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()

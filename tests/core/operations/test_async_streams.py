"""Streams for asyncio: the loop goes on meanwhile."""

import asyncio
import io
import os
import threading
from collections.abc import AsyncIterator

import pytest

from zpack.errors import StreamDamaged
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    Codec,
    compress_chunks,
    compress_chunks_async,
    decompress_chunks_async,
)

CONTENT = (b"some text that repeats\n" * 400 + os.urandom(3000)) * 200


async def slowly(content: bytes, step: int = 100_000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), step):
        await asyncio.sleep(0)
        yield content[start : start + step]


async def joined(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


@pytest.mark.parametrize("codec", Codec)
def test_round_trip(codec: Codec) -> None:
    async def run() -> bytes:
        packed = compress_chunks_async(slowly(CONTENT), codec=codec)  # straight into the other
        return await joined(decompress_chunks_async(packed))

    assert asyncio.run(run()) == CONTENT


def test_the_same_bytes_as_without_asyncio() -> None:
    packed = asyncio.run(joined(compress_chunks_async(io.BytesIO(CONTENT), level=5)))
    assert packed == b"".join(compress_chunks(io.BytesIO(CONTENT), level=5))
    assert asyncio.run(joined(decompress_chunks_async([packed]))) == CONTENT


def test_the_work_is_done_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = set()

    class Watching(Control):
        def check(self) -> None:
            threads.add(threading.get_ident())

    asyncio.run(joined(compress_chunks_async([CONTENT], control=Watching())))
    assert threads
    assert threading.get_ident() not in threads


def test_many_at_a_time() -> None:
    async def run() -> list[bytes]:
        streams = [
            joined(decompress_chunks_async(compress_chunks_async(slowly(CONTENT[:90_000], 9000))))
            for _ in range(100)
        ]
        return await asyncio.gather(*streams)

    assert set(asyncio.run(run())) == {CONTENT[:90_000]}


def test_a_task_that_is_cancelled_stops() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield CONTENT
            await asyncio.sleep(0)

    async def run() -> None:
        task = asyncio.create_task(joined(compress_chunks_async(endless(), level=1)))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_cancelled_by_its_control() -> None:
    control = Control()

    async def run() -> None:
        async for _ in compress_chunks_async(slowly(CONTENT), control=control):
            control.cancel()

    with pytest.raises(Cancelled):
        asyncio.run(run())


def test_damage() -> None:
    packed = b"".join(compress_chunks([CONTENT]))
    with pytest.raises(StreamDamaged):
        asyncio.run(joined(decompress_chunks_async(slowly(packed[:-5]))))

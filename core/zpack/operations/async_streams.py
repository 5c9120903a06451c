"""Streams for asyncio: the same work, on threads beside the event loop."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterator

from zpack.codecs import StreamDecoder
from zpack.jobs import Control
from zpack.operations.streams import (
    CHUNK,
    Codec,
    Source,
    decoded,
    finish_decoding,
    pieces,
    stream_encoder,
)

AsyncSource = AsyncIterable["bytes | bytearray | memoryview[int]"] | Source


async def compress_chunks_async(
    source: AsyncSource,
    *,
    codec: Codec = Codec.ZSTD,
    level: int | None = None,
    chunk_size: int = CHUNK,
    control: Control | None = None,
) -> AsyncIterator[bytes]:
    """As ``compress_chunks``, for ``async for``. ``source`` may be asynchronous too; files and
    plain iterables are read on a thread. The event loop is never held up."""
    control = control or Control()
    encoder, lane = stream_encoder(codec, level), control.progress.lane()
    async for data in _pieces(source, chunk_size, control):
        async for piece in _beside(encoder.feed(data, control.check), chunk_size):
            yield piece
        lane.bytes_done += len(data)
    yield await asyncio.to_thread(encoder.finish, control.check)


async def decompress_chunks_async(
    source: AsyncSource, *, chunk_size: int = CHUNK, control: Control | None = None
) -> AsyncIterator[bytes]:
    """As ``decompress_chunks``, for ``async for``. ``source`` as for
    :func:`compress_chunks_async`."""
    control = control or Control()
    decoder, lane = StreamDecoder(), control.progress.lane()
    async for data in _pieces(source, chunk_size, control):
        async for piece in _beside(decoded(decoder, data, control), chunk_size):
            yield piece
        lane.bytes_done += len(data)
    finish_decoding(decoder)


async def _pieces(
    source: AsyncSource, chunk_size: int, control: Control
) -> "AsyncIterator[memoryview[int]]":
    if isinstance(source, AsyncIterable):
        async for data in source:
            for piece in pieces((data,), chunk_size, control):
                yield piece
    else:
        plain = pieces(source, chunk_size, control)
        while (more := await asyncio.to_thread(_next, plain)) is not None:
            yield more


def _next(plain: "Iterator[memoryview[int]]") -> "memoryview[int] | None":
    return next(plain, None)


async def _beside(work: Iterator[bytes], enough: int) -> AsyncIterator[bytes]:
    """What ``work`` yields, in longer pieces: going to a thread and back has its price."""
    while piece := await asyncio.to_thread(_some, work, enough):
        yield piece


def _some(work: Iterator[bytes], enough: int) -> bytes:
    gathered: list[bytes] = []
    size = 0
    for piece in work:
        gathered.append(piece)
        size += len(piece)
        if size >= enough:
            break
    return b"".join(gathered)

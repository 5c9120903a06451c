"""Compress and decompress streams: anything that can be read, or gives bytes piece by piece."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Protocol

from zpack.codecs import (
    LZ4_LEVELS,
    CodecError,
    Lz4StreamEncoder,
    NotCompressed,
    NotDecodable,
    StreamDecoder,
    StreamEncoder,
    ZstdStreamEncoder,
)
from zpack.errors import (
    BadLevel,
    StreamDamaged,
    StreamNotCompressed,
    StreamNotRead,
    ZpackError,
)
from zpack.jobs import Control
from zpack.operations.presets import check_level
from zpack.records import record

CHUNK = 1 << 20


class Codec(Enum):
    """How a stream is compressed. Values are the usual endings of names."""

    ZSTD = "zst"
    LZ4 = "lz4"


@record
class StreamReport:
    """Bytes read from the source and written to the target."""

    bytes_in: int
    bytes_out: int


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self, size: int, /) -> bytes | None:
        """At most ``size`` bytes; none at the end."""
        ...


class Writable(Protocol):
    """A file that is open for writing bytes."""

    def write(self, data: "memoryview[int]", /) -> int | None:
        """How many bytes were taken; ``None`` for all."""
        ...


Source = Readable | Iterable["bytes | bytearray | memoryview[int]"]


def compress_stream(
    source: Source,
    target: Writable,
    *,
    codec: Codec = Codec.ZSTD,
    level: int | None = None,
    chunk_size: int = CHUNK,
    control: Control | None = None,
) -> StreamReport:
    """Read ``source`` to its end and write it compressed to ``target``; neither is closed.

    Levels are 1 to 22 for zstd (default 3) and 1 to 12 for lz4 (default 1). At most ``chunk_size``
    bytes are read at a time. Raises :class:`BadLevel`, ``Cancelled`` if ``control`` is cancelled
    from another thread, and whatever the two files raise.
    """
    control = control or Control()
    return _copy(
        compress_chunks(source, codec=codec, level=level, chunk_size=chunk_size, control=control),
        target,
        control,
    )


def decompress_stream(
    source: Source,
    target: Writable,
    *,
    chunk_size: int = CHUNK,
    control: Control | None = None,
) -> StreamReport:
    """Read zstd or lz4 frames, one or many, from ``source`` and write their content to ``target``.

    Every checksum is looked at; windows of up to 128 MiB are accepted. Raises
    :class:`StreamDamaged` if the stream is damaged or cut short, after what comes before that was
    written, :class:`StreamNotCompressed`, :class:`StreamNotRead`, ``Cancelled``, and whatever the
    two files raise.
    """
    control = control or Control()
    chunks = decompress_chunks(source, chunk_size=chunk_size, control=control)
    return _copy(chunks, target, control)


def compress_chunks(
    source: Source,
    *,
    codec: Codec = Codec.ZSTD,
    level: int | None = None,
    chunk_size: int = CHUNK,
    control: Control | None = None,
) -> Iterator[bytes]:
    """As :func:`compress_stream`, piece by piece: reads on as pieces are taken."""
    control = control or Control()
    encoder = stream_encoder(codec, level)
    return _compressed(encoder, source, chunk_size, control)


def decompress_chunks(
    source: Source, *, chunk_size: int = CHUNK, control: Control | None = None
) -> Iterator[bytes]:
    """As :func:`decompress_stream`, piece by piece (at most 8 MiB each): reads on as pieces are
    taken."""
    control = control or Control()
    decoder = StreamDecoder()
    lane = control.progress.lane()
    for data in pieces(source, chunk_size, control):
        yield from decoded(decoder, data, control)
        lane.bytes_done += len(data)
    finish_decoding(decoder)


def _compressed(
    encoder: StreamEncoder, source: Source, chunk_size: int, control: Control
) -> Iterator[bytes]:
    lane = control.progress.lane()
    for data in pieces(source, chunk_size, control):
        yield from encoder.feed(data, control.check)
        lane.bytes_done += len(data)
    yield encoder.finish(control.check)


def stream_encoder(codec: Codec, level: int | None) -> StreamEncoder:
    """Raises :class:`BadLevel`."""
    if codec is Codec.LZ4:
        if level is not None and level not in LZ4_LEVELS:
            raise BadLevel(level, most=LZ4_LEVELS[-1])
        return Lz4StreamEncoder(level or 1)
    check_level(level)
    return ZstdStreamEncoder(level or 3)


def pieces(source: Source, chunk_size: int, control: Control) -> Iterator["memoryview[int]"]:
    """The bytes of a source, at most ``chunk_size`` at a time."""
    if chunk_size < 1:
        raise ValueError("chunk_size must be 1 or more")
    for data in _read(source, chunk_size):
        view = memoryview(data).cast("B")
        for start in range(0, len(view), chunk_size):
            control.check()
            yield view[start : start + chunk_size]


def _read(source: Source, size: int) -> "Iterable[bytes | bytearray | memoryview[int]]":
    if isinstance(source, Iterable) and not hasattr(source, "read"):
        return source
    return iter(lambda: source.read(size) or b"", b"")


def decoded(decoder: StreamDecoder, data: "memoryview[int]", control: Control) -> Iterator[bytes]:
    """What these bytes add; damage as the project's errors."""
    try:
        for piece in decoder.feed(data):
            yield piece
            control.check()
    except CodecError as error:
        raise _explained(error, decoder) from error


def finish_decoding(decoder: StreamDecoder) -> None:
    """There is no more: raises if there should be."""
    try:
        decoder.finish()
    except CodecError as error:
        raise _explained(error, decoder) from error


def _explained(error: CodecError, decoder: StreamDecoder) -> ZpackError:
    match error:
        case NotCompressed():
            return StreamNotCompressed(str(error))
        case NotDecodable():
            return StreamNotRead(str(error), decoder.position)
    return StreamDamaged(str(error), decoder.position)


def _copy(chunks: Iterator[bytes], target: Writable, control: Control) -> StreamReport:
    progress = control.progress
    for chunk in chunks:
        view = memoryview(chunk)
        while view:
            taken = target.write(view)
            view = view[len(view) if taken is None else taken :]
        progress.bytes_out += len(chunk)
    return StreamReport(sum(lane.bytes_done for lane in progress.lanes), progress.bytes_out)

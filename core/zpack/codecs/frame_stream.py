"""The content of a run of frames, as a stream in constant memory."""

from array import array
from collections.abc import Callable

import xxhash

from zpack.codecs.coding import CodecError, FrameReader
from zpack.codecs.frame_table import FrameTable

Pread = Callable[[int, int], bytes]
UNKNOWN = 0xFFFFFFFFFFFFFFFF
_FEED = 256 << 10
_BLOCK = 128 << 10
_LEAST = 512  # decoded at a time, where nothing tells which byte is the last
_SECTOR = 4 << 10  # how finely a disk tells what it cannot read


class FrameError(ValueError):
    """Frame number ``frame`` does not decode, or is not what the index says."""

    def __init__(self, frame: int, message: str) -> None:
        super().__init__(message)
        self.frame = frame


class FrameStream:
    """Decodes frames ``first`` to ``last`` (exclusive), one after the other.

    ``pread(length, offset)`` reads the file. With ``check_stored`` each compressed frame's XXH3-64
    is compared with the table's. A content size of ``UNKNOWN`` means: as much as there is.
    ``starts`` grows with the position in the run's content at which each frame begins. For one
    thread.

    A view with room for a whole frame (of at most ``MAX_WHOLE`` bytes) is filled in one step,
    without a copy in between: several times as quick.
    """

    def __init__(
        self, pread: Pread, frames: FrameTable, first: int, last: int, *, check_stored: bool
    ) -> None:
        self._pread = pread
        self._frames = frames
        self._frame = first
        self._last = last
        self._check_stored = check_stored and frames.xxh3 is not None
        self._decoder = frames.coding.decoder()
        self._source: _FrameSource | None = None
        self._reader: FrameReader | None = None
        self._left = 0
        self._open_ended = False
        self._fine = False
        self._position = 0
        self._error: FrameError | None = None
        self.starts = array("Q")

    @property
    def frame(self) -> int:
        """The number of the frame being decoded."""
        return self._frame

    @property
    def position(self) -> int:
        """How much of the run's content was decoded."""
        return self._position

    def readinto(self, view: "memoryview[int]") -> int:
        """Fill ``view``, or as much of it as whole frames fill; 0 only at the run's end.

        Raises :class:`FrameError`, after what comes before the damage was given.
        """
        filled = 0
        try:
            self._raise_error()
            while filled < len(view) and self._open(len(view), filled):
                count = self._decode(view[filled : filled + self._left])
                filled += count
                self._left -= count
                self._position += count
                if not self._left:
                    self._close()
        except FrameError as error:
            self._error = error
            if not filled:
                raise
        return filled

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error

    def _open(self, room: int, filled: int) -> bool:
        if self._reader is None:
            if self._frame >= self._last:
                return False
            size = self._frames.dsize[self._frame]
            if filled and room - filled < size <= room:
                return False  # next time, then at once
            self._left = size
            self._open_ended = size == UNKNOWN
            self._fine = False
            try:
                self._reader = self._start(whole=size <= room - filled)
            except FrameError:  # not all of it can be read
                self._fine = True
                self._reader = self._start()
            self.starts.append(self._position)
        return True

    def _start(self, *, whole: bool = False) -> FrameReader:
        """A reader at the beginning of the frame."""
        offset, length = self._frames.offset[self._frame], self._frames.csize[self._frame]
        self._source = _FrameSource(self._pread, offset, length, self._check_stored)
        content = self._frames.dsize[self._frame]
        feed = _SECTOR if self._fine else _FEED
        reader = self._decoder.open(self._source, length, content, at_once=whole, step=feed)
        if self._open_ended:
            return _Stepwise(reader, content, _LEAST if self._fine else 2 * _FEED)
        return _Stepwise(reader, content, _BLOCK) if self._fine else reader

    def _decode(self, view: "memoryview[int]") -> int:
        assert self._reader is not None
        try:
            count = self._reader.readinto(view)
        except (CodecError, FrameError) as error:
            if not self._fine:
                return self._decode_finely(view)
            if isinstance(error, FrameError):
                raise
            raise FrameError(self._frame, str(error)) from error
        if count == 0 and len(view):
            if not self._open_ended:
                raise FrameError(self._frame, "a block is cut short")
            self._left = 0
        return count

    def _decode_finely(self, view: "memoryview[int]") -> int:
        """Once more from the frame's beginning, in small steps: what a call has decoded when it
        fails is lost."""
        self._fine = True
        self._reader = self._start()
        given = self._position - self.starts[-1]
        while given:
            try:
                given -= self._reader.readinto(memoryview(bytearray(min(_BLOCK, given)))) or given
            except CodecError as error:
                raise FrameError(self._frame, str(error)) from error
        return self._decode(view)

    def _close(self) -> None:
        # Reading on past the content makes the decoder take, and check, the checksum.
        assert self._reader is not None
        assert self._source is not None
        try:
            more = self._reader.readinto(memoryview(bytearray(1)))
        except CodecError as error:
            raise FrameError(self._frame, "a block's checksum does not match") from error
        if more:
            raise FrameError(self._frame, "a block holds more than the index says")
        self._source.drain()
        if self._check_stored:
            assert self._frames.xxh3 is not None
            if self._source.digest() != self._frames.xxh3[self._frame]:
                raise FrameError(self._frame, "a block is not as it was written")
        self._reader = None
        self._frame += 1


class _Stepwise:
    """A reader in steps of its own, ``most`` bytes at most; the last byte, with which the checksum
    is looked at, is a step by itself. Of a frame that is cut off a decoder gives more or less, as
    it is asked for much or little at a time: so it comes out the same whoever reads."""

    def __init__(self, reader: FrameReader, content: int, most: int) -> None:
        self._reader = reader
        self._left = content
        self._buffer = memoryview(bytearray(min(most, max(1, content))))
        self._kept = self._buffer[:0]

    def readinto(self, view: "memoryview[int]") -> int:
        """As of every ``FrameReader``."""
        if not self._kept:
            step = self._buffer[: max(1, self._left - 1)]
            self._kept = step[: self._reader.readinto(step)]
            self._left -= len(self._kept)
        count = min(len(view), len(self._kept))
        view[:count] = self._kept[:count]
        self._kept = self._kept[count:]
        return count


class _FrameSource:
    """The compressed bytes of one frame, hashed as they pass."""

    def __init__(self, pread: Pread, offset: int, length: int, hashed: bool) -> None:
        self._pread = pread
        self._offset = offset
        self._left = length
        self._hash = xxhash.xxh3_64() if hashed else None

    def read(self, size: int) -> bytes:
        data = self._pread(min(size, self._left), self._offset) if self._left else b""
        self._offset += len(data)
        self._left -= len(data)
        if self._hash is not None:
            self._hash.update(data)
        return data

    def drain(self) -> None:
        """Hash what the decoder had no need of."""
        while self._hash is not None and self._left and self.read(_FEED):
            pass

    def digest(self) -> int:
        assert self._hash is not None
        return self._hash.intdigest()

"""Files with holes in a tar: GNU's forms (old GNU, pax 0.0, 0.1 and 1.0). All are read, 1.0 is
written (docs/format.md, section 2)."""

from collections.abc import Iterator

from zpack.entries import Holes
from zpack.records import record
from zpack.tar.blocks import BLOCK, BlockReader, padding
from zpack.tar.numbers import TarError, read_number
from zpack.tar.pax import Records, read_size

MAX_STRETCHES = 1 << 20  # of data, in a file by others: 16 MiB in memory
MAX_PACKED = 1 << 44
PACKED_FROM = 1 << 30  # bytes in holes: docs/format.md, section 2, says why
_LONGEST_LINE = 21
_OLD_FIRST = slice(386, 482)
_OLD_FOLLOWS, _OLD_SIZE = 482, slice(483, 495)
_OLD_MORE, _OLD_MORE_FOLLOWS = slice(0, 504), 504
_PAIR = 24
_WRONG = "the map of a file with holes makes no sense"


@record
class SparseContent:
    """``size`` with all holes; ``stored`` bytes of data follow in the tar."""

    holes: Holes
    size: int
    stored: int


def encode_map(holes: Holes, size: int) -> bytes:
    """The map that stands before the data, filled up to whole blocks."""
    data = list(holes.data(size))
    if not data or sum(data[-1]) < size:
        data.append((size, 0))
    text = b"%d\n" % len(data) + b"".join(b"%d\n%d\n" % pair for pair in data)
    return text + bytes(padding(len(text)))


def packed_size(holes: Holes, size: int) -> int:
    """Bytes of content that an entry in sparse form has: the map, and the data."""
    return len(encode_map(holes, size)) + size - holes.total


def stand_in_path(path: bytes) -> bytes:
    """The name under which programs that do not know the form show the file."""
    folder, slash, name = path.rpartition(b"/")
    return folder + slash + b"GNUSparseFile.0/" + name


def is_known(records: Records) -> bool:
    """Whether pax records are of a sparse form that can be read."""
    if b"GNU.sparse.major" in records or b"GNU.sparse.minor" in records:
        version = (records.get(b"GNU.sparse.major"), records.get(b"GNU.sparse.minor"))
        return version == (b"1", b"0")
    return b"GNU.sparse.size" in records


def read_old(block: bytes, blocks: BlockReader, stored: int) -> SparseContent:
    """GNU's old form: the map is in the header, and in blocks that follow it.

    Raises :class:`TarError`.
    """
    pairs = list(_old_pairs(block[_OLD_FIRST]))
    follows = block[_OLD_FOLLOWS]
    while follows:
        more = bytes(blocks.take(BLOCK))
        pairs.extend(_old_pairs(more[_OLD_MORE]))
        follows = more[_OLD_MORE_FOLLOWS]
        if len(pairs) > MAX_STRETCHES or not more[0]:
            raise TarError(_WRONG)
    return _content(pairs, read_number(block[_OLD_SIZE]), stored)


def _old_pairs(fields: bytes) -> Iterator[tuple[int, int]]:
    for at in range(0, len(fields), _PAIR):
        if not fields[at + 12]:
            return
        yield read_number(fields[at : at + 12]), read_number(fields[at + 12 : at + _PAIR])


def read_pax(records: Records, blocks: BlockReader, stored: int) -> SparseContent:
    """A form that pax records tell of; in 1.0 the map is before the data. Raises
    :class:`TarError`."""
    if b"GNU.sparse.major" in records:
        numbers, length = _read_map(blocks, stored)
        size = read_size(records.get(b"GNU.sparse.realsize", b""))
        stored -= length
    else:
        text = records.get(b"GNU.sparse.map", b"")
        numbers = [read_size(number) for number in text.split(b",")] if text else []
        size = read_size(records[b"GNU.sparse.size"])
    if len(numbers) % 2 or len(numbers) > 2 * MAX_STRETCHES:
        raise TarError(_WRONG)
    return _content(list(zip(numbers[::2], numbers[1::2], strict=True)), size, stored)


def _read_map(blocks: BlockReader, stored: int) -> tuple[list[int], int]:
    """The numbers of a map of version 1.0, and how many bytes it took."""
    text = bytearray()
    wanted, lines, longest = 1, 0, BLOCK  # lines that the map has, as far as is known
    while lines < wanted:
        if len(text) + BLOCK > stored or len(text) >= longest:
            raise TarError(_WRONG)
        block = bytes(blocks.take(BLOCK))
        text += block
        lines += block.count(b"\n")
        if wanted == 1 and lines:
            stretches = read_size(bytes(text[: text.index(b"\n")]))
            if stretches > MAX_STRETCHES:
                raise TarError(_WRONG)
            wanted = 1 + 2 * stretches
            longest = wanted * _LONGEST_LINE
    numbers = bytes(text).split(b"\n")[1:wanted]
    return [read_size(number) for number in numbers], len(text)


def _content(pairs: list[tuple[int, int]], size: int, stored: int) -> SparseContent:
    try:
        holes = Holes.between(pairs, size, packed=True)
    except ValueError:
        raise TarError(_WRONG) from None
    if sum(length for _, length in pairs) != stored:
        raise TarError(_WRONG)
    return SparseContent(holes, size, stored)

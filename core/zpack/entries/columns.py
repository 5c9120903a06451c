"""A set of named columns as bytes: the body of an index, and of a listing on the wire.

Layout in docs/format.md, section 4. How a column is stored (compressed in a file, plain on the
wire) is the caller's: it passes ``store`` and ``load``.
"""

import struct
from array import array
from collections.abc import Callable, Iterable, Iterator

from zpack import jobs
from zpack.records import record

_HEAD = struct.Struct("<QII")
_DESCRIPTOR = struct.Struct("<16sc7sQQ")
_WIDTHS = {"B": 1, "H": 2, "I": 4, "Q": 8, "q": 8}
_MAX_COLUMNS = 256
MAX_ROWS = 0xFFFFFFFE
MAX_RAW = 2 << 30
# Real ones compress to a fiftieth at best, unless link targets are very long and all the same: what
# compresses better than this was made to use up memory.
_MOST_GROWTH = 1024
_GROWTH_BEGINS = 64 << 20
_SHARED_FROM = 4 << 20
_MOST_THREADS = 4  # the largest column, that of names, takes a third of the time


class ColumnError(ValueError):
    """The bytes are not a set of columns."""


@record
class Column:
    """``type`` is the item type, a letter of ``struct``; ``data`` the items, little-endian."""

    name: str
    type: str
    data: "bytes | bytearray | memoryview[int] | array[int]"


Store = Callable[["memoryview[int]"], bytes]
Load = Callable[["memoryview[int]", int], "bytes | memoryview[int]"]


def encode_columns(rows: int, columns: Iterable[Column], store: Store) -> bytes:
    """The body. Only on little-endian machines are columns in memory already as they should be."""
    descriptors, stored = [], []
    for column in columns:
        view = memoryview(column.data).cast("B")
        data = store(view)
        items = len(view) // _WIDTHS[column.type]
        name, kind = column.name.encode("ascii"), column.type.encode("ascii")
        descriptors.append(_DESCRIPTOR.pack(name, kind, bytes(7), items, len(data)))
        stored.append(data)
    head = _HEAD.pack(rows, len(descriptors), 0)
    return b"".join((head, *descriptors, *stored))


def decode_columns(
    body: "bytes | memoryview[int]", load: Load
) -> "tuple[int, dict[str, memoryview[int]]]":
    """Rows, and columns by name, cast to their item types.

    ``load(stored, raw_length)`` must return exactly that many bytes or raise, on any thread. Raises
    :class:`ColumnError` before anything of an unreasonable size is made.
    """
    view = memoryview(body)
    if len(view) < _HEAD.size:
        raise ColumnError("the index is cut short")
    rows, count, reserved = _HEAD.unpack_from(view)
    if reserved or not 1 <= rows <= MAX_ROWS or count > _MAX_COLUMNS:
        raise ColumnError("the index has a header that makes no sense")
    if len(view) < _HEAD.size + count * _DESCRIPTOR.size:
        raise ColumnError("the index is cut short")
    descriptors = [
        _DESCRIPTOR.unpack_from(view, _HEAD.size + number * _DESCRIPTOR.size)
        for number in range(count)
    ]
    _check(descriptors, len(view) - _HEAD.size - count * _DESCRIPTOR.size)
    columns: dict[str, memoryview[int]] = {}
    stored: list[tuple[memoryview[int], int]] = []
    at = _HEAD.size + count * _DESCRIPTOR.size
    for _, kind, _, items, length in descriptors:
        stored.append((view[at : at + length], items * _WIDTHS[kind.decode("ascii")]))
        at += length
    for (name, kind, *_), raw in zip(descriptors, _load_all(stored, load), strict=True):
        columns[_name(name)] = memoryview(raw).cast("B").cast(kind.decode("ascii"))
    return rows, columns


def _load_all(
    stored: "list[tuple[memoryview[int], int]]", load: Load
) -> "list[bytes | memoryview[int]]":
    """Each column, several at once where that is worth it: loading them takes most of the time of
    opening an archive of a million entries."""
    loaded: list[bytes | memoryview[int]] = [b""] * len(stored)

    def work(places: Iterator[int], _: object) -> None:
        for place in places:
            data, length = stored[place]
            raw = load(data, length)
            if memoryview(raw).nbytes != length:
                raise ColumnError("a column has another size than the index says")
            loaded[place] = raw

    large = sum(length for _, length in stored) >= _SHARED_FROM
    threads = min(jobs.core_count(), _MOST_THREADS) if large else 1
    # The largest first, so that nobody waits for it at the end.
    order = sorted(range(len(stored)), key=lambda place: -stored[place][1])
    jobs.run_crew(order, work, threads, jobs.Progress())
    return loaded


def column_names(body: "bytes | memoryview[int]") -> set[str]:
    """The names of the columns in a body that :func:`decode_columns` could read."""
    _, count, _ = _HEAD.unpack_from(body)
    places = (_HEAD.size + number * _DESCRIPTOR.size for number in range(count))
    return {_name(_DESCRIPTOR.unpack_from(body, place)[0]) for place in places}


def _check(descriptors: list[tuple[bytes, bytes, bytes, int, int]], room: int) -> None:
    raw = 0
    for _, kind, reserved, items, _ in descriptors:
        width = _WIDTHS.get(kind.decode("latin-1"))
        if width is None or any(reserved):
            raise ColumnError("a column has a type that is not known")
        raw += items * width
    if raw > min(MAX_RAW, _GROWTH_BEGINS + _MOST_GROWTH * room):
        raise ColumnError("the index is larger than zpack is prepared to read")
    if sum(length for *_, length in descriptors) != room:
        raise ColumnError("the columns do not fill the index")
    if len({name for name, *_ in descriptors}) != len(descriptors):
        raise ColumnError("a column stands twice in the index")


def _name(field: bytes) -> str:
    name = field.rstrip(b"\0")
    if not name or b"\0" in name or not name.isascii():
        raise ColumnError("a column has a name that makes no sense")
    return name.decode("ascii")

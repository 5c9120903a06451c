"""Names of archives by others, read in the encoding that they were written in."""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from zpack.entries.listing import Listing
from zpack.entries.rare import Ints
from zpack.records import field, fields, mutable_record


class EncodingUnknown(ValueError):
    """No encoding of text has that name."""


class NameDecoder:
    """Turns names that are not UTF-8 into UTF-8. What does not decode stays as it is; so does what
    would have a slash or a NUL then: a name is one part of a path, whatever it is called.

    Raises :class:`EncodingUnknown`.
    """

    def __init__(self, encoding: str) -> None:
        try:
            fits = b"a/b".decode(encoding) == "a/b"  # also raises for what is none of text
        except (LookupError, ValueError):
            fits = False
        if not fits:
            raise EncodingUnknown(encoding)
        self._encoding = encoding

    def name(self, name: bytes) -> bytes:
        """One part of a path."""
        if name.isascii() or _is_utf8(name):
            return name
        try:
            new = name.decode(self._encoding).encode("utf-8")
        except (UnicodeError, ValueError):
            return name
        return name if not new or b"/" in new or b"\0" in new else new

    def path(self, path: bytes) -> bytes:
        """A path, each part by itself."""
        return b"/".join(map(self.name, path.split(b"/")))


@mutable_record
class RecodedListing(Listing):
    """A listing with other names in the same rows: so they may be out of order, and different
    entries may have the same name. For reading names and extracting by them, not for finding
    entries in the archive."""

    original: Listing | None = None
    # The folder that was asked for last, and its rows by name: replaced as one, for any thread.
    _last: tuple[int, dict[bytes, list[int]]] = field(default=(-1, {}), init=False)

    def superseded(self, row: int) -> bool:
        """As in the archive: names that only became the same are different entries."""
        return self.original is not None and self.original.superseded(row)

    def all_superseded(self) -> Iterator[int]:
        """Those rows, in order."""
        return iter(()) if self.original is None else self.original.all_superseded()

    def _named(self, row: int, name: bytes) -> list[int]:
        folder, rows = self._last
        if folder != row:
            rows = {}
            for child in self.children(row):
                rows.setdefault(self.name(child), []).append(child)
            self._last = row, rows
        return rows.get(name, [])


def recoded(listing: Listing, encoding: str) -> Listing:
    """The listing with its names and link targets decoded, or itself if none changes. Raises
    :class:`EncodingUnknown`."""
    decoder = NameDecoder(encoding)
    names, name_end = _blob(map(decoder.name, _parts(listing.names, listing.name_end)))
    links, link_end = _blob(map(decoder.path, _parts(listing.links, listing.link_end)))
    if names == listing.names and links == listing.links:
        return listing
    columns: dict[str, Any] = {
        each.name: getattr(listing, each.name) for each in fields(listing) if each.init
    }
    new: dict[str, Any] = {
        "names": names,
        "name_end": name_end,
        "links": links,
        "link_end": link_end,
    }
    new["original"] = listing
    return RecodedListing(**(columns | new))


def _parts(blob: bytes, ends: Ints) -> Iterator[bytes]:
    if len(ends):
        yield blob[: ends[0]]
    for start, end in pairwise(ends):
        yield blob[start:end]


def _blob(parts: Iterator[bytes]) -> "tuple[bytes, array[int]]":
    blob, ends = bytearray(), array("Q")
    for part in parts:
        blob += part
        ends.append(len(blob))
    return bytes(blob), ends


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

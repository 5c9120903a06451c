"""Looks at every row of a listing that came from outside."""

from itertools import pairwise

from zpack.entries.kinds import Kind
from zpack.entries.listing import NO_FRAME, Listing, ListingError
from zpack.entries.rare import Ints

_LINKS = (Kind.HARD_LINK, Kind.SYMLINK)
_IMPLIED_MODE = 0o755
_NS = 1_000_000_000


def check_listing(listing: Listing) -> None:
    """Raises :class:`ListingError` where the columns contradict each other or the format."""
    _check_tree(listing)
    _check_ends(listing.name_end, listing.names, "names")
    _check_ends(listing.link_end, listing.links, "link targets")
    _check_links(listing)
    if b"/" in listing.names or b"\0" in listing.names:
        raise ListingError("a name has a slash or a NUL")
    _check_values(listing)
    _check_names(listing)
    fault = listing.rare.fault(listing.kind, listing.size)
    if fault:
        raise ListingError(fault)


def _check_tree(listing: Listing) -> None:
    parents, kinds = listing.parent, listing.kind
    if not len(listing) or parents[0] or listing.name_end[0] or kinds[0] != Kind.DIRECTORY:
        raise ListingError("the first row is not the root")
    if any(parent >= row for row, parent in enumerate(parents[1:], 1)):
        raise ListingError("a row stands before its folder")
    _check_ascending(parents, "folders are out of order")
    if any(kinds[parent] != Kind.DIRECTORY for parent in set(parents)):
        raise ListingError("something that is no folder has contents")


def _check_links(listing: Listing) -> None:
    linked = [row for row, kind in enumerate(listing.kind) if kind in _LINKS]
    if list(listing.link_row) != linked or len(listing.link_end) != len(linked):
        raise ListingError("the targets do not belong to the links")


def _check_values(listing: Listing) -> None:
    if max(listing.kind) > Kind.FIFO or max(listing.owner) >= len(listing.owners):
        raise ListingError("a kind or an owner is not in the table")
    if max(listing.mtime_ns) >= _NS or max(listing.mode) > 0o7777:
        raise ListingError("a time or a mode is out of range")
    for row, kind in enumerate(listing.kind):
        if listing.size[row] and kind != Kind.FILE:
            raise ListingError("something that is no file has a size")
        if listing.frame[row] == NO_FRAME and not _is_implied(listing, row):
            raise ListingError("something without an entry has what only an entry could say")


def _is_implied(listing: Listing, row: int) -> bool:
    said = (listing.kind[row], listing.mode[row], listing.mtime[row], listing.mtime_ns[row])
    place = (listing.owner[row], listing.offset[row])
    if listing.rare.extras_of(row):
        return False
    return said == (Kind.DIRECTORY, _IMPLIED_MODE, 0, 0) and place == (0, 0)


def _check_names(listing: Listing) -> None:
    before = b""
    for row in range(1, len(listing)):
        name = listing.name(row)
        if not name:
            raise ListingError("a name is empty")
        if name <= before and listing.parent[row] == listing.parent[row - 1]:
            if name < before:
                raise ListingError("names are out of order")
            if listing.kind[row] == listing.kind[row - 1] == Kind.DIRECTORY:
                raise ListingError("two folders have the same name")
        before = name


def _check_ends(ends: Ints, blob: bytes, what: str) -> None:
    _check_ascending(ends, f"{what} are out of order")
    if (ends[-1] if len(ends) else 0) != len(blob):
        raise ListingError(f"{what} do not end where they should")


def _check_ascending(values: Ints, message: str) -> None:
    if any(after < before for before, after in pairwise(values)):
        raise ListingError(message)

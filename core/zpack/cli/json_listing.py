"""A listing in JSON: one object whose ``entries`` are written one by one."""

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from zpack.cli.json_output import explanation_object, report_object, stream_object, text
from zpack.entries import Kind, Listing, ListingError
from zpack.operations.reports import ListReport
from zpack.tar import TarError, read_extras

if TYPE_CHECKING:
    from zpack.cli.list_command import Rows

TYPE_WORDS: dict[int, str] = {
    Kind.FILE: "file",
    Kind.HARD_LINK: "hardlink",
    Kind.SYMLINK: "symlink",
    Kind.DIRECTORY: "directory",
    Kind.CHARACTER_DEVICE: "chardev",
    Kind.BLOCK_DEVICE: "blockdev",
    Kind.FIFO: "fifo",
}
_PIECES = 1000


def json_listing(report: ListReport, rows: "Rows") -> Iterator[bytes]:
    """The object, piece by piece. What is wrong stands last: the rows may only show it."""
    before = report_object(report, leave_out=("listing", "problems"))
    del before["exit_code"]
    after: dict[str, Any] = {}

    def entries() -> Iterator[dict[str, Any]]:
        yield from rows.guard(_entries(report.listing, rows))
        after["problems"] = [explanation_object(problem) for problem in rows.problems]
        after["exit_code"] = int(rows.exit_code)

    yield from _joined(stream_object(before, "entries", entries(), after))


def _entries(listing: Listing, rows: Iterable[tuple[int, bytes]]) -> Iterator[dict[str, Any]]:
    owners = [
        {
            "uid": owner.uid,
            "gid": owner.gid,
            **text("user", owner.user),
            **text("group", owner.group),
        }
        for owner in listing.owners
    ]
    for row, path in rows:
        entry: dict[str, Any] = {
            **text("path", path),
            "type": TYPE_WORDS[listing.kind[row]],
            "size": listing.size[row],
            "mode": listing.mode[row],
            "mtime": listing.mtime[row],
            "mtime_ns": listing.mtime_ns[row],
            **owners[listing.owner[row]],
        }
        target = listing.link(row)
        if target is not None:
            entry |= text("link", target)
        if listing.rare:
            entry |= _rare(listing, row)
        if not listing.has_entry(row):
            entry["implied"] = True
        if listing.superseded(row):
            entry["superseded"] = True
        yield entry


def _rare(listing: Listing, row: int) -> dict[str, Any]:
    """What few entries have."""
    found: dict[str, Any] = {}
    attributes = listing.attributes(row)
    if attributes.device is not None:
        found["device"] = list(attributes.device)
    if attributes.holes is not None:
        found["holes"] = attributes.holes.total
    if attributes.extras:
        try:
            xattrs, acls = read_extras(attributes.extras)
        except TarError as error:
            raise ListingError(str(error)) from error
        found["xattrs"] = [text("name", name) for name in sorted(xattrs)]
        found["acls"] = {}
        for which in sorted(acls):
            found["acls"] |= text(os.fsdecode(which), acls[which])
    return found


def _joined(pieces: Iterator[str]) -> Iterator[bytes]:
    """Fewer, longer pieces: each write has its price."""
    gathered: list[str] = []
    for piece in pieces:
        gathered.append(piece)
        if len(gathered) == _PIECES:
            yield "".join(gathered).encode("ascii")
            gathered.clear()
    yield "".join(gathered).encode("ascii")

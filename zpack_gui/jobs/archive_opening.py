"""What the window knows of an archive that it shows. Runs on threads; no Qt."""

import os
from dataclasses import dataclass

from zpack.entries import Kind, Listing
from zpack.errors import Explanation, FormatNotRead
from zpack.formats import recognize
from zpack.jobs import Control
from zpack.operations import ListReport, ListRequest, list_archive, opens_at_once


@dataclass(frozen=True, slots=True)
class OpenedArchive:
    """An archive as it was when it was listed. Sizes in bytes; ``recovery_percent`` is that of its
    recovery record, 0 without one."""

    path: str
    format_title: str
    listing: Listing
    problems: tuple[Explanation, ...]
    file_size: int
    mtime_ns: int
    files: int
    folders: int
    content_size: int
    indexed: bool
    recovery_percent: int = 0


def open_if_at_once(path: str, control: Control) -> OpenedArchive | None:
    """The archive, if listing it takes no pass over its data; else None."""
    found = recognize(path).format
    if not found.can_open:
        raise FormatNotRead(path, found.title)
    if not opens_at_once(path):
        return None
    report = list_archive(ListRequest(path), control)
    return described(path, report.listing, report)


def described(path: str, listing: Listing, report: ListReport) -> OpenedArchive:
    """A listing with the facts about it; ``report`` may have come without its listing."""
    status = os.stat(path)
    kinds = bytes(listing.kind)
    folders = kinds.count(Kind.DIRECTORY) - 1  # the root is no folder of the user's
    return OpenedArchive(
        path=path,
        format_title=report.format,
        listing=listing,
        problems=report.problems,
        file_size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        files=len(listing) - 1 - folders,
        folders=folders,
        content_size=sum(listing.size),
        indexed=report.indexed,
        recovery_percent=report.recovery_percent,
    )

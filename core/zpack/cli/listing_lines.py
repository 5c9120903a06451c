"""A listing as lines: for a terminal with names that are safe to show, for a pipe as they are."""

import stat
from collections.abc import Callable, Iterable, Iterator

from zpack.cli.questions import moment
from zpack.entries import Kind, Listing, Stretch
from zpack.errors import shown

_TYPES: dict[int, int] = {
    Kind.FILE: stat.S_IFREG,
    Kind.HARD_LINK: stat.S_IFREG,
    Kind.SYMLINK: stat.S_IFLNK,
    Kind.DIRECTORY: stat.S_IFDIR,
    Kind.CHARACTER_DEVICE: stat.S_IFCHR,
    Kind.BLOCK_DEVICE: stat.S_IFBLK,
    Kind.FIFO: stat.S_IFIFO,
}
_DEVICES = (Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE)
_ARROWS: dict[int, bytes] = {Kind.SYMLINK: b" -> ", Kind.HARD_LINK: b" = "}

Rows = Iterable[tuple[int, bytes]]


def plain_lines(stretches: Iterable[Stretch]) -> Iterator[bytes]:
    """One path a line, many lines at a time; folders end in a slash."""
    for _, prefix, names, folder in stretches:
        yield prefix + (b"\n" + prefix).join(names) + (b"/\n" if folder else b"\n")


def safe_lines(listing: Listing, rows: Rows) -> Iterator[bytes]:
    """As :func:`plain_lines`, for a terminal."""
    for row, path in rows:
        yield _escaped(path) + (b"/\n" if listing.kind[row] == Kind.DIRECTORY else b"\n")


def long_lines(listing: Listing, rows: Rows, *, escape: bool) -> Iterator[bytes]:
    """Mode, owner, size in bytes, local time, path; and what a link points to."""
    name = _escaped if escape else _as_it_is
    owners = [_owner(listing, number, name) for number in range(len(listing.owners))]
    owner_width = max(map(len, owners), default=0)
    devices = [len(_device(listing, row)) for row in listing.rare.device_row]
    size_width = max([len(str(max(listing.size, default=0))), *devices])
    for row, path in rows:
        kind = listing.kind[row]
        facts = (
            stat.filemode(_TYPES[kind] | listing.mode[row]).encode(),
            owners[listing.owner[row]].ljust(owner_width),
            (
                _device(listing, row).rjust(size_width)
                if kind in _DEVICES
                else b"%*d" % (size_width, listing.size[row])
            ),
            moment(listing.mtime_total_ns(row)).encode(),
            name(path) + (b"/" if kind == Kind.DIRECTORY else b""),
        )
        yield b"  ".join(facts) + _target(listing, row, name) + b"\n"


def _device(listing: Listing, row: int) -> bytes:
    """Its numbers, where a file's size would stand."""
    device = listing.rare.device_of(row)
    return b"" if device is None else b"%d,%d" % device


def _owner(listing: Listing, number: int, name: Callable[[bytes], bytes]) -> bytes:
    owner = listing.owners[number]
    user, group = owner.user or b"%d" % owner.uid, owner.group or b"%d" % owner.gid
    return name(user) + b"/" + name(group)


def _target(listing: Listing, row: int, name: Callable[[bytes], bytes]) -> bytes:
    arrow = _ARROWS.get(listing.kind[row])
    return b"" if arrow is None else arrow + name(listing.link(row) or b"")


def _as_it_is(name: bytes) -> bytes:
    return name


def _escaped(name: bytes) -> bytes:
    return shown(name).encode("utf-8")

"""Records what a job does to a folder, and builds what a power cut could leave of it.

The model: what was written to a file is sure when that was synced since, and a name made, moved or
removed when its folder was. Of everything else any part may be lost: of names each by itself, of
contents all, the second half, or everything but the length.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

State = dict[str, bytes]  # names of files, and their contents
_MOST_LOST = 8


@dataclass(frozen=True)
class Event:
    """``what``: ``data`` (``content`` is all that the file has then), ``sync``, ``name`` (the file
    gets the name ``path``), ``move`` (from ``path`` to ``to``), ``gone``, ``syncdir``."""

    what: str
    inode: int = 0
    path: str = ""
    to: str = ""
    content: bytes = b""


@dataclass
class Recorder:
    """Stands in for functions of ``os`` while it records; ``folder`` is what it looks at."""

    folder: Path
    events: list[Event] = field(default_factory=list)

    def note(self, what: str, *facts: Any) -> None:
        self.events.append(Event(what, *facts))

    @contextmanager
    def recording(self) -> Iterator["Recorder"]:
        real = {name: getattr(os, name) for name in ("open", "link", "rename", "unlink", "fsync")}
        real |= {name: getattr(os, name) for name in _WRITES}
        os.open = self._open(real["open"])
        os.link, os.rename = self._link(real["link"]), self._rename(real["rename"])
        os.unlink, os.fsync = self._unlink(real["unlink"]), self._fsync(real["fsync"])
        for name, place in _WRITES.items():
            setattr(os, name, self._write(real[name], place))
        try:
            yield self
        finally:
            for name, function in real.items():
                setattr(os, name, function)

    def _inside(self, path: Any, folder: int | None = None) -> str | None:
        """The name in the folder, or None if it is elsewhere."""
        base = os.readlink(f"/proc/self/fd/{folder}") if folder is not None else os.getcwd()
        full = os.path.join(base, os.fsdecode(path))
        head, name = os.path.split(full)
        return name if os.path.realpath(head) == str(self.folder) else None

    def _inode(self, name: str) -> int:
        return os.lstat(self.folder / name).st_ino

    def _open(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            fd = real(path, flags, mode, dir_fd=dir_fd)
            name = self._inside(path, dir_fd) if flags & os.O_CREAT else None
            if name is not None:
                self.note("name", os.fstat(fd).st_ino, name)
            return fd

        return call

    def _write(self, real: Callable[..., Any], place: int) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            result = real(*arguments, **options)
            fd = arguments[place]
            if self._inside(os.readlink(f"/proc/self/fd/{fd}")) is not None:
                content = Path(f"/proc/self/fd/{fd}").read_bytes()
                self.note("data", os.fstat(fd).st_ino, "", "", content)
            return result

        return call

    def _fsync(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def call(fd: int) -> None:
            real(fd)
            if not stat.S_ISDIR(os.fstat(fd).st_mode):
                self.note("sync", os.fstat(fd).st_ino)
            elif os.readlink(f"/proc/self/fd/{fd}") == str(self.folder):
                self.note("syncdir")

        return call

    def _link(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(src: Any, dst: Any, **options: Any) -> None:
            real(src, dst, **options)
            name = self._inside(dst, options.get("dst_dir_fd"))
            if name is not None:
                self.note("name", self._inode(name), name)

        return call

    def _rename(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(src: Any, dst: Any, **options: Any) -> None:
            real(src, dst, **options)
            old = self._inside(src, options.get("src_dir_fd"))
            new = self._inside(dst, options.get("dst_dir_fd"))
            if old is not None and new is not None:
                self.note("move", self._inode(new), old, new)

        return call

    def _unlink(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: Any, *, dir_fd: int | None = None) -> None:
            real(path, dir_fd=dir_fd)
            name = self._inside(path, dir_fd)
            if name is not None:
                self.note("gone", 0, name)

        return call


# Which argument of what writes is the descriptor written to.
_WRITES = {"write": 0, "pwrite": 0, "ftruncate": 0, "copy_file_range": 1}


def states(
    before: dict[str, int], contents: dict[int, bytes], events: list[Event]
) -> Iterator[State]:
    """Every state that a power cut after these events could leave of a folder. ``before``: its
    names with inodes, ``contents`` what those have."""
    names, pending, sure, now = dict(before), list[Event](), dict(contents), dict(contents)
    for event in events:
        if event.what == "data":
            now[event.inode] = event.content
        elif event.what == "sync":
            sure[event.inode] = now.get(event.inode, b"")
        elif event.what == "syncdir":
            names, pending = _applied(names, pending), []
        else:
            pending.append(event)
    assert len(pending) <= _MOST_LOST
    sizes = range(len(pending) + 1)
    for kept in chain.from_iterable(combinations(pending, size) for size in sizes):
        found = _applied(names, list(kept))
        inodes = sorted(set(found.values()))
        for choice in product(*(_versions(sure.get(i, b""), now.get(i, b"")) for i in inodes)):
            content = dict(zip(inodes, choice, strict=True))
            yield {name: content[inode] for name, inode in found.items()}


def _applied(names: dict[str, int], events: list[Event]) -> dict[str, int]:
    made = dict(names)
    for event in events:
        if event.what in ("gone", "move"):
            made.pop(event.path, None)
        if event.what in ("name", "move"):
            made[event.to or event.path] = event.inode
    return made


def _versions(sure: bytes, now: bytes) -> list[bytes]:
    """What a file may have that was not synced since it was written to."""
    half = len(now) // 2
    torn = (sure, now, now[:half], now[:half] + bytes(len(now) - half), bytes(len(now)))
    return list(dict.fromkeys(torn)) if sure != now else [now]

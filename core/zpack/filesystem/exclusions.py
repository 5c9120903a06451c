"""What is left out of an archive by wish. docs/command-line.md lists the names."""

import os
import stat

from zpack.filesystem.patterns import Patterns

# A copy without its history. What says how a tool treats the files (.gitignore) stays.
VCS_FOLDERS = frozenset(
    (b".bzr", b".git", b".hg", b".jj", b".pijul", b".sl", b".svn", b"CVS", b"RCS", b"SCCS")
) | {b"_darcs"}
VCS_FILES = frozenset((b".git",))  # as it is in work trees and submodules
# What programs and desktops make anew by themselves. node_modules is none of it: it may hold the
# only copy of what was installed.
CACHE_FOLDERS = frozenset(
    (b"__pycache__", b".cache", b".thumbnails", b".fseventsd", b".Spotlight-V100")
)
CACHE_FILES = frozenset((b".DS_Store", b"Thumbs.db"))
_TAG = b"CACHEDIR.TAG"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
_TAG_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Exclusions:
    """Decides on each thing that a scan finds, folders before what is in them."""

    def __init__(self, patterns: Patterns | None, *, vcs: bool, caches: bool) -> None:
        self._patterns = patterns
        self._caches = caches
        self._folders = (VCS_FOLDERS if vcs else frozenset()) | (
            CACHE_FOLDERS if caches else frozenset()
        )
        self._files = (VCS_FILES if vcs else frozenset()) | (CACHE_FILES if caches else frozenset())

    def leave_out(self, path: bytes, place: bytes, *, folder: bool) -> bool:
        """Whether what will be at ``path`` in the archive, and is at ``place`` on disk, is not
        wanted; of a folder, nothing below it either."""
        name = path[path.rfind(b"/") + 1 :]
        if name in (self._folders if folder else self._files):
            return True
        if self._patterns is not None and self._patterns.match(os.fsdecode(path), folder=folder):
            return True
        return folder and self._caches and _is_tagged(place)


def _is_tagged(folder: bytes) -> bool:
    """Whether a folder says of itself that it is a cache (bford.info/cachedir)."""
    try:
        fd = os.open(os.path.join(folder, _TAG), _TAG_FLAGS)
    except OSError:
        return False
    try:
        return stat.S_ISREG(os.fstat(fd).st_mode) and os.read(fd, 43) == _SIGNATURE
    except OSError:
        return False
    finally:
        os.close(fd)

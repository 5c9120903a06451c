"""A disk of one megabyte."""

import os
import sys
from pathlib import Path

from tests.end_to_end.programs import ZPACK, Argument, Result, attempt

SIZE = 1 << 20
_MOUNT = f"mount -t tmpfs -o size={SIZE},mode=0777 small ."
_WORK = """\
disk="$1" before="$2" after="$3"
shift 3
cp -a "$before/." "$disk" && cd "$disk" || exit 99
"$@"
code=$?
cp -a "$disk/." "$after" || exit 99
exit $code
"""


def on_small_disk(place: Path, *arguments: Argument) -> Result:
    """Run zpack there. The disk is ``place/disk``, filled from ``place/before`` beforehand; what
    it has in the end is copied to ``place/after``."""
    disk, after = place / "disk", place / "after"
    disk.mkdir()
    after.mkdir()
    folders = (disk, place / "before", after)
    private = _private_mounts()
    if not private:
        shim = (sys.executable, "-P", Path(__file__).with_name("full_disk.py"), str(SIZE))
        return _attempt("sh", "-c", _WORK, "sh", *folders, *shim, *arguments)
    script = f'cd "$1" && {_MOUNT} || exit 99\n{_WORK}'
    return _attempt(*private, "sh", "-c", script, "sh", *folders, *ZPACK, *arguments)


def _private_mounts() -> tuple[str, ...]:
    """How to run a command that may mount, unseen by others; nothing if it is not allowed."""
    options = ("--mount",) if os.geteuid() == 0 else ("--map-root-user", "--mount")
    mount = f"cd /mnt && {_MOUNT}"
    result = _attempt("unshare", *options, "sh", "-c", mount)
    return ("unshare", *options) if result.returncode == 0 else ()


def _attempt(*command: Argument) -> Result:
    as_we_are = {"user": None, "group": None, "extra_groups": None}
    return attempt(*command, **as_we_are)

"""The main job without a window: a folder into an archive, and back, compared to the last bit."""

import contextlib
import filecmp
import os
import shlex
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dev_tools import places, say


def main() -> int:
    print(
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window\n"
        "cannot be shown. zpack does its main job on a sample folder in the terminal instead."
    )
    with tempfile.TemporaryDirectory(prefix="zpack-sample-") as folder:
        return round_trip(Path(folder))


def round_trip(folder: Path) -> int:
    source, archive, out = folder / "sample", folder / "sample.tar.zst", folder / "out"
    make_sample(source)
    out.mkdir()
    for arguments in (
        ("create", archive, source),
        ("list", archive),
        ("verify", archive),
        ("extract", archive, "-C", out),
    ):
        if not zpack(*arguments):
            return 1
    return report(list(differences(source, out / source.name)), source)


def zpack(*arguments: str | Path) -> bool:
    print("\n$ " + shlex.join(["zpack", *map(str, arguments)]), flush=True)
    result = subprocess.run([places.command("zpack"), *arguments], check=False)
    if result.returncode:
        say.step(f"This failed with exit code {result.returncode}.")
    return result.returncode == 0


def report(found: list[str], source: Path) -> int:
    if found:
        print("\nThe extracted folder differs from the original:\n" + "\n".join(found))
        return 1
    count = sum(1 for _ in walk(source))
    print(
        f"\nThe extracted folder equals the original: {count} entries, with their contents, modes, "
        "times, and links."
    )
    return 0


def make_sample(root: Path) -> None:
    """A little of everything that an archive must keep, with times of its own."""
    (root / "notes").mkdir(parents=True)
    (root / "empty folder").mkdir()
    (root / "notes" / "readme.txt").write_text("Some text.\n" * 2000, encoding="utf-8")
    (root / "notes" / "grüße.txt").write_text("Names need not be ASCII.\n", encoding="utf-8")
    (root / "random.bin").write_bytes(os.urandom(300_000))
    (root / "zeros.bin").write_bytes(bytes(1_000_000))
    script = root / "script.sh"
    script.write_text("#!/bin/sh\necho hello\n")
    script.chmod(0o755)
    with contextlib.suppress(OSError):  # Windows wants a privilege for symbolic links
        (root / "link to the text").symlink_to("notes/readme.txt")
    with contextlib.suppress(OSError):  # some file systems have no hard links
        (root / "second name.bin").hardlink_to(root / "random.bin")
    (root / "notes").chmod(0o750)
    set_times(root)


def set_times(root: Path) -> None:
    """Deepest first, so that no folder changes after its time is set."""
    for number, path in enumerate(sorted(walk(root), reverse=True)):
        moment = 1_500_000_000_123_456_789 + number * 1_000_000_000
        follow = os.utime in os.supports_follow_symlinks
        if follow or not path.is_symlink():
            os.utime(path, ns=(moment, moment), follow_symlinks=not follow)


def walk(root: Path) -> Iterator[Path]:
    """The folder and everything under it; symbolic links are not followed."""
    yield root
    for folder, folders, files in os.walk(root):
        yield from (Path(folder) / name for name in folders + files)


def differences(left: Path, right: Path) -> Iterator[str]:
    """What tells two folders apart, one line each."""
    ours = {path.relative_to(left) for path in walk(left)}
    theirs = {path.relative_to(right) for path in walk(right)}
    yield from (f"  {name}: missing" for name in sorted(ours - theirs))
    yield from (f"  {name}: not in the original" for name in sorted(theirs - ours))
    for name in sorted(ours & theirs):
        yield from (f"  {name}: {what}" for what in entry_differences(left / name, right / name))
    if link_groups(left, ours) != link_groups(right, theirs):
        yield "  hard links join other names than in the original"


def entry_differences(left: Path, right: Path) -> Iterator[str]:
    ours, theirs = left.lstat(), right.lstat()
    if stat.S_IFMT(ours.st_mode) != stat.S_IFMT(theirs.st_mode):
        yield "another kind of entry"
        return
    if ours.st_mode != theirs.st_mode:
        yield f"mode {stat.S_IMODE(ours.st_mode):o} became {stat.S_IMODE(theirs.st_mode):o}"
    if ours.st_mtime_ns != theirs.st_mtime_ns:
        yield f"time {ours.st_mtime_ns} became {theirs.st_mtime_ns} (ns)"
    if stat.S_ISLNK(ours.st_mode):
        if left.readlink() != right.readlink():
            yield f"link to {left.readlink()} became link to {right.readlink()}"
    elif stat.S_ISREG(ours.st_mode) and not filecmp.cmp(left, right, shallow=False):
        yield "other content"


def link_groups(root: Path, names: set[Path]) -> set[frozenset[Path]]:
    """The sets of names that are one file."""
    groups: dict[int, set[Path]] = {}
    for name in names:
        status = (root / name).lstat()
        if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
            groups.setdefault(status.st_ino, set()).add(name)
    return {frozenset(group) for group in groups.values()}

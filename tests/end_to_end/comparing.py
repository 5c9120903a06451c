"""Compares folders by tools that are not ours: find, diff and rsync."""

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from tests.end_to_end.programs import attempt, run

_FIELDS = ("%P", "%y", "%m", "%T@", "%s", "%l", "%n", "%i")


@dataclass(frozen=True, slots=True)
class Found:
    """What ``find`` tells of a name. ``mtime_ns`` since 1970; ``size`` of a folder is 0, since
    that depends on what has been in it."""

    kind: bytes
    mode: int
    mtime_ns: int
    size: int
    link: bytes
    names: int


Tree = dict[bytes, Found]


def look(root: Path) -> Tree:
    """Everything in a folder, itself included, by path."""
    return {path: found for path, found, _inode in _find(root)}


def hard_links(root: Path) -> set[frozenset[bytes]]:
    """The sets of names that are one file."""
    groups: dict[bytes, set[bytes]] = defaultdict(set)
    for path, found, inode in _find(root):
        if found.kind != b"d":
            groups[inode].add(path)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def _find(root: Path) -> list[tuple[bytes, Found, bytes]]:
    output = run("find", root, "-printf", "".join(rf"{field}\0" for field in _FIELDS)).stdout
    values = output.split(b"\0")[:-1]
    rows = zip(*[iter(values)] * len(_FIELDS), strict=True)
    return [(path, _found(*rest), inode) for path, *rest, inode in rows]


def _found(kind: bytes, mode: bytes, time: bytes, size: bytes, link: bytes, names: bytes) -> Found:
    seconds, fraction = time.split(b".")
    mtime_ns = int(seconds) * 1_000_000_000 + int(fraction[:9])
    return Found(kind, int(mode, 8), mtime_ns, 0 if kind == b"d" else int(size), link, int(names))


def differences(ours: Tree, theirs: Tree) -> dict[bytes, tuple[Found | None, Found | None]]:
    """The paths at which two trees differ, with both sides."""
    paths = ours.keys() | theirs.keys()
    pairs = {path: (ours.get(path), theirs.get(path)) for path in paths}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def without_times(tree: Tree, paths: set[bytes]) -> Tree:
    """The tree, with the times of ``paths`` left out of it."""
    return tree | {path: replace(tree[path], mtime_ns=0) for path in paths & tree.keys()}


def diff_says(ours: Path, theirs: Path) -> bytes:
    """What ``diff`` has to say about contents, names and link targets: nothing if they are same."""
    result = attempt("diff", "-r", "--no-dereference", ours, theirs)
    return result.stdout + result.stderr


def rsync_says(ours: Path, theirs: Path) -> bytes:
    """What ``rsync`` would do to make ``theirs`` equal, down to owners and checksums."""
    return run("rsync", "-nciaH", "--delete", f"{ours}/", f"{theirs}/").stdout

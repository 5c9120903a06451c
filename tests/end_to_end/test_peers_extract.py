"""Other programs extract our archives, as an ordinary user, with folders that are read-only.

What each of them cannot do is stated in its test; everything else must be exact.
"""

import os
from dataclasses import replace
from pathlib import Path

from tests.end_to_end.comparing import (
    Tree,
    diff_says,
    differences,
    hard_links,
    look,
    rsync_says,
    without_times,
)
from tests.end_to_end.programs import attempt, python_untar, run
from tests.end_to_end.real_tree import BEFORE_1970


def outward_links(tree: Tree) -> set[bytes]:
    """Symbolic links with an absolute target, or one that goes up."""
    return {
        path
        for path, found in tree.items()
        if found.link.startswith(b"/") or b".." in found.link.split(b"/")
    }


def test_gnu_tar(place: Path, real_tree: Path, real_archive: Path) -> None:
    run("tar", "--zstd", "-xf", real_archive, cwd=place, umask=0)
    theirs = place / "tree"
    assert diff_says(real_tree, theirs) == b""
    assert hard_links(theirs) == hard_links(real_tree)
    assert differences(look(real_tree), look(theirs)) == {}


def test_gnu_tar_that_trusts_links(place: Path, real_tree: Path, real_archive: Path) -> None:
    run("tar", "--zstd", "--absolute-names", "-xf", real_archive, cwd=place, umask=0)
    assert rsync_says(real_tree, place / "tree") == b""
    assert differences(look(real_tree), look(place / "tree")) == {}


def test_bsdtar(place: Path, real_tree: Path, real_archive: Path) -> None:
    run("bsdtar", "-xpf", real_archive, cwd=place)
    theirs = place / "tree"
    assert diff_says(real_tree, theirs) == b""
    assert hard_links(theirs) == hard_links(real_tree)
    # It takes the fraction of a negative time for a positive one.
    odd = {b"oddities/" + os.fsencode(BEFORE_1970)}
    found = without_times(look(theirs), odd)
    assert differences(without_times(look(real_tree), odd), found) == {}


def test_7zip(place: Path, real_tree: Path, real_archive: Path, real_tar: Path) -> None:
    run("7zz", "x", "-bd", f"-o{place}", real_archive)
    inner = place / "real.tar"
    assert run("cmp", inner, real_tar).stdout == b""
    # -snld20: it is not to refuse links that go up.
    run("7zz", "x", "-bd", "-snld20", f"-o{place}", inner, umask=0)
    theirs = place / "tree"
    # Absolute links it turns into ones below the destination, and folders stay writable.
    absolute = {path for path, found in look(real_tree).items() if found.link.startswith(b"/")}
    found = writable(look(theirs), absolute)
    assert differences(writable(look(real_tree), absolute), found) == {}
    assert hard_links(theirs) == hard_links(real_tree)
    assert diff_says(real_tree, theirs).count(b"\n") == len(absolute)


def writable(tree: Tree, left_out: set[bytes]) -> Tree:
    """The tree without some paths, its folders writable for their owner."""
    return {
        path: replace(found, mode=found.mode | 0o200) if found.kind == b"d" else found
        for path, found in tree.items()
        if path not in left_out
    }


def test_python_tarfile(place: Path, real_tree: Path, real_tar: Path) -> None:
    python_untar(real_tar, place)
    theirs = place / "tree"
    assert diff_says(real_tree, theirs) == b""
    assert hard_links(theirs) == hard_links(real_tree)
    ours, found = look(real_tree), look(theirs)
    everything = set(ours)
    assert differences(without_times(ours, everything), without_times(found, everything)) == {}
    assert late(ours, found) == []


def late(ours: Tree, theirs: Tree) -> list[bytes]:
    """Paths whose times differ by more than a float does. Links' times are not restored."""
    return [
        path
        for path, found in ours.items()
        if found.kind != b"l" and abs(found.mtime_ns - theirs[path].mtime_ns) > 1000
    ]


def test_without_its_permission_nothing_is_extracted(place: Path, real_archive: Path) -> None:
    """That these tests really run as an ordinary user."""
    place.chmod(0o555)
    assert attempt("tar", "--zstd", "-xf", real_archive, cwd=place).returncode != 0

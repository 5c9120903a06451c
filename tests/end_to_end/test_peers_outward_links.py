"""Links that lead out of their folder, in a folder that is read-only: peers treat them specially.

GNU tar makes them at the very end, for safety: after it has set the modes and times of folders,
unless it had seen a folder's entry before the link. So zpack puts a copy of it there.
"""

import os
from pathlib import Path

import pytest

from tests.end_to_end.comparing import differences, look
from tests.end_to_end.people import give_away
from tests.end_to_end.programs import python_untar, run, zpack

_NS = 1_000_000_000


@pytest.fixture
def tree(place: Path) -> Path:
    """Two folders, one of them read-only, each with a file, a link upwards and an absolute one."""
    root = place / "tree"
    for mode in (0o755, 0o555):
        folder = root / f"{mode:o}"
        folder.mkdir(parents=True)
        (folder / "file").write_text("inside\n")
        (folder / "up").symlink_to("../755/file")
        (folder / "absolute").symlink_to("/etc/hostname")
        folder.chmod(mode)
        os.utime(folder, ns=(0, 1_100_000_000 * _NS + 123_456_789))
    give_away(root)
    return root


@pytest.fixture
def archive(place: Path, tree: Path) -> Path:
    zpack("create", place / "a.tar.zst", tree)
    return place / "a.tar.zst"


@pytest.fixture
def out(place: Path) -> Path:
    folder = place / "out"
    folder.mkdir()
    give_away(folder)
    return folder


def test_zpack(tree: Path, archive: Path, out: Path) -> None:
    zpack("extract", archive, "-C", out)
    assert differences(look(tree), look(out / "tree")) == {}


def test_gnu_tar(tree: Path, archive: Path, out: Path) -> None:
    run("tar", "--zstd", "-xf", archive, cwd=out, umask=0)
    assert differences(look(tree), look(out / "tree")) == {}


def test_gnu_tar_that_trusts_links(tree: Path, archive: Path, out: Path) -> None:
    run("tar", "--zstd", "--absolute-names", "-xf", archive, cwd=out, umask=0)
    assert differences(look(tree), look(out / "tree")) == {}


def test_bsdtar(tree: Path, archive: Path, out: Path) -> None:
    run("bsdtar", "-xpf", archive, cwd=out)
    assert differences(look(tree), look(out / "tree")) == {}


def test_python_tarfile(tree: Path, archive: Path, out: Path) -> None:
    """It gives links no times."""
    run("zstd", "-q", "-d", archive, "-o", out / "a.tar")
    python_untar(out / "a.tar", out)
    ours, theirs = look(tree), look(out / "tree")
    assert ours.keys() == theirs.keys()
    assert [theirs[path].link for path in ours] == [found.link for found in ours.values()]
    assert [theirs[path].mode for path in ours] == [found.mode for found in ours.values()]

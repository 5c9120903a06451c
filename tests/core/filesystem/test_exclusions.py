"""What a scan leaves out by wish, and that it does not look below it."""

import os
from pathlib import Path

import pytest

from zpack.filesystem import Exclusions, Patterns, ScannedTree, SourceRules, scan_sources

SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55\n"


def scan(root: Path, *patterns: str, vcs: bool = False, caches: bool = False) -> ScannedTree:
    exclusions = Exclusions(Patterns(patterns) if patterns else None, vcs=vcs, caches=caches)
    rules = SourceRules(exclusions)
    return scan_sources((str(root),), lambda: None, lambda rows, size: None, rules)


def paths(tree: ScannedTree) -> set[bytes]:
    return {tree.rows.path(row) for row in range(1, len(tree.rows))}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "r"
    for name in ("a/b.o", "a/c.txt", "a/keep.o", ".git/config", "sub/.git", "x/__pycache__/y.pyc"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def test_patterns_are_for_paths_in_the_archive(root: Path) -> None:
    tree = scan(root, "*.o", "!keep.o", "/a", "/r/x")
    assert paths(tree) == {
        *(b"r", b"r/a", b"r/a/c.txt", b"r/a/keep.o"),
        *(b"r/.git", b"r/.git/config", b"r/sub", b"r/sub/.git"),
    }
    assert tree.excluded == 2
    assert tree.problems == []


def test_nothing_below_a_left_out_folder_is_read(root: Path) -> None:
    for number in range(2000):
        (root / "a" / f"{number}").touch()
    seen: list[str] = []
    real = os.scandir

    def watched(path: bytes):
        seen.append(os.fsdecode(os.path.basename(path)))
        return real(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", watched)
        tree = scan(root, "a/")
    assert "a" not in seen
    assert "x" in seen
    assert tree.excluded == 1


def test_version_control(root: Path) -> None:
    (root / "sub" / ".gitignore").touch()
    (root / "CVS").touch()  # a file of that name is anything
    tree = scan(root, vcs=True)
    assert {b"r/.git", b"r/sub/.git"} & paths(tree) == set()
    assert {b"r/sub/.gitignore", b"r/CVS"} < paths(tree)
    assert tree.excluded == 2


def test_caches(root: Path) -> None:
    for name, tag in (("true", SIGNATURE), ("false", b"Signature: no"), ("short", b"Sig")):
        (root / name).mkdir()
        (root / name / "CACHEDIR.TAG").write_bytes(tag)
    (root / "linked").mkdir()
    (root / "linked" / "CACHEDIR.TAG").symlink_to(root / "true" / "CACHEDIR.TAG")
    (root / "pipe").mkdir()
    os.mkfifo(root / "pipe" / "CACHEDIR.TAG")
    (root / ".DS_Store").touch()
    (root / "node_modules").mkdir()
    found = paths(scan(root, caches=True))
    assert {b"r/true", b"r/.DS_Store", b"r/x/__pycache__"} & found == set()
    assert {b"r/false", b"r/short", b"r/linked", b"r/pipe", b"r/node_modules", b"r/x"} < found


def test_a_source_can_be_left_out_too(root: Path) -> None:
    tree = scan(root, "/r/")
    assert paths(tree) == set()
    assert tree.excluded == 1


def test_names_that_are_not_utf8(root: Path) -> None:
    (Path(os.fsdecode(os.fsencode(root) + b"/z\xff"))).touch()
    assert b"r/z\xff" not in paths(scan(root, "z\udcff"))
    assert b"r/z\xff" not in paths(scan(root, "z?"))

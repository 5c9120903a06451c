"""A real tree, archived and extracted by the command line, compared by other programs."""

from pathlib import Path

import pytest

from tests.end_to_end.comparing import diff_says, differences, hard_links, look, rsync_says
from tests.end_to_end.programs import zpack
from tests.end_to_end.real_tree import NAMES


@pytest.fixture(scope="module")
def extracted(real_archive: Path) -> Path:
    """Beside the archive, where the ordinary user may write."""
    place = real_archive.parent / "extracted"
    zpack("extract", real_archive, "-C", place)
    return place / "tree"


def test_the_tree_is_a_real_one(real_tree: Path) -> None:
    tree = look(real_tree)
    assert len(tree) > 3000
    assert sum(found.size for found in tree.values()) > 100_000_000
    assert len(hard_links(real_tree)) == 2
    assert {b"oddities/names/" + name for name in NAMES} <= tree.keys()
    assert any(len(path) > 256 for path in tree)


def test_contents_are_the_same(real_tree: Path, extracted: Path) -> None:
    assert diff_says(real_tree, extracted) == b""


def test_metadata_are_the_same(real_tree: Path, extracted: Path) -> None:
    assert rsync_says(real_tree, extracted) == b""


def test_times_are_the_same_to_the_nanosecond(real_tree: Path, extracted: Path) -> None:
    assert differences(look(real_tree), look(extracted)) == {}


def test_hard_links_join_the_same_names(real_tree: Path, extracted: Path) -> None:
    assert hard_links(extracted) == hard_links(real_tree)


def test_nothing_else_is_left_beside_it(extracted: Path) -> None:
    assert [path.name for path in extracted.parent.iterdir()] == ["tree"]


def test_verify_proves_the_archive(real_archive: Path) -> None:
    assert b"Proven" in zpack("verify", real_archive).stdout


_TAKES_MINUTES = (pytest.mark.slow, pytest.mark.timeout(900))


@pytest.mark.parametrize("preset", ["fast", pytest.param("best", marks=_TAKES_MINUTES)])
def test_another_preset(preset: str, place: Path, real_tree: Path) -> None:
    zpack("create", "--preset", preset, place / "a.tar.zst", real_tree)
    zpack("extract", place / "a.tar.zst", "-C", place / "out")
    assert differences(look(real_tree), look(place / "out" / "tree")) == {}
    assert diff_says(real_tree, place / "out" / "tree") == b""

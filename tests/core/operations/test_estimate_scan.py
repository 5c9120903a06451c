"""A census: exact where there is time, and near the truth where there is not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from zpack.filesystem import SourceRules
from zpack.jobs import Cancelled, Control
from zpack.operations import estimate_scan
from zpack.operations.estimate_scan import Census, take_census


def ticking(ticks: int) -> Callable[[], float]:
    """A clock on which a second has that many looks at it."""
    moments = iter(range(1 << 30))
    return lambda: next(moments) / ticks


def census(root: Path, clock: Callable[[], float] = lambda: 0.0) -> Census:
    return take_census((str(root),), SourceRules(), Control(), clock, 1.0)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """333 folders, three deep; in each of the 300 deepest five files of 100 bytes and a link."""
    root = tmp_path_factory.mktemp("scan") / "tree"
    for number in range(300):
        folder = root / f"{number:03}"[0] / f"{number:03}"[1] / f"{number:03}"[2]
        folder.mkdir(parents=True)
        for name in "abcde":
            (folder / name).write_bytes(bytes(100))
        (folder / "link").symlink_to("a")
    return root


def test_exact_where_there_is_time(tree: Path) -> None:
    found = census(tree)
    assert (found.files, found.folders, found.links, found.size) == (1500, 334, 300, 150_000)
    assert found.counted
    assert found.rows == 2134


@pytest.mark.parametrize("looks", [60, 120, 240])
def test_near_where_there_is_not(tree: Path, looks: int) -> None:
    found = census(tree, ticking(looks))
    assert not found.counted
    assert len(found.tree.rows) < 1800
    assert found.files == pytest.approx(1500, rel=0.35)
    assert found.folders == pytest.approx(334, rel=0.35)
    assert found.links == pytest.approx(300, rel=0.35)
    assert found.size == pytest.approx(150_000, rel=0.35)
    again = census(tree, ticking(looks))
    assert (again.files, again.size) == (found.files, found.size)


def test_no_time_at_all(tree: Path) -> None:
    found = census(tree, ticking(1))
    assert not found.counted
    assert found.folders >= 1


def test_a_folder_with_very_many_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate_scan, "_MOST_AT_ONCE", 100)
    root = tmp_path / "flat"
    root.mkdir()
    for number in range(1000):
        (root / f"{number}").write_bytes(bytes(100))
    found = census(root)
    assert not found.counted
    assert len(found.tree.rows) == 102
    assert (found.files, found.size) == (1000, 100_000)


def test_hard_links_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    os.link(tmp_path / "a", tmp_path / "b")
    assert census(tmp_path).files == 2


def test_cancel(tree: Path) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        take_census((str(tree),), SourceRules(), control, lambda: 0.0, 1.0)

"""What is in an archive besides files."""

import os
from pathlib import Path

import pytest

from zpack.filesystem import ScannedTree, scan_sources
from zpack.operations import PRESETS
from zpack.operations.estimate_scan import Census
from zpack.operations.estimate_tail import columns_size, headers_size


@pytest.fixture
def tree(tmp_path: Path) -> ScannedTree:
    for number in range(100):
        (tmp_path / f"{number}").write_bytes(b"x" * (number % 2))
    os.symlink("nowhere", tmp_path / "link")
    return scan_sources((str(tmp_path),), lambda: None, lambda *_: None)


def census(tree: ScannedTree, files: int) -> Census:
    return Census(tree, counted=True, files=files, folders=1, links=1, size=50, scan_seconds=0.0)


def test_what_was_scanned_stands_for_the_rest(tree: ScannedTree) -> None:
    own, double = (columns_size(census(tree, files)) for files in (100, 202))
    assert 50 * 16 < own < 100 * 40
    assert 1.5 * own < double < 2 * own


def test_nothing_scanned() -> None:
    assert columns_size(census(ScannedTree(), 100)) > 1000


def test_headers_are_larger_in_lz4(tree: ScannedTree) -> None:
    fastest, *others = (headers_size(census(tree, 100), preset) for preset in PRESETS)
    assert fastest > max(others) > 0

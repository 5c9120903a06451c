"""A folder, and an archive of it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.cli.support import zpack

MOMENT = 1_600_000_000_123_456_789


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A little of everything."""
    root = tmp_path / "photos"
    (root / "may").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / "notes.txt").write_text("Some text.\n" * 500)
    (root / "may" / "one.bin").write_bytes(os.urandom(20_000))
    (root / "may" / "two.bin").hardlink_to(root / "may" / "one.bin")
    (root / "link").symlink_to("notes.txt")
    os.utime(root / "notes.txt", ns=(MOMENT, MOMENT))
    return root


@pytest.fixture
def archive(tree: Path, tmp_path: Path) -> Path:
    """An archive of the tree."""
    path = tmp_path / "photos.tar.zst"
    assert zpack("create", path, tree).code == 0
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may use."""
    with tempfile.TemporaryDirectory(prefix="zpack-test-") as folder:
        os.chmod(folder, 0o777)
        yield Path(folder)

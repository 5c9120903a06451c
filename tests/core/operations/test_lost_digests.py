"""Where the digests themselves are damaged, nothing vouches for a file in a damaged frame, however
well it unpacks."""

from pathlib import Path

import pytest

from tests.core.operations.repairs import archive_of
from zpack.jobs import Control
from zpack.operations import (
    CompareRequest,
    ExtractRequest,
    Proof,
    VerifyRequest,
    compare,
    extract,
    verify,
)

CHANGED = "tree/file 01"


@pytest.fixture
def damaged(root: Path, tmp_path: Path) -> str:
    """Noise is stored as it is, so that nothing in the frame but its checksum shows the change."""
    path = tmp_path / "x.tar.zst"
    data = bytearray(archive_of(root, path))
    content = (root / "file 01").read_bytes()
    data[data.index(content[:64]) + 100] ^= 1
    data[data.index(b"zpkdigst") + 40] ^= 1
    path.write_bytes(data)
    return str(path)


def test_verify_calls_no_file_good_that_is_not(damaged: str) -> None:
    report = verify(VerifyRequest(damaged), Control())
    assert report.proof is Proof.DAMAGED
    named = {entry.path for entry in report.entries}
    assert CHANGED in named
    assert 0 < len(named) == report.files - report.good < report.files


def test_extract_names_what_may_have_changed(damaged: str, root: Path, tmp_path: Path) -> None:
    report = extract(ExtractRequest(damaged, str(tmp_path / "out")), Control())
    named = {problem.path for problem in report.problems}
    assert CHANGED in named
    for path in (tmp_path / "out").rglob("file *"):
        inside = str(path.relative_to(tmp_path / "out"))
        assert inside in named or path.read_bytes() == (root.parent / inside).read_bytes()


def test_compare_does_not_say_that_the_folder_differs(damaged: str, root: Path) -> None:
    report = compare(CompareRequest(damaged, str(root.parent)), Control())
    assert CHANGED not in {difference.path for difference in report.differences}
    assert CHANGED in {problem.path for problem in report.problems}

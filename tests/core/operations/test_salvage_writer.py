"""The new archive of what is whole."""

from pathlib import Path

from tests.core.native.parts import put_together, take_apart
from tests.core.operations.repairs import (
    FILES,
    archive_of,
    check_files,
    paths_in,
    places,
    proof_of,
    repaired,
)
from zpack.operations import Proof, Remedy

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


def test_a_damaged_frame(plain: tuple[bytes, str], root: Path, tmp_path: Path) -> None:
    data, ending = plain
    at, _, _ = places(data)
    report = repaired(data[:at] + ZEROS + data[at + 5000 :], tmp_path, ending=ending)
    damage = report.damage
    assert (damage.remedy, damage.proof) == (Remedy.SALVAGED, Proof.PROVEN)
    assert 0 < len(damage.lost) < FILES
    assert damage.frames_hit == 1
    assert proof_of(report.target).proof is Proof.PROVEN
    there = check_files(report.target, root, tmp_path / "out")
    assert there | {each.path for each in damage.lost} == {
        str(path.relative_to(root.parent))
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    assert {"tree/soft", "tree/sub/empty"} <= paths_in(report.target)
    assert report.exit_code == 3


def test_digests_are_gone(plain: tuple[bytes, str], root: Path, tmp_path: Path) -> None:
    data, ending = plain
    at = data.index(b"zpkdigst")
    report = repaired(data[: at + 40] + b"?" + data[at + 41 :], tmp_path, ending=ending)
    assert report.damage.proof is Proof.PROOF_LOST
    assert report.damage.lost == ()
    assert proof_of(report.target).proof is Proof.PROOF_LOST
    assert check_files(report.target, root, tmp_path / "out")
    assert report.exit_code == 3


def test_an_index_that_lies(root: Path, tmp_path: Path) -> None:
    """Its frames are as it says, their content is not: nothing of that is believed."""
    parts = take_apart(archive_of(root, tmp_path / "x.tar.zst"))
    parts.digests = bytes(len(parts.digests))
    report = repaired(put_together(parts)[:-40], tmp_path, told=False)
    assert report.damage.proof is Proof.PROOF_LOST
    assert check_files(report.target, root, tmp_path / "out")
    assert report.exit_code == 3

"""What is left of files that are lost is kept apart, on request."""

from pathlib import Path

import pytest

from tests.core.native.parts import take_apart
from tests.core.operations.repairs import archive_of, files_of, places, proof_of
from zpack.errors import NothingToSave, RequestRefused
from zpack.jobs import Control
from zpack.operations import Proof, RepairReport, RepairRequest, repair

ZEROS = bytes(3000)


def run(damaged: bytes, folder: Path, ending: str) -> RepairReport:
    path = folder / f"damaged.{ending}"
    path.write_bytes(damaged)
    left, fixed = str(folder / f"left.{ending}"), str(folder / f"fixed.{ending}")
    return repair(RepairRequest(str(path), fixed, partial=left), Control())


@pytest.mark.parametrize("ending", ["tar.zst", "tar.lz4"])
def test_a_large_file_with_a_hole(tmp_path: Path, ending: str) -> None:
    (tmp_path / "tree").mkdir()
    content = b"".join(b"line %d\n" % number for number in range(200_000))
    (tmp_path / "tree" / "large").write_bytes(content)
    (tmp_path / "tree" / "small").write_bytes(b"small")
    data = archive_of(tmp_path / "tree", tmp_path / f"x.{ending}")
    parts = take_apart(data)
    at = len(parts.head) + len(parts.frames[0]) + len(parts.frames[1]) + 2000
    report = run(data[:at] + ZEROS + data[at + 3000 :], tmp_path, ending)
    assert report.partial == 1
    assert [each.path for each in report.damage.lost] == ["tree/large"]
    assert proof_of(report.target).proof is Proof.PROVEN
    found = files_of(str(tmp_path / f"left.{ending}"), tmp_path / "out")["tree/large"]
    assert len(found) == len(content)
    assert found[: 1 << 17] == content[: 1 << 17]
    assert found[4 << 18 :] == content[4 << 18 :]
    assert found != content
    assert proof_of(tmp_path / f"left.{ending}").proof is Proof.PROOF_LOST


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    content = b"".join(b"line %d\n" % number for number in range(200_000))
    (tmp_path / "tree" / "large").write_bytes(content)
    (tmp_path / "tree" / "first").write_bytes(b"small")
    data = archive_of(tmp_path / "tree", tmp_path / "y.tar.zst")
    at, _, _ = places(data)
    report = run(data[: 2 * at], tmp_path, "tar.zst")
    assert report.partial == 1
    (lost,) = report.damage.lost
    assert (lost.path, lost.size) == ("tree/large", len(content))
    found = files_of(str(tmp_path / "left.tar.zst"), tmp_path / "out")["tree/large"]
    assert content.startswith(found)
    assert len(found) > 1 << 17


def test_nothing_is_left(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    report = run(data[:-40], tmp_path, "tar.zst")
    assert report.partial == 0
    assert not (tmp_path / "left.tar.zst").exists()


def test_only_something_is_left(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "large").write_bytes(b"line after line\n" * 60_000)
    data = archive_of(tmp_path / "tree", tmp_path / "x.tar.zst")
    at = len(take_apart(data).frames[0]) + 20
    damaged = data[:at] + b"?" + data[at + 1 :]
    report = run(damaged, tmp_path, "tar.zst")
    assert (report.damage.files, report.partial, report.exit_code) == (0, 1, 4)
    request = RepairRequest(str(tmp_path / "damaged.tar.zst"), str(tmp_path / "z.tar.zst"))
    with pytest.raises(NothingToSave):
        repair(request, Control())


def test_it_must_be_another(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    archive_of(root / "sub", path)
    for partial in (str(path), str(tmp_path / "y.tar.zst")):
        request = RepairRequest(str(path), str(tmp_path / "y.tar.zst"), partial=partial)
        with pytest.raises(RequestRefused):
            repair(request, Control())

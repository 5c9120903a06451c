"""repair: what comes back, what does not, and that both are told."""

import os
import random
import subprocess
from pathlib import Path

import pytest

from tests.core.native.parts import take_apart
from tests.core.operations.repairs import (
    FILES,
    archive_of,
    grow,
    paths_in,
    proof_of,
    repaired,
)
from zpack.errors import NothingToSave, RequestRefused
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    ExtractRequest,
    InfoRequest,
    Proof,
    Remedy,
    RepairRequest,
    extract,
    info,
    repair,
)

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grow(tmp_path_factory.mktemp("repair") / "tree")


@pytest.fixture(scope="module", params=ENDINGS)
def plain(request: pytest.FixtureRequest, root: Path) -> tuple[bytes, str]:
    """An archive without a recovery record, and its ending."""
    return archive_of(root, root.parent / f"plain.{request.param}"), request.param


def places(data: bytes) -> tuple[int, int, int]:
    """The middle of a frame that is neither the first nor the last with files, where its frames
    end, and where its index begins."""
    parts = take_apart(data)
    ends, at = [], len(parts.head)
    for frame in parts.frames:
        at += len(frame)
        ends.append(at)
    return (ends[0] + ends[1]) // 2, ends[-1], data.index(b"zpkindex") - 8


def files_of(archive: str, folder: Path) -> dict[str, bytes]:
    extract(ExtractRequest(archive, str(folder)), Control())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def check_files(archive: str, root: Path, folder: Path) -> set[str]:
    """What is in an archive is as it was; returns which files are."""
    found = files_of(archive, folder)
    for name, content in found.items():
        assert (root.parent / name).read_bytes() == content, name
    return set(found)


@pytest.mark.parametrize("ending", ENDINGS)
def test_by_a_record(root: Path, tmp_path: Path, ending: str) -> None:
    whole = archive_of(root, tmp_path / f"x.{ending}", recovery=5)
    chance = random.Random(1)
    for _ in range(3):
        at = chance.randrange(len(whole) - 30_000)
        damaged = whole[:at] + bytes(30_000) + whole[at + 30_000 :]
        report = repaired(damaged, tmp_path, ending=ending)
        assert Path(report.target).read_bytes() == whole
        damage = report.damage
        assert (damage.remedy, damage.proof, damage.lost) == (Remedy.RESTORED, Proof.PROVEN, ())
        assert report.exit_code == 0
        assert any(s.offset <= at < s.offset + s.length for s in damage.damaged) or at > 700_000


def test_nothing_is_damaged(plain: tuple[bytes, str], tmp_path: Path) -> None:
    data, ending = plain
    report = repaired(data, tmp_path, ending=ending)
    assert report.damage.remedy is Remedy.NONE_NEEDED
    assert Path(report.target).read_bytes() == data


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


def test_more_than_a_record_covers(root: Path, tmp_path: Path) -> None:
    whole = archive_of(root, tmp_path / "x.tar.zst", recovery=1)
    at, _, _ = places(whole)
    report = repaired(whole[:at] + bytes(40_000) + whole[at + 40_000 :], tmp_path)
    assert report.damage.remedy is Remedy.SALVAGED
    assert report.damage.proof is Proof.PROVEN
    assert check_files(report.target, root, tmp_path / "out")
    assert info(InfoRequest(report.target), Control()).recovery_percent == 1


@pytest.mark.parametrize("what", ["locator", "bytes before", "bytes inside", "bytes gone"])
def test_nothing_but_the_places_are_lost(
    plain: tuple[bytes, str], root: Path, tmp_path: Path, what: str
) -> None:
    data, ending = plain
    _, end, index = places(data)
    damaged = {
        "locator": data[: data.rindex(b"zpklocat")],
        "bytes before": b"noise" * 50 + data,
        "bytes inside": data[:end] + b"noise" + data[end:],
        "bytes gone": data[: index - 4] + data[index:] if ending == "tar.lz4" else data[:-40],
    }[what]
    report = repaired(damaged, tmp_path, ending=ending)
    assert report.damage.lost == ()
    assert report.damage.proof is Proof.PROVEN
    assert check_files(report.target, root, tmp_path / "out")
    assert report.exit_code == 0


def test_bytes_inserted_and_removed(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, _, _ = places(data)
    damaged = b"x" * 7 + data[:at] + b"y" * 77 + data[at : 2 * at] + data[2 * at + 9 :]
    report = repaired(damaged, tmp_path)
    assert report.damage.proof is Proof.PROVEN
    assert report.damage.frames_hit == 2
    assert check_files(report.target, root, tmp_path / "out")


def test_digests_are_gone(plain: tuple[bytes, str], root: Path, tmp_path: Path) -> None:
    data, ending = plain
    at = data.index(b"zpkdigst")
    report = repaired(data[: at + 40] + b"?" + data[at + 41 :], tmp_path, ending=ending)
    assert report.damage.proof is Proof.PROOF_LOST
    assert report.damage.lost == ()
    assert proof_of(report.target).proof is Proof.PROOF_LOST
    assert check_files(report.target, root, tmp_path / "out")
    assert report.exit_code == 3


def test_cut_off(plain: tuple[bytes, str], root: Path, tmp_path: Path) -> None:
    data, ending = plain
    at, end, index = places(data)
    for length in (at, end, index + 20):
        report = repaired(data[:length], tmp_path, ending=ending)
        assert report.damage.proof is Proof.PROOF_LOST
        assert proof_of(report.target).proof is Proof.PROOF_LOST
        there = check_files(report.target, root, tmp_path / f"out {length}")
        assert "tree/file 00" in there
        lost = {each.path for each in report.damage.lost}
        assert not lost & there
        assert (len(there) < FILES + 2) == (length == at)
        assert report.exit_code == 3


def test_head_and_tail_gone(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, end, _ = places(data)
    report = repaired(data[at:end], tmp_path)
    assert check_files(report.target, root, tmp_path / "out")
    assert report.damage.proof is Proof.PROOF_LOST
    assert report.damage.doubtful == ()


def test_copies_complement_each_other(plain: tuple[bytes, str], tmp_path: Path) -> None:
    data, ending = plain
    at, _, _ = places(data)
    one = data[: at - 100] + ZEROS + data[at + 4900 :]
    other = data[:1000] + ZEROS + data[6000:]
    report = repaired(one, tmp_path, other, ending=ending)
    assert report.damage.remedy is Remedy.RESTORED
    assert Path(report.target).read_bytes() == data


def test_copies_that_are_cut_off_differently(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, _, index = places(data)
    report = repaired(data[:at], tmp_path, ZEROS * 10 + data[50_000:index])
    assert report.damage.lost == ()
    assert len(check_files(report.target, root, tmp_path / "out")) == FILES + 2


@pytest.mark.parametrize("program", ["--zstd", "-Ilz4 -B4"])
def test_by_other_programs(root: Path, tmp_path: Path, program: str) -> None:
    target = tmp_path / "x"
    subprocess.run(["tar", program, "-cf", target, "-C", root.parent, "tree"], check=True)
    data, ending = target.read_bytes(), ENDINGS[program == "-Ilz4 -B4"]
    whole = repaired(data, tmp_path, ending=ending)
    assert whole.damage.remedy is Remedy.NONE_NEEDED
    assert Path(whole.target).read_bytes() == data
    cut = repaired(data[: len(data) // 2], tmp_path, ending=ending)
    assert cut.damage.remedy is Remedy.SALVAGED
    there = check_files(cut.target, root, tmp_path / "out")
    assert len(there) >= FILES // 3
    assert set(cut.damage.doubtful) <= there
    assert cut.damage.doubtful
    assert len(cut.damage.lost) == 1


def test_nothing_can_be_saved(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar.zst"
    damaged.write_bytes(random.Random(1).randbytes(100_000))
    with pytest.raises(NothingToSave):
        repair(RepairRequest(str(damaged), str(tmp_path / "fixed.tar.zst")), Control())
    assert os.listdir(tmp_path) == ["damaged.tar.zst"]


def test_requests_that_make_no_sense(root: Path, tmp_path: Path) -> None:
    path, there = tmp_path / "x.tar.zst", tmp_path / "there.tar.zst"
    archive_of(root / "sub", path)
    there.touch()
    (tmp_path / "link.tar.zst").symlink_to(path)
    codes = {}
    for target in (path, there, tmp_path / "link.tar.zst", tmp_path / "no" / "y.tar.zst", ""):
        with pytest.raises(RequestRefused) as refused:
            repair(RepairRequest(str(path), str(target), overwrite=target != there), Control())
        codes[str(target)] = [fault.code for fault in refused.value.faults]
    assert list(codes.values()) == [
        ["target-is-damaged"],
        ["target-exists"],
        ["target-is-damaged"],
        ["target-unwritable"],
        ["target-nameless"],
    ]
    with pytest.raises(RequestRefused) as refused:
        repair(RepairRequest(str(tmp_path / "gone"), str(tmp_path / "z.tar.zst")), Control())
    assert [fault.code for fault in refused.value.faults] == ["source-missing"]


def test_cancelled(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    archive_of(root, path, recovery=5)
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        repair(RepairRequest(str(path), str(tmp_path / "y.tar.zst")), control)
    assert os.listdir(tmp_path) == ["x.tar.zst"]


def test_no_room(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.tar.zst"
    archive_of(root / "sub", path)
    monkeypatch.setattr("zpack.operations.repair_check.free_bytes", lambda folder: 10)
    with pytest.raises(RequestRefused) as refused:
        repair(RepairRequest(str(path), str(tmp_path / "y.tar.zst")), Control())
    assert [fault.code for fault in refused.value.faults] == ["no-room-for-repair"]

"""Repairing by whole frames, where the index can be read."""

from pathlib import Path

import pytest

from tests.core.operations.repairs import (
    archive_of,
    check_files,
    places,
    repaired,
)
from zpack.operations import Proof, Remedy

ENDINGS = ("tar.zst", "tar.lz4")
ZEROS = bytes(5000)


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


@pytest.mark.parametrize("what", ["before", "inside", "behind", "gone"])
def test_it_is_as_it_was_if_all_of_it_is_somewhere(
    plain: tuple[bytes, str], tmp_path: Path, what: str
) -> None:
    data, ending = plain
    _, end, _ = places(data)
    damaged = {
        "before": b"noise" * 50 + data,
        "inside": data[:end] + b"noise" + data[end:],
        "behind": data + b"noise",
        "gone": data[:-1] if ending == "tar.zst" else data[7:],
    }[what]
    report = repaired(damaged, tmp_path, ending=ending)
    assert Path(report.target).read_bytes() == data
    assert (report.damage.remedy, report.exit_code) == (Remedy.RESTORED, 0)


def test_bytes_inserted_and_removed(root: Path, tmp_path: Path) -> None:
    data = archive_of(root, tmp_path / "x.tar.zst")
    at, _, _ = places(data)
    damaged = b"x" * 7 + data[:at] + b"y" * 77 + data[at : 2 * at] + data[2 * at + 9 :]
    report = repaired(damaged, tmp_path)
    assert report.damage.proof is Proof.PROVEN
    assert report.damage.frames_hit == 2
    assert check_files(report.target, root, tmp_path / "out")


def test_copies_complement_each_other(plain: tuple[bytes, str], tmp_path: Path) -> None:
    data, ending = plain
    at, _, _ = places(data)
    one = data[: at - 100] + ZEROS + data[at + 4900 :]
    other = data[:1000] + ZEROS + data[6000:]
    report = repaired(one, tmp_path, other, ending=ending)
    assert report.damage.remedy is Remedy.RESTORED
    assert Path(report.target).read_bytes() == data

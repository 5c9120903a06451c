"""``zpack repair``: what it says, and exit codes."""

import json
from pathlib import Path

import pytest

from tests.core.cli.support import zpack
from zpack.cli.main import run
from zpack.cli.repair_words import assessed, repaired
from zpack.operations import (
    DamagedStretch,
    DamageReport,
    LostEntry,
    Proof,
    Remedy,
    RepairReport,
)


@pytest.fixture
def protected(archive: Path) -> bytes:
    """The archive, with a recovery record now."""
    assert run(["repair", "-q", str(archive), "--add-recovery", "20%"]) == 0
    return archive.read_bytes()


def damage(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[300:400] = bytes(100)
    archive.write_bytes(data)


def test_a_record_is_added(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["repair", str(archive), "--add-recovery", "5"]) == 0
    assert "has a recovery record of 5 % now" in capsys.readouterr().out
    assert run(["info", str(archive)]) == 0
    assert "yes: 5 % of it" in capsys.readouterr().out


def test_repaired(archive: Path, protected: bytes, tmp_path: Path) -> None:
    damage(archive)
    fixed = tmp_path / "fixed.tar.zst"
    done = zpack("repair", archive, "-o", fixed)
    assert (done.code, done.complaint) == (0, "")
    assert done.text.startswith(f"Repaired: {fixed} is byte for byte as it was, and proven.")
    assert "  bytes 256 to 511\n" in done.text
    assert fixed.read_bytes() == protected


def test_told_before(archive: Path, protected: bytes, tmp_path: Path) -> None:
    damage(archive)
    done = zpack("repair", archive, "--dry-run")
    assert done.code == 0
    assert done.text.startswith(f"All of {archive} would come back as it was")
    answer = json.loads(zpack("repair", archive, "--dry-run", "--json").text)
    assert (answer["remedy"], answer["proof"], answer["lost"]) == ("restored", "proven", [])
    assert answer["damaged"] == [{"offset": 256, "length": 256}]
    assert answer["recovery_percent"] == 20
    assert [path.name for path in tmp_path.iterdir() if path != archive and path.is_file()] == []


def test_salvaged(archive: Path, tmp_path: Path) -> None:
    damage(archive)
    done = zpack("repair", archive, "-o", tmp_path / "fixed.tar.zst")
    if done.code == 4:
        assert "Nothing in this archive is whole" in done.complaint
    else:
        assert done.code == 3
        assert " lost:" in done.complaint


def test_in_json(archive: Path, protected: bytes, tmp_path: Path) -> None:
    damage(archive)
    fixed = tmp_path / "fixed.tar.zst"
    answer = json.loads(zpack("repair", archive, "-o", fixed, "--json").text)
    assert (answer["target"], answer["bytes_out"]) == (str(fixed), len(protected))
    assert answer["damage"]["remedy"] == "restored"
    assert answer["exit_code"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a",), "-o FIXED"),
        (("a", "b", "--add-recovery", "5%"), "one archive"),
        (("a", "--dry-run", "--add-recovery", "5%"), "one archive"),
        (("a", "--add-recovery", "much"), "percent"),
        ((), "name of the archive"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], words: str) -> None:
    done = zpack("repair", *arguments)
    assert done.code == 2
    assert words in done.complaint


def test_the_output_must_be_another(archive: Path) -> None:
    before = archive.read_bytes()
    done = zpack("repair", archive, "-o", archive, "--overwrite")
    assert done.code == 2
    assert "needs another name" in done.complaint
    assert archive.read_bytes() == before


def report(remedy: Remedy, proof: Proof, lost: int = 0) -> DamageReport:
    entries = tuple(LostEntry(f"f{number}", 1, "why") for number in range(lost))
    stretches = (DamagedStretch(0, 5),)
    return DamageReport("a", remedy, proof, 3, entries, stretches, 9, 1, (), 0, 1.0)


@pytest.mark.parametrize(
    ("given", "would", "did"),
    [
        (report(Remedy.NONE_NEEDED, Proof.PROVEN), "a is not damaged", "Nothing was damaged"),
        (report(Remedy.RESTORED, Proof.PROVEN), "All of a would", "Repaired: b is byte for byte"),
        (report(Remedy.SALVAGED, Proof.PROVEN, 2), "2 files would not. Each", "2 files lost"),
        (report(Remedy.SALVAGED, Proof.PROOF_LOST), "Nothing proves", "Nothing proves"),
        (report(Remedy.HOPELESS, Proof.DAMAGED), "Nothing of a would", "Salvaged"),
    ],
)
def test_words(given: DamageReport, would: str, did: str) -> None:
    assert would in assessed(given)
    assert did in repaired(RepairReport("b", given, 10, 1.0))

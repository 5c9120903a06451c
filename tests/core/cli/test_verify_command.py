"""``zpack verify``: verdicts and exit codes."""

import json
from pathlib import Path

import pytest

from tests.core.cli.support import zpack
from zpack.cli.main import run
from zpack.cli.verify_command import verdict
from zpack.operations import Proof, VerifyReport


def test_proven(archive: Path, capsys):
    assert run(["verify", str(archive)]) == 0
    assert capsys.readouterr().out == "Proven: every one of 4 files is as it was put in.\n"


def test_quiet(archive: Path):
    done = zpack("verify", "--quiet", archive)
    assert (done.code, done.out, done.err) == (0, b"", b"")


def test_json(archive: Path):
    answer = json.loads(zpack("verify", archive, "--json", "--threads", "1").text)
    assert (answer["proof"], answer["good"], answer["files"]) == ("proven", 4, 4)
    assert (answer["archive"], answer["problems"], answer["exit_code"]) == (str(archive), [], 0)


def damage(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[3000] ^= 0x10
    archive.write_bytes(data)


def test_damaged(archive: Path):
    damage(archive)
    done = zpack("verify", archive)
    assert done.code == 4
    assert done.out == b""
    assert done.complaint.startswith("zpack: Damaged: ")
    assert "photos/" in done.complaint


def test_damaged_in_json(archive: Path):
    damage(archive)
    done = zpack("verify", archive, "--json")
    answer = json.loads(done.text)
    assert (done.code, answer["exit_code"], answer["proof"]) == (4, 4, "damaged")
    assert any(problem["path"].startswith("photos/") for problem in answer["problems"])


def report(proof: Proof, files: int, good: int) -> VerifyReport:
    return VerifyReport("a", proof, files, good, 0, 1.0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (report(Proof.PROVEN, 12345, 12345), "Proven: every one of 12,345 files is as it was"),
        (report(Proof.PROVEN, 1, 1), "Proven: its one file is as it was put in."),
        (report(Proof.PROVEN, 0, 0), "Proven: the archive has no files, and is as it was put in."),
        (report(Proof.CHECKED, 2, 2), "Checked: 2 files, every checksum is right."),
        (report(Proof.READABLE, 2, 2), "Readable: 2 files."),
        (report(Proof.PROOF_LOST, 2, 2), "Proof lost: 2 files can be read"),
        (report(Proof.DAMAGED, 3, 2), "Damaged: 1 of 3 files is not as put in."),
        (report(Proof.DAMAGED, 3, 3), "Damaged: the archive as a whole is not as it was made."),
        (report(Proof.DAMAGED, 9, 2), "Damaged: 7 of 9 files are not as put in."),
    ],
)
def test_verdicts(given, words):
    assert verdict(given).startswith(words)

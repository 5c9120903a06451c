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


def test_where_the_damage_is(archive: Path):
    damage(archive)
    done = zpack("verify", archive, "--frames")
    assert "Damage in 1 of " in done.complaint
    states = [line.rsplit(None, 1)[1] for line in done.text.splitlines()]
    assert states.count("damaged") == 1
    assert states.count("good") == len(states) - 1
    answer = json.loads(zpack("verify", archive, "--json").text)
    assert all(entry["condition"] == "damaged" for entry in answer["entries"])
    (frame,) = answer["damaged_frames"]
    assert frame["entries"] == len(answer["entries"])
    assert frame["offset"] <= 3000 < frame["offset"] + frame["size"]


def test_every_file_and_frame_in_json(archive: Path):
    damage(archive)
    answer = json.loads(zpack("verify", archive, "--json", "--all", "--frames").text)
    conditions = [entry["condition"] for entry in answer["entries"]]
    assert conditions.count("good") + conditions.count("damaged") == len(conditions)
    assert len(conditions) >= answer["files"]
    assert [frame["frame"] for frame in answer["all_frames"]] == list(range(answer["frames"]))


def test_quick(archive: Path, capsys):
    assert run(["verify", "--quick", str(archive)]) == 0
    assert capsys.readouterr().out.startswith("Intact: ")
    answer = json.loads(zpack("verify", "--quick", archive, "--json").text)
    assert (answer["proof"], answer["depth"], answer["entries"]) == ("intact", "quick", [])


def test_against(archive: Path, tmp_path: Path):
    out = tmp_path / "out"
    assert run(["extract", "-q", str(archive), "-C", str(out)]) == 0
    done = zpack("verify", archive, "--against", out)
    assert (done.code, done.text.splitlines()[-1][-26:]) == (0, "On disk there is the same.")
    changed = next(path for path in out.rglob("*") if path.is_file() and not path.is_symlink())
    changed.write_bytes(b"other")
    done = zpack("verify", archive, "--against", out, "--content-only")
    assert done.code == 3
    assert changed.name in done.text
    assert done.complaint.endswith("1 difference on disk.\n")
    answer = json.loads(zpack("verify", archive, "--against", out, "--json").text)
    assert answer["differences"][0]["what"] == "different"
    assert (answer["proof"], answer["exit_code"]) == ("proven", 3)


@pytest.mark.parametrize("options", [["--content-only"], ["--all"]], ids=" ".join)
def test_what_makes_no_sense_together(archive: Path, options, capsys):
    assert run(["verify", str(archive), *options]) == 2
    assert options[0] in capsys.readouterr().err


def report(proof: Proof, files: int, good: int) -> VerifyReport:
    return VerifyReport("a", proof, files, good, 0, 1.0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (report(Proof.PROVEN, 12345, 12345), "Proven: every one of 12,345 files is as it was"),
        (report(Proof.PROVEN, 1, 1), "Proven: its one file is as it was put in."),
        (report(Proof.PROVEN, 0, 0), "Proven: the archive has no files, and is as it was put in."),
        (report(Proof.INTACT, 2, 2), "Intact: every byte of the archive is as it was written"),
        (report(Proof.UNKNOWN, 0, 0), "Unknown: as far as can be seen nothing is cut off"),
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

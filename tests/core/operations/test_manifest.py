"""Manifests: the usual programs agree, and damage is not blessed."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.test_verify_decoding import BIG, made, spoil
from zpack.errors import ExitCode
from zpack.filesystem import SourceFile
from zpack.jobs import Cancelled, Control
from zpack.native.tail import read_tail
from zpack.operations import (
    Algorithm,
    CreateRequest,
    ExtractRequest,
    ManifestReport,
    ManifestRequest,
    create,
    extract,
    write_manifest,
)

CHECKERS = {Algorithm.SHA256: "sha256sum", Algorithm.BLAKE3: "b3sum", Algorithm.XXH128: "xxhsum"}
EACH = pytest.mark.parametrize("algorithm", list(Algorithm), ids=lambda each: each.value)


def manifest(path: "str | Path", algorithm: Algorithm) -> tuple[bytes, ManifestReport]:
    output = io.BytesIO()
    report = write_manifest(ManifestRequest(str(path), algorithm), output, Control())
    return output.getvalue(), report


def accepted(lines: bytes, algorithm: Algorithm, folder: Path) -> bool:
    """What the program itself says of what is on the disk."""
    program = CHECKERS[algorithm]
    if not shutil.which(program):
        pytest.skip(f"needs {program}")
    (folder / "sums").write_bytes(lines)
    done = subprocess.run([program, "-c", "sums"], cwd=folder, capture_output=True, check=False)
    return not done.returncode


@EACH
def test_the_program_accepts_what_was_put_in(
    tree: Path, tmp_path: Path, make: Maker, algorithm: Algorithm
) -> None:
    (tree / "with \\ in it").write_bytes(b"backslash")
    (tree / "with \r in it").write_bytes(b"return")
    if algorithm is not Algorithm.XXH128:  # not before version 0.8.2
        (tree / "two\nlines \\").write_bytes(b"both")
    with open(tree / "image", "wb") as file:  # some holes, and more than one piece
        file.truncate(5 << 20)
        file.seek(3 << 20)
        file.write(os.urandom(1 << 20))
    lines, report = manifest(make(tree).target, algorithm)
    assert accepted(lines, algorithm, tmp_path)
    assert report.files == lines.count(b"\n")
    assert (report.left_out, report.proven, report.exit_code) == (2, True, ExitCode.DONE)
    (tree / "b.bin").chmod(0o600)
    (tree / "b.bin").write_bytes(b"changed")
    assert not accepted(lines, algorithm, tmp_path)


@EACH
def test_of_an_archive_by_others(by_tar: str, tmp_path: Path, algorithm: Algorithm) -> None:
    lines, report = manifest(by_tar, algorithm)
    assert accepted(lines, algorithm, tmp_path)
    assert (report.proven, report.exit_code) == (False, ExitCode.DONE)


@EACH
def test_a_name_that_means_standard_input(tmp_path: Path, algorithm: Algorithm) -> None:
    (tmp_path / "-").write_bytes(b"dash")
    target = str(tmp_path / "a.tar.zst")
    create(CreateRequest(target, (str(tmp_path / "-"),)), Control())
    lines, _ = manifest(target, algorithm)
    assert accepted(lines, algorithm, tmp_path)


@pytest.mark.parametrize("algorithm", [Algorithm.SHA256, Algorithm.BLAKE3])
def test_damage_is_left_out_and_named(tmp_path: Path, algorithm: Algorithm) -> None:
    path, frames = made(tmp_path, aaa=b"before", big=BIG, zzz=b"after")
    whole, _ = manifest(path, algorithm)
    spoil(path, frames.offset[4] + 30)
    lines, report = manifest(path, algorithm)
    assert report.exit_code == ExitCode.DAMAGED
    assert "big" in [problem.path for problem in report.problems]
    left = [line for line in whole.splitlines() if not line.endswith(b"big")]
    assert lines.splitlines() == left
    assert len(left) == 2


def test_what_is_in_the_archive_finds_damage(tmp_path: Path) -> None:
    """The stored digests are of what was put in, whatever became of the frames."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "noise").write_bytes(os.urandom(100_000))
    target = str(tmp_path / "a.tar.zst")
    create(CreateRequest(target, (str(tmp_path / "in"),)), Control())
    with SourceFile(target) as source:
        frames = read_tail(source).frames
    spoil(Path(target), frames.offset[0] + 5000)
    lines, report = manifest(target, Algorithm.XXH128)
    assert accepted(lines, Algorithm.XXH128, tmp_path)
    assert report.files == 1
    extracted = extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    assert extracted.exit_code == ExitCode.DAMAGED
    assert not accepted(lines, Algorithm.XXH128, tmp_path / "out")


def test_cut_by_others_only_whole_files_are_listed(tree: Path, by_tar: str, tmp_path: Path) -> None:
    (tree / "zz").write_bytes(os.urandom(300_000))
    subprocess.run(
        ["tar", "--zstd", "-cf", by_tar, "-C", tmp_path, "tree/a.txt", "tree/zz"], check=True
    )
    os.truncate(by_tar, os.path.getsize(by_tar) - 1000)
    lines, report = manifest(by_tar, Algorithm.SHA256)
    assert report.exit_code == ExitCode.DAMAGED
    assert b"zz" not in lines


def test_cancel(archive: str) -> None:
    control, output = Control(), io.BytesIO()
    control.cancel()
    with pytest.raises(Cancelled):
        write_manifest(ManifestRequest(archive), output, control)
    assert output.getvalue() == b""

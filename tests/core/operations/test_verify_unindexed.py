"""Quick verification where there is no index: little can be known, and no more is said."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.core.operations.test_verify_frames import quick
from zpack.errors import ExitCode, NotATar, ZpackError
from zpack.filesystem import SourceFile
from zpack.native.tail import read_tail
from zpack.operations import Proof


def test_by_others_is_unknown(by_tar: str) -> None:
    report = quick(by_tar)
    assert (report.proof, report.exit_code) == (Proof.UNKNOWN, ExitCode.PARTIAL)
    assert (report.frames, report.good_frames, report.problems) == (1, 0, ())


def test_damage_inside_a_frame_by_others_is_not_seen_so_nothing_is_claimed(by_tar: str) -> None:
    data = bytearray(Path(by_tar).read_bytes())
    data[len(data) // 2] ^= 1
    Path(by_tar).write_bytes(data)
    assert quick(by_tar).proof in (Proof.UNKNOWN, Proof.DAMAGED)


def test_a_cut_is_seen(by_tar: str) -> None:
    size = os.path.getsize(by_tar)
    os.truncate(by_tar, size - 10)
    report = quick(by_tar)
    assert (report.proof, report.exit_code) == (Proof.DAMAGED, ExitCode.DAMAGED)
    assert [problem.code for problem in report.problems] == ["archive-damaged"]
    (frame,) = report.damaged_frames
    assert (frame.offset, frame.size) == (0, size - 10)


def test_our_own_mark_without_an_index_is_proof_lost(archive: str) -> None:
    with SourceFile(archive) as source:
        end = read_tail(source).frames.end
    os.truncate(archive, end)
    assert quick(archive).proof is Proof.PROOF_LOST


def test_our_own_mark_with_another_index_is_damage(archive: str) -> None:
    data = bytearray(Path(archive).read_bytes())
    data[-30] ^= 0xFF
    Path(archive).write_bytes(data)
    assert quick(archive).proof is Proof.DAMAGED


def test_one_compressed_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt.zst"
    subprocess.run(["zstd", "-q", "-", "-o", path], input=b"no tar" * 200, check=True)
    assert quick(path).proof is Proof.UNKNOWN


def test_what_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "plain.tar.zst"
    subprocess.run(["zstd", "-q", "-", "-o", path], input=b"no tar" * 200, check=True)
    with pytest.raises(NotATar):
        quick(path)
    (tmp_path / "other").write_bytes(b"hello")
    with pytest.raises(ZpackError):
        quick(tmp_path / "other")

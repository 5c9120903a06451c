"""The content of files: by digest, or decoded; and files that change meanwhile."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.core.operations.comparing import found, run
from zpack.errors import ExitCode
from zpack.filesystem import SourceFile
from zpack.native.tail import read_tail
from zpack.operations import Aspect, compare_content


def test_without_content_no_file_is_read(
    archive: str, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("zpack.operations.compare_content.open_file")
    (tree / "b.bin").write_bytes(bytes(256 * 40))
    report = run(archive, tmp_path, ignore=(Aspect.CONTENT, Aspect.OWNER))
    assert (found(report), report.bytes_read) == ({"tree/b.bin": "mtime"}, 0)


def test_with_digests_the_archive_is_not_decoded(archive: str, tmp_path: Path) -> None:
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.write(bytes(frames.end))  # nothing is left of the tar itself
    assert run(archive, tmp_path).differences == ()


def test_damage_in_what_is_decoded(by_tar: str, tree: Path, tmp_path: Path) -> None:
    big = tree / "big"
    big.write_bytes(os.urandom(400_000))
    target = tmp_path / "big.tar.zst"
    subprocess.run(["tar", "--zstd", "-cf", target, "-C", tmp_path, "tree"], check=True)
    with target.open("r+b") as file:
        file.seek(200_000)
        file.write(b"damage")
    report = run(str(target), tmp_path)
    assert report.exit_code == ExitCode.DAMAGED
    assert "damaged" in {problem.code for problem in report.problems}


def test_digests_that_are_damaged_give_way_to_decoding(archive: str, tmp_path: Path) -> None:
    with SourceFile(archive) as source:
        digests = read_tail(source).locator.digests
    assert digests is not None
    with open(archive, "r+b") as file:
        file.seek(digests.offset + digests.length // 2)
        file.write(b"\xff\xff\xff")
    report = run(archive, tmp_path)
    assert (report.differences, report.same) == ((), 12)
    assert [problem.code for problem in report.problems] == ["archive-damaged"]


def test_a_file_that_grows_or_shrinks_meanwhile(
    archive: str, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def change(folder: int, name: bytes) -> int:
        if name == b"b.bin":
            os.truncate(tree / "b.bin", 10)
        if name in (b"a.txt", b"same as a"):  # whichever carries the data of both
            with (tree / "a.txt").open("a") as file:
                file.write("more")
        return real(folder, name)

    real = compare_content.open_file
    monkeypatch.setattr(compare_content, "open_file", change)
    assert found(run(archive, tmp_path)) == {
        "tree/a.txt": "size",
        "tree/b.bin": "size",
        "tree/sub/same as a": "size",
    }


def test_a_link_put_there_meanwhile(
    archive: str, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def swap(folder: int, name: bytes) -> int:
        if name == b"b.bin":
            os.rename(tree / "b.bin", tmp_path / "moved")
            os.symlink(tmp_path / "moved", tree / "b.bin")
        return real(folder, name)

    real = compare_content.open_file
    monkeypatch.setattr(compare_content, "open_file", swap)
    report = run(archive, tmp_path)
    assert [problem.path for problem in report.problems] == ["tree/b.bin"]

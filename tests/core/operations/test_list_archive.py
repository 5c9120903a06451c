"""list: by the index, and by reading through."""

import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, member
from zpack.errors import ArchiveDamaged, ExitCode
from zpack.filesystem import SourceFile
from zpack.jobs import Control
from zpack.native.tail import read_tail
from zpack.operations import ListReport, ListRequest, list_archive, opens_at_once


def run(archive: str) -> ListReport:
    return list_archive(ListRequest(archive), Control())


def paths(report: ListReport) -> list[bytes]:
    return [path for _, path in report.listing.walk()]


def test_by_the_index(archive: str) -> None:
    report = run(archive)
    assert report.indexed
    assert report.exit_code == ExitCode.DONE
    assert b"tree/sub/deep/program" in paths(report)
    assert opens_at_once(archive)


def test_reads_only_the_trailing_frames(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "large").write_bytes(os.urandom(12 << 20))
    archive = make(tmp_path / "large", preset="fast").target
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
        assert source.bytes_read <= 64 << 10
        assert source.size - frames.end < 64 << 10


def test_both_ways_give_the_same(archive: str) -> None:
    indexed = run(archive)
    with SourceFile(archive) as source:
        end = read_tail(source).frames.end
    os.truncate(archive, end)
    assert not opens_at_once(archive)
    scanned = run(archive)
    assert not scanned.indexed
    assert [problem.code for problem in scanned.problems] == ["proof-lost"]
    assert paths(scanned) == paths(indexed)
    for name in ("parent", "kind", "mode", "size", "mtime", "mtime_ns", "frame"):
        assert list(getattr(scanned.listing, name)) == list(getattr(indexed.listing, name)), name
    assert scanned.listing.links == indexed.listing.links


def test_what_is_there_of_a_cut_archive(tmp_path: Path) -> None:
    members = [(member(f"{number}"), os.urandom(300_000)) for number in range(4)]
    path = foreign(tmp_path / "x.tar.zst", *members)
    os.truncate(path, 700_000)
    report = run(path)
    assert paths(report) == [b"0", b"1"]
    assert report.exit_code == ExitCode.DAMAGED
    os.truncate(path, 100)
    with pytest.raises(ArchiveDamaged):
        run(path)


def test_opens_at_once_is_false_for_anything_else(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")
    assert not opens_at_once(str(tmp_path / "text"))
    assert not opens_at_once(str(tmp_path / "gone"))
    assert not opens_at_once(str(tmp_path))

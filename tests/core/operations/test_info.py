"""info: the facts."""

import os
from pathlib import Path

from tests.core.operations.conftest import TIME_NS, Maker
from tests.core.operations.hostile import foreign, member
from zpack.jobs import Control
from zpack.operations import InfoReport, InfoRequest, info


def run(archive: str) -> InfoReport:
    return info(InfoRequest(archive), Control())


def test_ours(archive: str) -> None:
    report = run(archive)
    assert (report.files, report.folders, report.links) == (5, 4, 3)
    assert report.size == os.path.getsize(archive)
    assert report.newest_mtime_ns == TIME_NS + 1
    assert report.made_by_zpack
    assert report.indexed
    assert report.has_digests
    assert not report.has_recovery
    assert report.tar_size % 512 == 0


def test_by_others(tmp_path: Path) -> None:
    report = run(foreign(tmp_path / "x.tar.zst", (member("a"), b"12345")))
    assert (report.files, report.content_size) == (1, 5)
    assert not report.made_by_zpack
    assert not report.indexed
    assert not report.has_digests


def test_nothing_in_it(tmp_path: Path) -> None:
    report = run(foreign(tmp_path / "x.tar.zst"))
    assert (report.files, report.folders, report.newest_mtime_ns) == (0, 0, None)


def test_no_file_is_older_than_the_newest(tree: Path, make: Maker) -> None:
    os.utime(tree / "none", ns=(5, 2**33 * 10**9))
    assert run(make(tree).target).newest_mtime_ns == 2**33 * 10**9

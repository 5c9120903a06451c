"""Opening an archive for an operation."""

import os
import subprocess
from pathlib import Path

import pytest
import zstandard

from tests.core.operations.hostile import foreign, member
from zpack.errors import (
    ArchiveDamaged,
    ArchiveIsDirectory,
    ArchiveIsPipe,
    FormatNotRead,
    FrameNotRead,
)
from zpack.jobs import Cancelled, Control
from zpack.operations.opening import open_for


def test_a_scan_tells_how_far_it_is(tmp_path: Path) -> None:
    members = [(member(f"{number}"), os.urandom(500_000)) for number in range(8)]
    control = Control()
    with open_for(foreign(tmp_path / "x.tar.zst", *members), control) as archive:
        assert len(archive.listing) == 9
    assert control.progress.phase == "reading"
    assert control.progress.items_total == 8
    assert control.progress.bytes_total == os.path.getsize(tmp_path / "x.tar.zst")


def test_a_scan_can_be_cancelled(tmp_path: Path) -> None:
    path = foreign(tmp_path / "x.tar.zst", (member("a"), os.urandom(500_000)))
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled), open_for(path, control):
        pass


def test_the_file_is_closed_again(archive: str, tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with open_for(archive, Control()):
        pass
    (tmp_path / "zip").write_bytes(b"PK\x03\x04")
    for path, error in (
        (str(tmp_path / "zip"), FormatNotRead),
        (str(tmp_path), ArchiveIsDirectory),
        ("/dev/null", ArchiveIsPipe),
    ):
        with pytest.raises(error), open_for(path, Control()):
            pass
    assert len(os.listdir("/proc/self/fd")) == before


def test_an_index_that_leads_nowhere_is_damage(archive: str) -> None:
    with pytest.raises(ArchiveDamaged), open_for(archive, Control()) as opened:
        opened.listing.path(len(opened.listing) + 5)


@pytest.mark.parametrize("options", [("--long=28", "--ultra", "-22"), ("-D", "dictionary")])
def test_frames_that_need_more_are_not_called_damaged(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    samples = [b"sample %d of %d" % (number, number % 7) * 20 for number in range(500)]
    dictionary = zstandard.train_dictionary(4096, samples)
    (tmp_path / "dictionary").write_bytes(dictionary.as_bytes())
    (tmp_path / "file").write_bytes(b"content" * 100)
    command = ["tar", "-cf", "-", "file"]
    tar = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
    zstd = ["zstd", "-qc", *options]
    packed = subprocess.run(zstd, cwd=tmp_path, input=tar, check=True, capture_output=True).stdout
    (tmp_path / "x.tar.zst").write_bytes(packed)
    with pytest.raises(FrameNotRead), open_for(str(tmp_path / "x.tar.zst"), Control()):
        pass

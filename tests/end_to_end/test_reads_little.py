"""Listing, and extracting one file, read the end of an archive and the frames they need.

The system counts the bytes that this process reads, so nothing can escape.
"""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.comparing import look
from tests.end_to_end.frames import Frames, read_frames
from tests.end_to_end.programs import try_zpack, zpack
from zpack.jobs import Control
from zpack.operations import (
    ExtractRequest,
    InfoRequest,
    ListRequest,
    extract,
    info,
    list_archive,
)

# One read ahead, at the end of the file, and what the system tells of cores and memory.
_SLACK = (64 << 10) + (2 << 10)
_LARGE = "tree/large.bin"


@pytest.fixture(scope="module")
def frames(real_archive: Path) -> Frames:
    found = read_frames(real_archive)
    assert found.in_file[-1] > 20 * (found.trailing + _SLACK), "too small to tell anything"
    return found


@pytest.fixture(scope="module")
def members(real_tar: Path) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(real_tar) as tar:
        return {member.name: member for member in tar if member.isreg()}


def bytes_read(action: Callable[[], object]) -> int:
    """How much this process read in its second run; the first may import modules."""
    action()
    before = _read_so_far()
    action()
    return _read_so_far() - before


def _read_so_far() -> int:
    first, *_ = Path("/proc/self/io").read_text().splitlines()
    return int(first.removeprefix("rchar: "))


def frames_of(frames: Frames, member: tarfile.TarInfo) -> range:
    return frames.holding(member.offset, member.offset_data + member.size)


def test_the_count_counts(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(1_000_000))
    assert 1_000_000 <= bytes_read(path.read_bytes) < 1_000_000 + _SLACK


def test_listing_reads_the_end_only(real_archive: Path, frames: Frames) -> None:
    request = ListRequest(str(real_archive))
    assert bytes_read(lambda: list_archive(request, Control())) <= frames.trailing + _SLACK


def test_info_reads_the_end_only(real_archive: Path, frames: Frames) -> None:
    request = InfoRequest(str(real_archive))
    assert bytes_read(lambda: info(request, Control())) <= frames.trailing + _SLACK


@pytest.mark.parametrize(
    "name", ["tree/library/this.py", "tree/oddities/files/1.bytes", "tree/library/abc.py", _LARGE]
)
def test_one_file_reads_its_frames(
    name: str,
    real_archive: Path,
    frames: Frames,
    members: dict[str, tarfile.TarInfo],
    tmp_path: Path,
) -> None:
    folders = iter((tmp_path / "first", tmp_path / "second"))

    def extract_it() -> None:
        extract(ExtractRequest(str(real_archive), str(next(folders)), (name,)), Control())

    needed = frames.compressed(frames_of(frames, members[name]))
    assert bytes_read(extract_it) <= frames.trailing + needed + _SLACK
    assert (tmp_path / "second" / name).stat().st_size == members[name].size


def test_the_large_file_has_frames_of_its_own(
    frames: Frames, members: dict[str, tarfile.TarInfo]
) -> None:
    assert len(frames_of(frames, members[_LARGE])) > 1


def test_the_rest_may_be_gone(
    place: Path, real_archive: Path, frames: Frames, members: dict[str, tarfile.TarInfo]
) -> None:
    """A whole command needs no other frames: they are overwritten with zeros."""
    name = "tree/library/this.py"
    needed = frames_of(frames, members[name])
    hollow = place / "hollow.tar.zst"
    with real_archive.open("rb") as whole, hollow.open("wb") as file:
        for begin, end in (
            (frames.in_file[needed.start], frames.in_file[needed.stop]),
            (frames.in_file[-1], frames.size),
        ):
            whole.seek(begin)
            file.seek(begin)
            file.write(whole.read(end - begin))
    assert zpack("list", hollow).stdout == zpack("list", real_archive).stdout
    zpack("extract", hollow, name, "-C", place / "out")
    zpack("extract", real_archive, name, "-C", place / "expected")
    assert look(place / "out")[name.encode()] == look(place / "expected")[name.encode()]
    assert (place / "out" / name).read_bytes() == (place / "expected" / name).read_bytes()
    assert try_zpack("verify", hollow).returncode == 4

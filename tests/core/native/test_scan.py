"""Archives without an index that can be believed: read from front to end."""

import os
import random
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.core.codecs.frames import skippable, zstd
from tests.core.native.parts import SMALL, make_archive, verified
from zpack.codecs import compress
from zpack.errors import ArchiveDamaged, NotATar, ZpackError
from zpack.filesystem import SourceFile
from zpack.native.archive import Archive, open_archive
from zpack.operations import Proof

NAMES = [f"folder/file {number}" for number in range(12)]
ALL = [b"folder", *sorted(name.encode() for name in NAMES)]


def content(name: str) -> bytes:
    return random.Random(name).randbytes(3000) + name.encode() * 500


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    (root / "folder").mkdir()
    for name in NAMES:
        (root / name).write_bytes(content(name))
    return root


@pytest.fixture(scope="module")
def tar(tree) -> bytes:
    command = ["tar", "--format=posix", "--sort=name", "-cf", "-", "folder"]
    return subprocess.run(command, cwd=tree, capture_output=True, check=True).stdout


@contextmanager
def opened(path: Path, data: bytes | None = None):
    if data is not None:
        path.write_bytes(data)
    with SourceFile(str(path)) as source:
        yield open_archive(source, lambda: None, lambda *_: None)


def paths(archive: Archive) -> list[bytes]:
    return [path for _, path in archive.listing.walk()]


def cut_frames(tar: bytes, size: int, coder=compress) -> bytes:
    """Frames that begin anywhere, as parallel compressors make them."""
    return b"".join(coder(tar[at : at + size]) for at in range(0, len(tar), size))


@pytest.mark.parametrize(
    ("command", "proof"),
    [
        (["tar", "--zstd"], Proof.CHECKED),
        (["tar", "-Izstd -T2 --no-check"], Proof.READABLE),
        (["bsdtar", "--zstd"], Proof.READABLE),  # it writes no checksums
    ],
)
def test_archives_by_tar(tree, tmp_path, command, proof):
    path = tmp_path / "a.tar.zst"
    subprocess.run([*command, "-cf", path, "folder"], cwd=tree, check=True)
    with opened(path) as archive:
        assert paths(archive) == ALL
        assert (archive.marked, archive.tail, archive.damage) == (False, None, None)
    assert verified(path).proof is proof


@pytest.mark.parametrize("size", [100, 512, 700, 4096, 5000, 20_000, 1 << 20])
@pytest.mark.parametrize("coder", [compress, zstd], ids=["sized", "unsized"])
def test_frames_cut_in_the_middle_of_entries(tar, tmp_path, size, coder):
    if coder is zstd and size < 4096:
        size *= 50  # each is a process of its own
    with opened(tmp_path / "a", cut_frames(tar, size, coder)) as archive:
        assert paths(archive) == ALL
        assert sum(archive.frames.dsize) == len(tar)
        assert archive.listing.total_size(0) == sum(len(content(name)) for name in NAMES)
    assert verified(tmp_path / "a").proof is Proof.CHECKED


def test_skippable_frames_and_empty_ones_between(tar, tmp_path):
    middle = len(tar) // 2
    data = compress(tar[:middle]) + skippable(b"note") + compress(b"") + compress(tar[middle:])
    with opened(tmp_path / "a", data + skippable(b"by others")) as archive:
        assert paths(archive) == ALL
        assert archive.trailing
    assert verified(tmp_path / "a").proof is Proof.CHECKED


@pytest.mark.parametrize("cut", [10, 1000, 0.3, 0.5, 0.9, 0.999])
def test_one_that_is_cut_off_lists_what_is_there(tar, tmp_path, cut):
    data = cut_frames(tar, 8192)
    length = cut if isinstance(cut, int) else int(len(data) * cut)
    try:
        with opened(tmp_path / "a", data[:length]) as archive:
            assert isinstance(archive.damage, ArchiveDamaged)
            assert len(paths(archive)) >= int(len(ALL) * length / len(data)) - 2
    except ArchiveDamaged:
        assert length < 8192


@pytest.mark.parametrize("more", [b"\0", b"garbage " * 9, compress(b"x")[:-3]])
def test_garbage_after_a_whole_tar_hides_nothing(tar, tmp_path, more):
    with opened(tmp_path / "a", cut_frames(tar, 8192) + more) as archive:
        assert paths(archive) == ALL
        assert archive.damage is not None
    assert verified(tmp_path / "a").proof is Proof.DAMAGED


def test_a_damaged_frame_hides_nothing_before_it(tar, tmp_path):
    frames = [compress(tar[at : at + 8192]) for at in range(0, len(tar), 8192)]
    frames[3] = frames[3][:30] + b"damage" + frames[3][36:]
    with opened(tmp_path / "a", b"".join(frames)) as archive:
        assert len(paths(archive)) >= 3
        assert archive.damage is not None
        assert archive.damage.offset == sum(map(len, frames[:3]))
    assert verified(tmp_path / "a").proof is Proof.DAMAGED


def test_our_own_without_its_index(tmp_path):
    data = make_archive(SMALL)
    end = data.index(b"zpkindex") - 8
    with opened(tmp_path / "a", data[:end]) as archive:
        assert sorted(paths(archive)) == [
            b"a again",
            b"a.txt",
            b"b.bin",
            b"folder",
            b"none",
            b"to b",
        ]
        assert (archive.marked, archive.trailing, archive.damage) == (True, False, None)
        assert archive.tail_fault
    assert verified(tmp_path / "a").proof is Proof.PROOF_LOST


def test_our_own_with_an_index_that_is_damaged(tmp_path):
    data = bytearray(make_archive(SMALL))
    data[data.index(b"zpkindex") + 60] ^= 1
    with opened(tmp_path / "a", bytes(data)) as archive:
        assert (archive.tail, archive.marked, archive.trailing) == (None, True, True)
        assert len(paths(archive)) == 6
    assert verified(tmp_path / "a").proof is Proof.DAMAGED


@pytest.mark.parametrize("content", [b"just text", b"text " * 1000, b"x"])
def test_a_single_compressed_file(tmp_path, content):
    with pytest.raises(NotATar), opened(tmp_path / "a", compress(content)):
        pass


@pytest.mark.parametrize("data", [bytes(1024), bytes(10240)])
def test_a_tar_without_entries(tmp_path, data):
    with opened(tmp_path / "a", compress(data)) as archive:
        assert paths(archive) == []
    assert verified(tmp_path / "a").proof is Proof.CHECKED


def test_it_tells_how_far_it_is_and_can_be_stopped(tar, tmp_path):
    class Stop(BaseException):
        pass

    def check() -> None:
        raise Stop

    path = tmp_path / "a"
    path.write_bytes(cut_frames(tar, 8192))
    told = []
    with SourceFile(str(path)) as source:
        open_archive(source, lambda: None, lambda entries, size, *_: told.append((entries, size)))
        assert told == sorted(told)
        with pytest.raises(Stop):
            open_archive(source, check, lambda *_: None)


def test_cuts_everywhere_raise_nothing_else(tmp_path, tar):
    data = cut_frames(tar, 3000)
    path = tmp_path / "a"
    path.write_bytes(data)
    for length in range(len(data) - 1, 0, -97):
        os.truncate(path, length)
        try:
            with opened(path) as archive:
                assert archive.damage is not None or length > len(data) - 200
        except ZpackError:
            continue

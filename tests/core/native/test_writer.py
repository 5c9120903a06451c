"""The writer: members at the borders of frames, sources that end early."""

import io
import itertools
import tarfile

import pytest
import xxhash

from tests.core.codecs.frames import unpacked_by_zstd
from tests.core.native.parts import Content, make_archive, tail_of, take_apart, verified
from zpack.codecs import Encoder
from zpack.entries import ROOT, Attributes, Kind, ListingBuilder
from zpack.jobs import Control
from zpack.native.frame_pool import FramePool
from zpack.native.writer import ArchiveWriter, SourceCut
from zpack.operations import Proof

CAPACITY = 8192
HEADERS = 1536  # an extended header for the nanoseconds, and the ustar block
LARGEST = CAPACITY - HEADERS


def content_of(tar: bytes) -> dict[bytes, bytes]:
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        return {
            info.name.encode(): archive.extractfile(info).read()
            for info in archive.getmembers()
            if info.isreg()
        }


def check(data: bytes, content: Content, path) -> None:
    """Ours proves it, others read it, and the frames are as the page says."""
    report = verified(path / "archive", data)
    assert (report.proof, report.problems) == (Proof.PROVEN, ())
    assert report.files == len(content.files) + len(content.hard) + len(content.soft)
    tar = unpacked_by_zstd(data)
    if report.files:  # Python takes a tar of nothing but a global header for no tar at all
        assert content_of(tar) == content.files
    tail = tail_of(path / "archive", data)
    assert max(tail.frames.dsize) <= CAPACITY
    assert tail.frames.dsize[-1] == 1024
    assert tar.endswith(bytes(1024))


@pytest.mark.parametrize("difference", [-513, -512, -1, 0, 1, 511, 512, 513])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_files_around_the_size_of_a_frame(tmp_path, difference, times):
    size = LARGEST * times + HEADERS * (times - 1) + difference
    content = Content({b"big": bytes(range(256)) * (size // 256) + b"x" * (size % 256)})
    check(make_archive(content, CAPACITY), content, tmp_path)


def test_a_file_of_exactly_one_frame_stands_alone():
    before, exact, after = b"1", b"x" * LARGEST, b"2"
    parts = take_apart(make_archive(Content({b"a": before, b"b": exact, b"c": after}), CAPACITY))
    assert parts.dsizes == [1024 + HEADERS + 512, CAPACITY, HEADERS + 512, 1024]
    assert [*parts.values("frame")] == [0xFFFFFFFF, 0, 1, 2]
    assert [*parts.values("offset")] == [0, 1024, 0, 0]


def test_a_larger_file_has_frames_of_its_own():
    parts = take_apart(
        make_archive(Content({b"a": b"1", b"b": b"x" * (LARGEST + 1), b"c": b"2"}), CAPACITY)
    )
    assert parts.dsizes == [1024 + HEADERS + 512, CAPACITY, 512, HEADERS + 512, 1024]


@pytest.mark.parametrize("sizes", list(itertools.product([0, 511, 512, 2048, LARGEST], repeat=3)))
def test_files_that_fill_frames_in_many_ways(tmp_path, sizes):
    content = Content({b"%d" % n: b"%d" % n * size for n, size in enumerate(sizes)})
    check(make_archive(content, CAPACITY), content, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        Content(),
        Content(folders=(b"a", b"b")),
        Content(soft={b"l%03d" % n: b"nowhere" for n in range(40)}),
        Content({b"f": b"data"}, hard={b"h%03d" % n: b"f" for n in range(40)}),
        Content({b"n" * 200 + b"%d" % n: b"" for n in range(9)}, folders=(b"x" * 255,)),
    ],
    ids=["empty", "folders", "symbolic links", "hard links", "long names"],
)
def test_other_contents(tmp_path, content):
    check(make_archive(content, CAPACITY), content, tmp_path)


@pytest.mark.parametrize("threads", [2, 4])
def test_the_same_bytes_from_any_number_of_threads(threads):
    content = Content({b"%d" % n: b"%d " % n * 500 * n for n in range(20)})
    assert make_archive(content, CAPACITY, threads) == make_archive(content, CAPACITY)


class Source:
    """Gives so many bytes, in pieces, and then ends or fails."""

    def __init__(self, data: bytes, error: OSError | None = None, piece: int = 700) -> None:
        self._stream, self._error, self._piece = io.BytesIO(data), error, piece

    def readinto(self, view: "memoryview[int]") -> int:
        count = self._stream.readinto(view[: self._piece])
        if not count and self._error is not None:
            raise self._error
        return count


def write_one(size: int, source: Source) -> tuple[bytes, SourceCut | None]:
    rows, out, control = ListingBuilder(), bytearray(), Control()
    attributes = Attributes(Kind.FILE, 0o644, size)
    row, cut = rows.append(ROOT, b"f", attributes), None
    with FramePool(out.extend, lambda: Encoder(1), CAPACITY, 1, control) as pool:
        writer = ArchiveWriter(pool, CAPACITY, rows, out.extend, control.check)
        try:
            writer.add_file(row, b"f", attributes, source.readinto)
        except SourceCut as error:
            cut = error
        writer.begin_folders()
        writer.finish(rows, writer.digests)
    return bytes(out), cut


@pytest.mark.parametrize("stored", [0, 1, 511, 512, 2999])
def test_a_small_source_that_ends_early_is_stored_as_it_is(tmp_path, stored):
    data, cut = write_one(3000, Source(b"x" * stored))
    assert cut.stored == stored
    assert content_of(unpacked_by_zstd(data)) == {b"f": b"x" * stored}
    assert verified(tmp_path / "a", data).proof is Proof.PROVEN


@pytest.mark.parametrize("stored", [0, 1, CAPACITY - 512, CAPACITY, 29_999])
@pytest.mark.parametrize("error", [None, OSError("broken")])
def test_a_large_source_that_ends_early_is_filled_up(tmp_path, stored, error):
    data, cut = write_one(30_000, Source(b"x" * stored, error))
    assert cut.error is error
    assert cut.stored <= stored if error else cut.stored == stored
    expected = b"x" * cut.stored + bytes(30_000 - cut.stored)
    assert content_of(unpacked_by_zstd(data)) == {b"f": expected}
    assert verified(tmp_path / "a", data).proof is Proof.PROVEN


def test_a_source_that_grew_is_stored_up_to_its_size(tmp_path):
    for size in (3000, 30_000):
        data, cut = write_one(size, Source(b"x" * (size + 5000)))
        assert cut is None
        assert content_of(unpacked_by_zstd(data)) == {b"f": b"x" * size}


def test_digests_are_of_the_content():
    parts = take_apart(make_archive(Content({b"a": b"alpha", b"b": b"x" * 50_000}), CAPACITY))
    hashes = [xxhash.xxh3_128_digest(data) for data in (b"alpha", b"x" * 50_000)]
    assert parts.digests == bytes(16) + b"".join(hashes)

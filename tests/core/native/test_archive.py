"""The whole archive of docs/format.md, section 10; and one cut at each byte."""

import io
import os
import tarfile

import pytest
import zstandard

from tests.core.codecs.frames import unpacked_by_zstd
from tests.core.native.parts import SMALL, make_archive, verified
from tests.golden.page import vector_bytes
from zpack.entries import Attributes, Kind
from zpack.errors import ZpackError
from zpack.filesystem import SourceFile
from zpack.native.archive import has_index, open_archive
from zpack.operations import Proof

HELLO = Attributes(Kind.FILE, 0o644, 6, 1_700_000_000)


def opened(source: SourceFile):
    return open_archive(source, lambda: None, lambda *_: None)


def test_the_vector_opens_and_lists(tmp_path):
    path = tmp_path / "vector"
    path.write_bytes(vector_bytes("archive"))
    with SourceFile(str(path)) as source:
        assert has_index(source)
        archive = opened(source)
        assert [*archive.listing.walk()] == [(1, b"hello.txt")]
        assert archive.listing.attributes(1) == HELLO
        assert archive.listing.attributes(0) == Attributes(Kind.DIRECTORY)
        assert (archive.marked, archive.checked, archive.damage) == (True, True, None)
        assert archive.tail is not None
        assert archive.digests()[:16] == bytes(16)


def test_the_vector_is_proven(tmp_path):
    report = verified(tmp_path / "vector", vector_bytes("archive"))
    assert (report.proof, report.files, report.good, report.problems) == (Proof.PROVEN, 1, 1, ())


def test_others_read_the_vector():
    tar = unpacked_by_zstd(vector_bytes("archive"))
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        (info,) = archive.getmembers()
        assert (info.name, info.mtime, info.mode) == ("hello.txt", 1_700_000_000, 0o644)
        assert archive.extractfile(info).read() == b"hello\n"


def never_proven(path, data: bytes, lengths) -> None:
    path.write_bytes(data)
    for length in lengths:
        os.truncate(path, length)
        try:
            assert verified(path).proof is not Proof.PROVEN
        except ZpackError:
            continue


def test_the_vector_cut_at_every_byte(tmp_path):
    data = vector_bytes("archive")
    never_proven(tmp_path / "cut", data, reversed(range(len(data))))


@pytest.mark.parametrize("more", [b"\0", b"x" * 20, b"\x50\x2a\x4d\x18\0\0\0\0"])
def test_what_is_added_is_noticed(tmp_path, more):
    for data in (vector_bytes("archive") + more, more + vector_bytes("archive")):
        never_proven(tmp_path / "a", data, [len(data)])


def test_two_archives_one_after_the_other(tmp_path):
    one = make_archive(SMALL)
    assert verified(tmp_path / "a", one + one).proof is not Proof.PROVEN


def test_without_what_follows_the_tar_the_proof_is_lost(tmp_path):
    data = vector_bytes("archive")
    at, frames = 0, 2
    for _ in range(frames):
        decoder = zstandard.ZstdDecompressor().decompressobj()
        decoder.decompress(data[at:])
        at = len(data) - len(decoder.unused_data)
    report = verified(tmp_path / "a", data[:at])
    assert (report.proof, report.good) == (Proof.PROOF_LOST, 1)

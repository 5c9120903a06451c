"""The lz4 profile (docs/format.md, section 11): by others, byte for byte, and broken everywhere."""

import contextlib
import io
import os
import random
import struct
import subprocess
import tarfile

import lz4.frame
import pytest
import xxhash

from tests.core.codecs.lz4_peers import NOISE, unpacked_by_program
from tests.core.native.parts import (
    SMALL,
    Content,
    make_archive,
    put_together,
    tail_of,
    take_apart,
    verified,
)
from tests.golden.page import vector_bytes
from zpack.errors import ArchiveDamaged, NewerFormat, NotAnArchive, ZpackError
from zpack.native.layout import LayoutError
from zpack.native.lz4_profile import TAR_LZ4
from zpack.operations import Proof

REFUSED = (ArchiveDamaged, NewerFormat, NotAnArchive)
LARGE = Content(
    {b"text": b"words and words\n" * 900_000, b"noise": NOISE * 3, b"none": b"", b"x": b"x"},
    hard={b"again": b"text"},
    soft={b"link": b"x"},
    folders=(b"folder",),
)


def archive(content: Content = SMALL, capacity: int = 4096, **how) -> bytes:
    return make_archive(content, capacity, profile=TAR_LZ4, **how)


def tar_of(content: Content, capacity: int) -> bytes:
    """What the other profile has of it."""
    return b"".join(take_apart(make_archive(content, capacity)).contents())


def names(data: bytes) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.getnames()


def test_it_is_the_vector_of_the_page(tmp_path):
    data = vector_bytes("archive-lz4")
    assert verified(tmp_path / "a.tar.lz4", data).proof is Proof.PROVEN
    assert names(unpacked_by_program(data)) == ["hello.txt"]
    parts = take_apart(data)
    assert [parts.contents()] == [take_apart(vector_bytes("archive")).contents()]


@pytest.mark.parametrize("rewritable", [True, False])
@pytest.mark.parametrize(("content", "capacity"), [(SMALL, 2048), (LARGE, 4 << 20)])
def test_others_read_it(content, capacity, rewritable, tmp_path):
    data = archive(content, capacity, rewritable=rewritable)
    tar = tar_of(content, capacity)
    assert unpacked_by_program(data) == tar
    assert lz4.frame.decompress(data) == lz4.frame.open(io.BytesIO(data)).read() == tar
    path = tmp_path / "a.tar.lz4"
    assert verified(path, data).proof is Proof.PROVEN
    for command in (["tar", "-I", "lz4", "-tf"], ["bsdtar", "-tf"]):
        made = subprocess.run([*command, path], capture_output=True, check=True)
        assert made.stderr == b""
        assert [line.rstrip("/") for line in made.stdout.decode().splitlines()] == names(tar)


def test_byte_for_byte_as_the_page_says(tmp_path):
    data = archive(LARGE, 4 << 20)
    tar = tar_of(LARGE, 4 << 20)
    head = struct.pack("<IBBQ", 0x184D2204, 0x6C, 0x70, len(tar))
    assert data[:15] == head + bytes([xxhash.xxh32_intdigest(head[4:]) >> 8 & 255])
    at, tail = 15, tail_of(tmp_path / "a", data)
    for offset, csize, dsize, xxh3 in zip(
        tail.frames.offset, tail.frames.csize, tail.frames.dsize, tail.frames.xxh3, strict=True
    ):
        length = struct.unpack_from("<I", data, offset)[0] & 0x7FFFFFFF
        assert (offset, csize) == (at, length + 4)
        assert xxhash.xxh3_64_intdigest(data[at : at + csize]) == xxh3
        assert length <= dsize <= 4 << 20
        at += csize
    assert data[at : at + 8] == bytes(4) + struct.pack("<I", xxhash.xxh32_intdigest(tar))
    assert tail.locator.index.offset == at + 8
    assert data[-136:][8:16] == b"zpklocat"
    assert tail.locator.content_checksum == xxhash.xxh32_intdigest(tar)


def test_to_a_pipe_the_header_tells_no_size():
    data = archive(rewritable=False)
    checksum = xxhash.xxh32_intdigest(b"\x64\x70") >> 8 & 255
    assert data[:7] == b"\x04\x22\x4d\x18\x64\x70" + bytes([checksum])


def test_the_same_bytes_for_any_number_of_threads():
    assert archive(LARGE, 1 << 20, threads=1) == archive(LARGE, 1 << 20, threads=3)


def test_taken_apart_and_put_together():
    assert put_together(take_apart(archive())) == archive()


def never_proven(path) -> None:
    try:
        report = verified(path)
    except REFUSED:
        return
    assert report.proof in (Proof.DAMAGED, Proof.PROOF_LOST)
    assert report.exit_code == 4


def test_every_flipped_byte_is_noticed(tmp_path):
    data = archive(Content({b"a": b"alpha\n" * 60, b"b": NOISE[:300]}, soft={b"l": b"a"}), 2048)
    path = tmp_path / "a.tar.lz4"
    path.write_bytes(data)
    source = random.Random(3)
    fd = os.open(path, os.O_WRONLY)
    try:
        for at, byte in enumerate(data):
            os.pwrite(fd, bytes([byte ^ 1 << source.randrange(8)]), at)
            never_proven(path)
            os.pwrite(fd, bytes([byte]), at)
    finally:
        os.close(fd)
    assert verified(path).proof is Proof.PROVEN


def test_every_cut_is_noticed(tmp_path):
    data, path = archive(), tmp_path / "a.tar.lz4"
    path.write_bytes(data)
    for length in reversed(range(len(data))):
        os.truncate(path, length)
        with contextlib.suppress(ZpackError):
            assert verified(path).proof is not Proof.PROVEN


def test_the_profiles_cannot_be_mistaken_for_each_other(tmp_path):
    from zpack.native.zstd_profile import TAR_ZST

    parts = take_apart(archive())
    told = put_together(parts, packed=lambda data: data[:20] + b"\1" + data[21:])
    with pytest.raises(LayoutError):
        tail_of(tmp_path / "a", told)
    ours = take_apart(make_archive(SMALL, 4096))
    assert ours.profile is TAR_ZST
    without_table = put_together(ours, table=lambda table: b"")
    with pytest.raises(LayoutError):
        tail_of(tmp_path / "b", without_table)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: setattr(parts, "head", parts.head + b"x"),
        lambda parts: setattr(parts, "head", b""),
        lambda parts: setattr(parts, "end", parts.end + bytes(4)),
        lambda parts: setattr(parts, "end", b""),
    ],
)
def test_gaps_around_the_blocks(tmp_path, change):
    parts = take_apart(archive())
    change(parts)
    parts.count_frames()
    with pytest.raises(LayoutError):
        tail_of(tmp_path / "a", put_together(parts))


def test_a_block_that_is_larger_than_a_block_may_be(tmp_path):
    parts = take_apart(archive())
    parts.put_contents([*parts.contents()[:-1], bytes(5 << 20)])
    with pytest.raises(LayoutError):
        tail_of(tmp_path / "a", put_together(parts))


def lied(tmp_path, change) -> None:
    """With all checksums right."""
    parts = take_apart(archive())
    change(parts)
    parts.count_frames()
    path = tmp_path / "a.tar.lz4"
    path.write_bytes(put_together(parts))
    never_proven(path)


@pytest.mark.parametrize(
    "frame",
    [
        b"\0\0\0\0",
        b"\xff\xff\xff\x7f" + bytes(60),
        b"\xff\xff\xff\xff" + bytes(60),
        struct.pack("<I", 60) + bytes(60),
        struct.pack("<I", 60 | 1 << 31) + bytes(60),
        struct.pack("<I", 600) + b"\xf0" + b"\xff" * 599,
        struct.pack("<I", 9) + b"\x10x\x40\0\x50abcde",
    ],
)
def test_blocks_that_lie_about_themselves(tmp_path, frame):
    lied(tmp_path, lambda parts: parts.frames.__setitem__(1, frame))


def test_a_size_in_the_index_that_lies(tmp_path):
    for size in (512, 1 << 20, 4 << 20):
        lied(tmp_path, lambda parts, size=size: parts.dsizes.__setitem__(1, size))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("head", b"\x04\x22\x4d\x18\x64\x70\xb8"),
        ("head", b"\x28\xb5\x2f\xfd" + bytes(11)),
        ("end", bytes(3) + b"\1" + bytes(4)),
    ],
)
def test_what_stands_around_the_blocks_is_looked_at(tmp_path, name, value):
    lied(tmp_path, lambda parts: setattr(parts, name, value))


def test_a_content_checksum_that_is_not_the_locators(tmp_path):
    data = archive()
    parts = take_apart(data)
    at = data.index(parts.end + b"\x5d\x2a\x4d\x18") + 4
    path = tmp_path / "a.tar.lz4"
    path.write_bytes(data[:at] + b"\0\1\2\3" + data[at + 4 :])
    report = verified(path)
    assert (report.proof, report.exit_code) == (Proof.DAMAGED, 4)


def test_without_its_tail_the_proof_is_lost(tmp_path):
    parts = take_apart(archive())
    data = b"".join((parts.head, *parts.frames, parts.end))
    assert verified(tmp_path / "a.tar.lz4", data).proof is Proof.PROOF_LOST


def test_damage_in_one_block_is_told_of_its_files_only(tmp_path):
    content = Content({b"%d" % number: NOISE[number : number + 3000] for number in range(8)})
    data = bytearray(archive(content, 8192))
    starts = take_apart(bytes(data)).values("frame_offset")
    data[starts[3] + 2000] ^= 1
    report = verified(tmp_path / "a.tar.lz4", bytes(data))
    assert (report.files, report.good) == (8, 7)
    assert [problem.path for problem in report.problems if problem.code == "damaged"] == ["3"]

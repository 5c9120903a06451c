"""What a file is, told by its content."""

import os

import pytest

from tests.core.codecs.frames import skippable, zstd
from tests.core.codecs.lz4_peers import by_program
from tests.core.native.parts import SMALL, make_archive
from tests.golden.page import vector_bytes
from zpack.codecs import compress
from zpack.errors import (
    ArchiveEmpty,
    ArchiveIsDirectory,
    ArchiveIsPipe,
    NotAnArchive,
    SourceMissing,
)
from zpack.formats import FORMATS, TAR_LZ4, TAR_ZST, recognize
from zpack.native import lz4_profile

HEADS = {
    "tar.zst": zstd(b"content"),
    "zip": b"PK\x03\x04" + bytes(26),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(26),
    "RAR": b"Rar!\x1a\x07\x01\x00" + bytes(20),
    "gzip": b"\x1f\x8b\x08" + bytes(20),
    "xz": b"\xfd7zXZ\0\0\x04" + bytes(20),
    "bzip2": b"BZh91AY&SY" + bytes(20),
    "tar.lz4": by_program(b"content"),
    "tar": bytes(257) + b"ustar\x0000" + bytes(300),
    "CAB": b"MSCF" + bytes(40),
    "ISO 9660": bytes(0x8001) + b"CD001" + bytes(100),
    "ar": b"!<arch>\n" + bytes(60),
    "cpio": b"070701" + b"0" * 104,
    "age": b"age-encryption.org/v1\n" + bytes(20),
}


def recognized(path, data: bytes):
    path.write_bytes(data)
    return recognize(str(path))


def test_every_format_is_tried():
    assert {known.title for known in FORMATS} == set(HEADS)


@pytest.mark.parametrize("title", HEADS)
def test_every_magic(tmp_path, title):
    found = recognized(tmp_path / "no ending", HEADS[title])
    assert (found.format.title, found.misnamed) == (title, False)


def test_a_legacy_lz4(tmp_path):
    assert recognized(tmp_path / "a", by_program(b"content", "-l")).format is TAR_LZ4


def test_an_empty_zip(tmp_path):
    assert recognized(tmp_path / "a", b"PK\x05\x06" + bytes(18)).format.title == "zip"


def test_the_ending_only_tells_that_it_is_wrong(tmp_path):
    for known in FORMATS:
        for suffix in known.suffixes:
            found = recognized(tmp_path / f"name{suffix.upper()}", HEADS["tar.zst"])
            assert found.format is TAR_ZST
            assert found.misnamed == (known is not TAR_ZST)


@pytest.mark.parametrize("name", ["a.txt", "a.zst", "archive", "a.zip.part", ".zip "])
def test_other_endings_say_nothing(tmp_path, name):
    assert not recognized(tmp_path / name, HEADS["tar.zst"]).misnamed


@pytest.mark.parametrize("magic", [0x184D2A50, 0x184D2A5D, 0x184D2A5F])
def test_zstd_that_begins_with_a_skippable_frame(tmp_path, magic):
    # Parallel compressors (pzstd) put one in front of each frame.
    data = skippable(b"\x10\0\0\0", magic) + compress(b"content")
    assert recognized(tmp_path / "a", data).format is TAR_ZST


@pytest.mark.parametrize("data", [vector_bytes("archive"), make_archive(SMALL)])
def test_an_archive_whose_head_is_overwritten(tmp_path, data):
    assert recognized(tmp_path / "a", bytes(100) + data[100:]).format is TAR_ZST
    assert recognized(tmp_path / "a", b"text" + data[4:]).format is TAR_ZST


def test_an_lz4_archive_whose_head_is_overwritten(tmp_path):
    data = make_archive(SMALL, profile=lz4_profile.TAR_LZ4)
    assert recognized(tmp_path / "a", b"text" + data[4:]).format is TAR_LZ4


@pytest.mark.parametrize("data", [b"x", b"text\n" * 20, bytes(1 << 16), b"\x28\xb5\x2f", b"PK"])
def test_what_is_no_archive(tmp_path, data):
    with pytest.raises(NotAnArchive):
        recognized(tmp_path / "a.zip", data)


def test_what_is_no_file(tmp_path):
    with pytest.raises(ArchiveEmpty):
        recognized(tmp_path / "empty.zip", b"")
    with pytest.raises(ArchiveIsDirectory):
        recognize(str(tmp_path))
    with pytest.raises(SourceMissing):
        recognize(str(tmp_path / "missing.tar.zst"))
    os.mkfifo(tmp_path / "pipe.tar.zst")
    for path in (str(tmp_path / "pipe.tar.zst"), "/dev/zero", "-"):
        with pytest.raises(ArchiveIsPipe):
            recognize(path)


def test_links_to_archives(tmp_path):
    recognized(tmp_path / "a.tar.zst", HEADS["tar.zst"])
    os.symlink("a.tar.zst", tmp_path / "link.zip")
    found = recognize(str(tmp_path / "link.zip"))
    assert (found.format, found.misnamed) == (TAR_ZST, True)

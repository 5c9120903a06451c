"""The rules of docs/format.md, section 9: each broken alone, with all checksums right."""

import struct
from array import array
from dataclasses import replace

import pytest

from tests.core.native.parts import (
    SMALL,
    Parts,
    make_archive,
    put_together,
    tail_of,
    take_apart,
    verified,
)
from zpack.codecs import compress
from zpack.entries import Column
from zpack.native.layout import LayoutError
from zpack.native.locator import Section
from zpack.operations import Proof


@pytest.fixture
def parts() -> Parts:
    return take_apart(make_archive(SMALL, capacity=1536))


def test_it_is_believed_where_nothing_is_changed(parts, tmp_path):
    data = put_together(parts)
    assert data == make_archive(SMALL, capacity=1536)
    assert len(parts.frames) > 3
    assert tail_of(tmp_path / "a", data).locator.frames == len(parts.frames)


def refused(parts: Parts, path, **lies) -> None:
    with pytest.raises(LayoutError):
        tail_of(path / "a", put_together(parts, **lies))


def at(place: int, code: str, value: int):
    """Change a field."""

    def change(data: bytes) -> bytes:
        made = bytearray(data)
        struct.pack_into(code, made, place % len(made), value)
        return bytes(made)

    return change


TABLE = {  # rule 1
    "a frame longer": {"table": at(8, "<I", 99)},
    "another magic": {"table": at(0, "<I", 0x184D2A5D)},
    "another length": {"table": at(4, "<I", 1)},
    "another count": {"table": at(-9, "<I", 3)},
    "milliards of frames": {"table": at(-9, "<I", 0xFFFFFFFF)},
    "descriptor": {"table": at(-5, "B", 1)},
    "reserved bit": {"table": at(-5, "B", 4)},
    "end magic": {"table": at(-4, "<I", 0x8F92EAB0)},
    "locator has content": {"lengths": lambda t: [*t[:-1], (136, 1)]},
    "locator has another length": {"lengths": lambda t: [*t[:-2], (t[-2][0] + 1, 0), (135, 0)]},
    "something after the locator": {"packed": lambda b: b + bytes(8)},
    "something after the table": {"table": lambda b: b + b"\0"},
    "a frame before the table": {"table": lambda b: b"\x50\x2a\x4d\x18\0\0\0\0" + b},
}
LOCATOR = {  # rule 2
    "another magic": {"packed": at(0, "<I", 0x184D2A5C)},
    "another length": {"packed": at(4, "<I", 127)},
    "another tag": {"packed": at(8, "<Q", 0)},
    "major version": {"packed": at(16, "<H", 2)},
    "reserved flag": {"packed": at(20, "<I", 5)},
    "reserved field": {"packed": at(120, "<Q", 1)},
    "recovery that is not there": {"packed": at(20, "<I", 3)},
    "no digests, but their place": {"packed": at(20, "<I", 0)},
}


def moved(name: str, offset: int = 0, length: int = 0):
    def change(locator):
        place = getattr(locator, name)
        place = Section(place.offset + offset, place.length + length, place.digest)
        return replace(locator, **{name: place})

    return {"locator": change}


SECTIONS = {  # rules 3 and 4
    "index before its place": moved("index", offset=-1),
    "index after its place": moved("index", offset=1),
    "index longer": moved("index", length=1),
    "index shorter": moved("index", length=-1),
    "digests before their place": moved("digests", offset=-1),
    "digests longer": moved("digests", length=1),
    "index nowhere": moved("index", offset=1 << 63),
    "index without end": moved("index", length=1 << 63),
    "fewer frames": {"locator": lambda told: replace(told, frames=told.frames - 1)},
    "more frames": {"locator": lambda told: replace(told, frames=told.frames + 1)},
    "another tar size": {"locator": lambda told: replace(told, tar_size=told.tar_size + 512)},
    "gap after the index": {"index": lambda data: data + b"\x50\x2a\x4d\x18\0\0\0\0"},
    "index of a later version": {"index": at(16, "<H", 2)},
    "index cut": {"index": lambda data: data[:-1]},
    "index of another tag": {"index": at(8, "<Q", 0)},
    "index under another magic": {"index": at(0, "<I", 0x184D2A5C)},
}


@pytest.mark.parametrize("name", TABLE)
def test_the_seek_table(parts, tmp_path, name):
    refused(parts, tmp_path, **TABLE[name])


@pytest.mark.parametrize("name", LOCATOR)
def test_the_locator(parts, tmp_path, name):
    refused(parts, tmp_path, **LOCATOR[name])


@pytest.mark.parametrize("name", SECTIONS)
def test_the_sections(parts, tmp_path, name):
    refused(parts, tmp_path, **SECTIONS[name])


@pytest.mark.parametrize("byte", [24, 40, 200, -1])
def test_the_checksum_of_the_index(parts, tmp_path, byte):
    data = bytearray(put_together(parts))
    data[tail_of(tmp_path / "a", bytes(data)).locator.index.offset + byte % 500] ^= 1
    with pytest.raises(LayoutError):
        tail_of(tmp_path / "a", bytes(data))


FRAMES = {
    "offset": ("frame_offset", 1, 1),
    "offsets from elsewhere": ("frame_offset", 0, 8),
    "stored size": ("frame_csize", 0, 1),
    "content size": ("frame_dsize", 0, 512),
    "content that is not in blocks": ("frame_dsize", 1, 1),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_of_which_index_and_seek_table_differ(parts, tmp_path, name):
    column, frame, change = FRAMES[name]
    parts.values(column)[frame] += change
    refused(parts, tmp_path)


@pytest.mark.parametrize("size", [0, 1, 513, (64 << 20) + 512, 0xFFFFFE00])
def test_frames_of_a_size_that_makes_no_sense(parts, tmp_path, size):
    parts.dsizes[1] = size
    parts.values("frame_dsize")[1] = size
    refused(parts, tmp_path)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_frames(parts, tmp_path, count):
    del parts.frames[count:], parts.dsizes[count:]
    parts.count_frames()
    refused(parts, tmp_path)


@pytest.mark.parametrize("name", ["parent", "names", "size", "owner_uid", "links", "frame_xxh3"])
def test_a_column_that_is_missing_or_of_another_type(parts, tmp_path, name):
    parts.columns[name] = Column(name, "q", array("q", [0] * 8))
    refused(parts, tmp_path)
    del parts.columns[name]
    refused(parts, tmp_path)


def test_columns_that_nobody_knows_are_ignored(parts, tmp_path):
    parts.columns["later_end"] = Column("later_end", "Q", array("Q", [1, 2]))
    assert verified(tmp_path / "a", put_together(parts)).proof is Proof.PROVEN


DIGESTS = {
    "of a later version": at(16, "<H", 2),
    "of another tag": at(8, "<Q", 0),
    "of another count": at(24, "<Q", 1),
    "cut": lambda data: data[:-1],
    "too many": lambda data: data + compress(b""),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_digests_that_cannot_be_used_prove_nothing(parts, tmp_path, name):
    report = verified(tmp_path / "a", put_together(parts, proof=DIGESTS[name]))
    assert report.proof is Proof.DAMAGED


def test_trailing_frames_that_the_seek_table_lists_otherwise(parts, tmp_path):
    data = put_together(parts, lengths=lambda t: [(t[0][0] - 8, 0), (t[1][0] + 8, 0), t[2]])
    assert verified(tmp_path / "a", data).proof is Proof.DAMAGED

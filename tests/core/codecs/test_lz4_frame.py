"""Decoding LZ4 frames by anyone."""

import contextlib
import struct

import lz4.frame
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from tests.core.codecs.lz4_peers import (
    CONTENTS,
    FLAGS,
    MIXED,
    NOISE,
    TEXT,
    by_hand,
    by_program,
    drained,
    packed,
    raw,
    source_of,
)
from tests.fuzz.examples import examples
from zpack.codecs import CodecError, Lz4FrameReader


def decoded(data: bytes, step: int = 100_000) -> bytes:
    return drained(Lz4FrameReader(source_of(data)), step)


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("flags", FLAGS)
def test_what_the_program_writes(flags, content, tmp_path):
    data = by_program(CONTENTS[content], *FLAGS[flags], path=tmp_path / "in")
    assert decoded(data) == CONTENTS[content]


@pytest.mark.parametrize("step", [1, 7, 511, 5 << 20])
def test_views_of_any_size(step):
    content = MIXED[:5000] if step < 500 else MIXED
    assert decoded(by_program(content, "-BD", "-B4"), step) == content


def test_what_the_library_writes():
    for linked in (False, True):
        data = lz4.frame.compress(MIXED, block_linked=linked, block_checksum=True)
        assert decoded(data) == MIXED


def test_a_legacy_block_of_more_than_eight_megabytes_follows_another():
    content = (MIXED * 15)[: (16 << 20) + 5]
    assert decoded(by_program(content, "-l")) == content


@pytest.mark.parametrize("flags", ["default", "dependent 64 KiB", "block checksums", "legacy"])
def test_every_cut_is_noticed(flags):
    data = by_program(MIXED[:200_000], *FLAGS[flags])
    ends = {len(data)}
    if flags == "legacy":  # it has no end mark: nothing tells a cut between its blocks
        ends = {4, len(data)}
    for length in {*range(4, len(data), 997), 4, 7, 10, len(data) - 1, len(data) - 5}:
        if length not in ends:
            with pytest.raises(CodecError):
                decoded(data[:length])


@pytest.mark.parametrize("flags", ["default", "dependent", "block checksums alone", "content size"])
def test_every_flipped_byte_is_noticed(flags, tmp_path):
    content = MIXED[:3000]
    data = by_program(content, *FLAGS[flags], path=tmp_path / "in")
    for at in range(4, len(data)):
        flipped = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        with pytest.raises(CodecError):
            assert decoded(flipped) != content


def test_what_comes_before_damage_is_given():
    data = bytearray(by_program(MIXED, "-B4", "-BX"))
    data[len(data) // 2] ^= 0xFF
    reader, view = Lz4FrameReader(source_of(bytes(data))), memoryview(bytearray(1000))
    given = bytearray()

    def read_on() -> None:
        while count := reader.readinto(view):
            given.extend(view[:count])

    with pytest.raises(CodecError):
        read_on()
    assert len(given) > 200_000
    assert MIXED.startswith(given)


LIES = {
    "a wrong content checksum": by_hand(packed(TEXT), content=TEXT + b"x"),
    "a wrong content size": by_hand(packed(TEXT), flags=0x68, content=TEXT + b"x"),
    "a reserved bit": by_hand(packed(b"x"), flags=0x62, content=b"x"),
    "another version": by_hand(packed(b"x"), flags=0xA4, content=b"x"),
    "a reserved bit of blocks": by_hand(packed(b"x"), block=0x71, content=b"x"),
    "blocks of an unknown size": by_hand(packed(b"x"), block=0x30, content=b"x"),
    "a block that is too large": by_hand(packed(bytes(70_000)), block=0x40, content=bytes(70_000)),
    "a raw block too large": by_hand(raw(NOISE[:70_000]), block=0x40, content=NOISE[:70_000]),
    "an empty raw block": by_hand(raw(b""), packed(b"x"), content=b"x"),
    "an empty block": by_hand(packed(b""), packed(b"x"), content=b"x"),
    "a match before the beginning": by_hand(struct.pack("<I", 8) + b"\x10x\x40\0\x50abcd"),
    "an endless length": by_hand(struct.pack("<I", 9000) + b"\xf0" + b"\xff" * 8999),
    "a block that is all of memory": by_hand(struct.pack("<I", 0x7FFFFFFF) + b"x" * 100),
    "a legacy block too large": struct.pack("<II", 0x184C2102, 0x7FFFFFFF) + bytes(100),
    "a legacy block of nothing": struct.pack("<III", 0x184C2102, 0, 0),
    "nothing": b"",
}


@pytest.mark.parametrize("lie", LIES)
def test_lies_are_errors(lie):
    with pytest.raises(CodecError):
        decoded(LIES[lie])


def test_raw_blocks_between_coded_ones():
    content = NOISE[:600] + TEXT + NOISE
    assert decoded(by_hand(raw(NOISE[:600]), packed(TEXT), raw(NOISE), content=content)) == content


def test_a_bomb_is_decoded_piece_by_piece():
    """A block cannot have more than its frame allows, nor more than its bytes can tell."""
    block = packed(bytes(4 << 20))
    data = by_hand(*[block] * 100, content=bytes(400 << 20))
    read = []

    def source(size: int) -> bytes:
        read.append(size)
        return whole(size)

    whole = source_of(data)
    reader, view = Lz4FrameReader(source), memoryview(bytearray(1 << 20))
    for _ in range(8):
        assert reader.readinto(view) == 1 << 20
    assert sum(read) < 1 << 20


@examples(300)
@given(st.binary(max_size=200))
def test_noise_raises_nothing_else(noise):
    head = b"\x04\x22\x4d\x18\x64\x40"
    head += bytes([xxhash.xxh32_intdigest(b"\x64\x40") >> 8 & 255])
    for start in (b"", b"\x04\x22\x4d\x18", head, b"\x02\x21\x4c\x18"):
        with contextlib.suppress(CodecError):
            decoded(start + noise)

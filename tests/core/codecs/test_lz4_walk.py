"""Finding LZ4 frames by their headers and lengths."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.codecs.frames import pread_of, skippable
from tests.core.codecs.lz4_peers import FLAGS, MIXED, NOISE, by_hand, by_program, packed, raw
from tests.fuzz.examples import examples
from zpack.codecs import WalkError, walk_lz4_frames

UNCHECKED = ("no checksum", "legacy")


def walked(data: bytes) -> list:
    return list(walk_lz4_frames(pread_of(data), len(data)))


@pytest.mark.parametrize("flags", FLAGS)
def test_a_frame_by_the_program(flags, tmp_path):
    data = by_program(MIXED, *FLAGS[flags], path=tmp_path / "in")
    (span,) = walked(data)
    assert (span.offset, span.length, span.skippable) == (0, len(data), False)
    assert span.checked == (flags not in UNCHECKED)
    assert span.content == (len(MIXED) if flags == "content size" else None)
    assert not span.dictionary


def test_many_frames_with_skippable_ones_between():
    parts = []
    for flags in FLAGS.values():
        parts += [by_program(MIXED[:100_000], *flags), skippable(b"between", 0x184D2A5F)]
    parts += [by_program(NOISE, "-l"), by_program(NOISE, "-l"), by_program(NOISE)]
    spans = walked(b"".join(parts))
    assert [span.length for span in spans] == [len(part) for part in parts]
    ends = [span.offset + span.length for span in spans]
    assert [span.offset for span in spans] == [0, *ends[:-1]]


def test_one_that_needs_a_dictionary():
    data = by_hand(packed(b"x"), flags=0x65, content=b"x")
    head = bytearray(data[:6] + b"\1\2\3\4")
    import xxhash

    head.append(xxhash.xxh32_intdigest(bytes(head[4:])) >> 8 & 255)
    (span,) = walked(bytes(head) + data[7:])
    assert span.dictionary


@pytest.mark.parametrize("flags", ["default", "block checksums", "content size"])
def test_every_cut_is_noticed(flags, tmp_path):
    first = skippable(b"first")
    data = first + by_program(MIXED[:100_000], *FLAGS[flags], path=tmp_path / "in")
    for length in {*range(len(first) + 1, len(data), 501), len(data) - 1, len(data) - 5}:
        with pytest.raises(WalkError) as raised:
            walked(data[:length])
        assert raised.value.offset == len(first)


@pytest.mark.parametrize(
    "data",
    [
        b"tar?",
        bytes(100),
        by_hand(raw(b""), content=b""),
        by_hand(raw(NOISE[:70_000]), block=0x40, content=NOISE[:70_000]),
        by_hand(packed(b"x"), content=b"x") + b"trailing",
        b"\x02\x21\x4c\x18" + bytes(8),
    ],
)
def test_what_is_no_frame(data):
    with pytest.raises(WalkError):
        walked(data)


def test_headers_are_read_not_content():
    read = []

    def pread(length: int, offset: int) -> bytes:
        read.append(length)
        return data[offset : offset + length]

    data = skippable(bytes(50 << 20)) + by_hand(*[raw(bytes(4 << 20))] * 5)
    assert len(list(walk_lz4_frames(pread, len(data)))) == 2
    assert sum(read) < 1 << 20


@examples(300)
@given(st.binary(max_size=200))
def test_noise_raises_nothing_else(noise):
    for start in (b"", b"\x04\x22\x4d\x18", b"\x04\x22\x4d\x18\x64\x40\xa7", b"\x02\x21\x4c\x18"):
        with contextlib.suppress(WalkError):
            assert sum(span.length for span in walked(start + noise)) == len(start + noise)

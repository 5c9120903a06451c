"""Ways to break archives: as accidents do, and as attackers do."""

from array import array
from dataclasses import replace

import lz4.frame
from hypothesis import strategies as st

from tests.core.native.parts import Parts, put_together, take_apart
from zpack.codecs import compress
from zpack.native.zstd_profile import TAR_ZST

PLACES = st.integers(0, 1 << 30)
SHARDS = st.one_of(
    st.binary(min_size=1, max_size=40),
    st.sampled_from([bytes(512), b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18\0\0\0\0", b"../" * 9]),
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["flip", "put", "cut", "insert", "repeat"]), PLACES, PLACES, SHARDS),
    min_size=1,
    max_size=4,
)


def edited(data: bytes, edits: list) -> bytes:
    """Bytes changed, lost, added and repeated."""
    made = bytearray(data)
    for what, place, length, shard in edits:
        at, size = place % (len(made) + 1), length % 2000
        if what == "flip":
            made[at % len(made)] ^= 1 << length % 8
        elif what == "put":
            made[at : at + len(shard)] = shard
        elif what == "cut":
            del made[at : at + size]
        elif what == "insert":
            made[at:at] = shard
        else:
            made[at:at] = made[at : at + size]
        made = made or bytearray(b"\0")
    return bytes(made)


NUMBERS = st.one_of(
    st.integers(0, 12), st.sampled_from([511, 512, 1024, 0o7777, 1 << 31, 0xFFFFFFFF]), PLACES
)
LETTERS = st.sampled_from([b"/", b"\0", b".", b"..", b"../", b"a", b"\\", b"/etc", b""])
LIES = st.lists(
    st.tuples(st.integers(0, 40), PLACES, NUMBERS, LETTERS, st.booleans()), min_size=1, max_size=4
)


def lying(data: bytes, lies: list) -> bytes:
    """An index that says something else than it should, with all its checksums right."""
    parts = take_apart(data)
    for number, place, value, letters, shift in lies:
        column = sorted(parts.columns)[number % len(parts.columns)]
        if column in ("names", "links"):
            _respell(parts, column, place, letters, shift)
        elif len(values := parts.values(column)):
            bits = 8 * values.itemsize - (values.typecode == "q")
            values[place % len(values)] = value % (1 << bits)
    return put_together(parts)


def _respell(parts: Parts, column: str, place: int, letters: bytes, shift: bool) -> None:
    blob = bytearray(bytes(parts.columns[column].data))
    at = place % (len(blob) + 1)
    end = at if shift else at + len(letters)
    grown = len(letters) - (min(end, len(blob)) - at)
    blob[at:end] = letters
    parts.columns[column] = replace(parts.columns[column], data=bytes(blob))
    name = "name_end" if column == "names" else "link_end"
    ends = parts.values(name)
    top = (1 << 8 * ends.itemsize) - 1  # an earlier lie may have made one as large as it can be
    moved = (min(each + grown, top) if each > at else each for each in ends)
    parts.columns[name] = replace(parts.columns[name], data=array(ends.typecode, moved))


def other_tar(data: bytes, edits: list) -> bytes:
    """Another tar than the index was made for, in frames that are right in themselves."""
    parts = take_apart(data)
    contents = parts.contents()
    for what, place, length, shard in edits:
        number = place % len(contents)
        changed = edited(contents[number], [(what, length, place, shard)])
        contents[number] = changed + bytes(-len(changed) % 512)
    parts.put_contents(contents)
    return put_together(parts)


def without_index(data: bytes, edits: list) -> bytes:
    """A tar with headers that make no sense, in frames that do."""
    parts = take_apart(data)
    tar = edited(b"".join(parts.contents()), edits)
    return compress(tar) if parts.profile is TAR_ZST else lz4.frame.compress(tar)

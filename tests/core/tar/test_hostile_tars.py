"""Tars that are cut, lie or were made to do harm: TarError, and no more work than they are long."""

import contextlib
import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.tar.tars import block, entries, extended, read_all, reader_of, record
from tests.fuzz.examples import examples
from zpack.tar import BLOCK, END, MARKER, BlockReader, EntryReader, TarError, encode_entry

MIB = 1 << 20


def whole_tar() -> bytes:
    tar = MARKER + block(name=b"a", size=b"700") + bytes(BLOCK)
    tar += extended(record(b"path", b"p" * 300)) + block() + block(name=b"l", type=b"2", link=b"a")
    return tar + extended(b"long" * 50 + b"\0", b"L") + block() + END


def try_to_read(tar: bytes) -> int:
    """How many entries there are before it makes no sense."""
    reader, blocks = reader_of(tar)
    count, error = 0, None
    try:
        while (header := reader.next()) is not None:
            blocks.skip(header.stored)
            reader.finish(header)
            count += 1
    except TarError as raised:
        error = raised
    assert error is None or 0 <= error.position <= len(tar)
    assert count <= len(tar) // BLOCK
    return count


def test_every_cut():
    tar = whole_tar()
    total = len(read_all(tar))
    for length in range(len(tar) - len(END)):
        if length % BLOCK:
            with pytest.raises(TarError):
                read_all(tar[:length])
        assert try_to_read(tar[:length]) < total or length == len(tar) - len(END)


def test_every_flipped_bit_of_a_header():
    whole = block(size=b"00000000012", mtime=b"00000000007") + bytes(BLOCK) + END
    for bit in range(8 * BLOCK):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        if 148 <= bit // 8 < 156:
            continue  # the sum itself, which may be written in several ways
        with pytest.raises(TarError):
            read_all(bytes(data))


@pytest.mark.parametrize(
    "tar",
    [
        block(size=b"-0000000001"),
        block(size=b"\xff" * 12),
        block(size=b"\x80\x01" + bytes(10)),
        block(size=b"99999999999"),
        block(mtime=b"\x81" + bytes(11)),
        block(uid=b"\xff" * 8),
        block(uid=b"\x80\0\0\x01\0\0\0\0"),
        block(type=b"S", size=b"\xff" * 12),
        extended(record(b"size", b"-5")) + block(),
        extended(record(b"size", b"9" * 20)) + block(),
        extended(record(b"mtime", b"9" * 20)) + block(),
        extended(record(b"uid", b"4294967296")) + block(),
        extended(record(b"path", b"a\0b")) + block(),
        extended(record(b"linkpath", b"a\0b")) + block(type=b"2"),
        extended(record(b"uname", b"a\0b")) + block(),
        extended(record(b"path", b"n" * (64 * 1024 + 1))) + block(),
        extended(record(b"linkpath", b"n" * (64 * 1024 + 1))) + block(type=b"2"),
        extended(record(b"path", b"/".join([b"n"] * 4097))) + block(),
        extended(b"a/" * 4096 + b"a", b"L") + block(),
        extended(b"", size=MIB) + block(),
        extended(b"", size=1 << 60) + block(),
        extended(b"", b"g", size=MIB),
        extended(b"", b"L", size=MIB),
        extended(record(b"path", b"a")),
        extended(record(b"path", b"a")) + END,
    ],
)
def test_what_makes_no_sense(tar):
    with pytest.raises(TarError):
        read_all(tar + END)


@pytest.mark.parametrize("kind", [b"V", b"M"])
@pytest.mark.parametrize("size", [b"\xff" * 12, b"-1"])
def test_labels_that_lead_back(kind, size):
    with pytest.raises(TarError):
        read_all(block(type=kind, size=size) + block() + END)


def test_what_is_just_within_the_limits():
    path = b"/".join([b"n"] * 4096)
    (read,) = read_all(extended(record(b"path", path)) + block() + END)
    assert read.header.path == path
    name = b"n" * (64 * 1024)
    (read,) = read_all(extended(record(b"path", name)) + block() + END)
    assert read.header.path == name
    comment = record(b"comment", b"c" * (MIB - BLOCK - 17))
    assert len(comment) == MIB - BLOCK
    assert len(read_all(extended(comment) + block() + END)) == 1


def endless(make) -> BlockReader:
    """A tar that goes on with what ``make(number)`` gives, for 60 MiB."""
    left = (make(number) for number in range(60))
    pending = bytearray()

    def readinto(view: "memoryview[int]") -> int:
        if not pending:
            pending.extend(next(left, b""))
        count = min(len(view), len(pending))
        view[:count] = pending[:count]
        del pending[:count]
        return count

    return BlockReader(readinto)


FILLING = MIB - 2 * BLOCK


@pytest.mark.parametrize(
    "make",
    [
        lambda n: extended(record(b"key%d" % n, bytes(FILLING)), b"g"),
        lambda n: extended(record(b"key%d" % n, bytes(FILLING)), b"x"),
        lambda n: extended(record(b"path", b"n" * FILLING), b"x"),
        lambda n: extended(b"n" * FILLING, b"L"),
        lambda n: block(type=b"V", size=b"%011o" % FILLING) + bytes(MIB),
    ],
    ids=["globals", "extended", "same key", "long names", "labels"],
)
def test_endless_headers_take_bounded_memory(make):
    reader = EntryReader(endless(make))
    tracemalloc.start()
    try:
        with contextlib.suppress(TarError):
            while reader.next() is not None:
                pass
        assert tracemalloc.get_traced_memory()[1] < 20 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("key", [b"uname", b"gname"])
def test_owners_names_have_a_limit(key):
    # Each that differs is kept as long as the listing is.
    with pytest.raises(TarError):
        read_all(extended(record(key, b"n" * FILLING)) + block() + END)
    (read,) = read_all(extended(record(key, b"n" * 255)) + block() + END)
    assert b"n" * 255 in (read.header.attributes.owner.user, read.header.attributes.owner.group)


@examples(300)
@given(st.binary(max_size=2000))
def test_noise(noise):
    try_to_read(noise)
    try_to_read(MARKER + noise)


@examples(300)
@given(
    st.lists(entries(), max_size=3),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=6),
    st.booleans(),
)
def test_mutated_tars(members, changes, repair):
    tar = bytearray(MARKER + b"".join(encode_entry(*member) for member in members) + END)
    for place, value in changes:
        tar[place % len(tar)] = value
    if repair:
        repair_checksums(tar)
    try_to_read(bytes(tar))


def repair_checksums(tar: bytearray) -> None:
    """As someone would who means it."""
    for at in range(0, len(tar) - BLOCK + 1, BLOCK):
        if tar[at + 257 : at + 262] == b"ustar":
            tar[at + 148 : at + 156] = b" " * 8
            tar[at + 148 : at + 156] = b"%06o\0 " % sum(tar[at : at + BLOCK])


def test_blocks_of_random_fields():
    source = random.Random(1)
    for _ in range(500):
        fields = {
            name: source.randbytes(source.randrange(1, width + 1))
            for name, width in [("size", 12), ("mtime", 12), ("uid", 8), ("name", 100)]
        }
        try_to_read(block(type=source.randbytes(1), **fields) + END)

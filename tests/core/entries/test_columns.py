"""Columns as bytes: round trips, and bytes that are no columns."""

import struct
import threading
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack import jobs
from zpack.entries import Column, ColumnError, decode_columns, encode_columns

HEAD = struct.Struct("<QII")
DESCRIPTOR = struct.Struct("<16sc7sQQ")
WIDTHS = {"B": 1, "H": 2, "I": 4, "Q": 8, "q": 8}


def plain(stored: "memoryview[int]", length: int) -> "memoryview[int]":
    assert length <= 2 << 30
    return stored


def descriptor(
    name: bytes = b"x", kind: bytes = b"B", reserved: bytes = bytes(7), items=0, length=0
):
    return DESCRIPTOR.pack(name, kind, reserved, items, length)


def body(*descriptors: bytes, data: bytes = b"", rows: int = 1, count=None, reserved=0) -> bytes:
    count = len(descriptors) if count is None else count
    return HEAD.pack(rows, count, reserved) + b"".join(descriptors) + data


@st.composite
def columns(draw) -> list[Column]:
    names = draw(st.lists(st.text("abc_1", min_size=1, max_size=16), unique=True, max_size=6))
    made = []
    for name in names:
        kind = draw(st.sampled_from(sorted(WIDTHS)))
        low = -(1 << 63) if kind == "q" else 0
        high = (1 << (63 if kind == "q" else 8 * WIDTHS[kind])) - 1
        values = draw(st.lists(st.integers(low, high), max_size=8))
        made.append(Column(name, kind, array(kind, values)))
    return made


@examples(200)
@given(columns(), st.integers(1, 0xFFFFFFFE))
def test_round_trip(made, rows):
    data = encode_columns(rows, made, bytes)
    found_rows, found = decode_columns(data, plain)
    assert found_rows == rows
    assert list(found) == [column.name for column in made]
    for column in made:
        assert found[column.name].format == column.type
        assert found[column.name].tolist() == column.data.tolist()


def test_what_is_stored_need_not_be_what_is_meant():
    made = [Column("a", "H", array("H", [1, 2])), Column("b", "B", b"xyz")]
    data = encode_columns(3, made, lambda view: bytes(view)[::-1] + b"!")
    _, found = decode_columns(data, lambda stored, length: bytes(stored[:length])[::-1])
    assert (found["a"].tolist(), bytes(found["b"])) == ([1, 2], b"xyz")


HOSTILE = {
    "empty": b"",
    "cut head": body()[:-1],
    "no rows": body(rows=0),
    "too many rows": body(rows=0xFFFFFFFF),
    "reserved in the head": body(reserved=1),
    "too many columns": body(count=257),
    "milliards of columns": body(count=0xFFFFFFFF),
    "cut descriptor": body(descriptor())[:-1],
    "unknown type": body(descriptor(kind=b"L")),
    "type that is no text": body(descriptor(kind=b"\xff")),
    "reserved in a descriptor": body(descriptor(reserved=b"\0\0\0\0\0\0\1")),
    "items beyond all limits": body(descriptor(kind=b"Q", items=1 << 61)),
    "sum of items beyond the limit": body(
        *(descriptor(b"c%d" % n, b"Q", items=1 << 27) for n in range(3))
    ),
    "longer than the body": body(descriptor(items=5, length=5), data=b"1234"),
    "shorter than the body": body(descriptor(items=3, length=3), data=b"1234"),
    "lengths that wrap around": body(
        descriptor(b"a", length=1 << 63), descriptor(b"b", length=1 << 63), data=b""
    ),
    "same name twice": body(descriptor(), descriptor()),
    "no name": body(descriptor(b"")),
    "NUL in a name": body(descriptor(b"a\0b")),
    "name that is no text": body(descriptor(b"\xff")),
    "other length than items": body(descriptor(items=4, length=3), data=b"123"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_refused(name):
    with pytest.raises(ColumnError):
        decode_columns(HOSTILE[name], plain)


def test_nothing_is_loaded_of_an_index_that_is_too_large():
    loaded = []
    columns = [descriptor(b"c%d" % n, b"Q", items=1 << 27) for n in range(3)]
    with pytest.raises(ColumnError):
        decode_columns(body(*columns), lambda stored, length: loaded.append(length) or b"")
    assert loaded == []


@examples(300)
@given(st.binary(max_size=300))
def test_noise_raises_nothing_else(noise):
    for data in (noise, HEAD.pack(1, 1, 0) + noise, body(descriptor(), data=noise)):
        try:
            decode_columns(data, plain)
        except ColumnError:
            continue


@examples(200)
@given(columns(), st.integers(0, 10_000), st.integers(1, 255))
def test_mutations_raise_nothing_else(made, place, change):
    data = bytearray(encode_columns(1, made, bytes))
    data[place % len(data)] ^= change
    try:
        decode_columns(bytes(data), plain)
    except ColumnError:
        return


class TestLargeIndexes:
    """Their columns are loaded by several threads at once."""

    SIZES = (5 << 20, 3 << 20, 1, 0, 100_000)

    @pytest.fixture
    def body(self, monkeypatch) -> bytes:
        monkeypatch.setattr(jobs, "core_count", lambda: 2)
        made = [Column(f"c{n}", "B", bytes([n]) * size) for n, size in enumerate(self.SIZES)]
        return encode_columns(1, made, bytes)

    def test_two_at_a_time(self, body):
        both = threading.Barrier(2)

        def load(stored: "memoryview[int]", length: int) -> "memoryview[int]":
            if length >= 1 << 20:
                both.wait(30)
            return stored

        _, found = decode_columns(body, load)
        assert list(found) == ["c0", "c1", "c2", "c3", "c4"]
        for number, (column, size) in enumerate(zip(found.values(), self.SIZES, strict=True)):
            assert column.tobytes() == bytes([number]) * size

    @pytest.mark.parametrize("bad", SIZES)
    def test_what_one_of_them_cannot_load(self, body, bad):
        def load(stored: "memoryview[int]", length: int) -> "memoryview[int] | bytes":
            return bytes(length + 1) if length == bad else stored

        with pytest.raises(ColumnError, match="another size"):
            decode_columns(body, load)
        assert not [each for each in threading.enumerate() if each.name == "zpack-crew"]

    def test_small_ones_need_no_thread(self, monkeypatch):
        monkeypatch.setattr(jobs, "core_count", lambda: pytest.fail("asked"))
        decode_columns(encode_columns(1, [Column("a", "B", bytes(1000))], bytes), plain)

"""An index that says other things than the tar: damage, wherever it lies."""

import struct
from array import array
from dataclasses import replace

import pytest

from tests.core.native.parts import (
    SMALL,
    Content,
    Parts,
    check_damaged,
    make_archive,
    put_together,
    take_apart,
    verified,
)
from zpack.entries import NO_FRAME, Column
from zpack.operations import Proof

# Rows of SMALL, in tree order.
A_AGAIN, A_TXT, B_BIN, FOLDER, NONE, TO_B = range(1, 7)


@pytest.fixture
def parts() -> Parts:
    return take_apart(make_archive(SMALL, capacity=4096))


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [
        ("mode", A_TXT, 0o755),
        ("mode", FOLDER, 0o777),
        ("size", A_TXT, 299),
        ("size", A_TXT, 301),
        ("size", NONE, 1),
        ("mtime", A_TXT, 6),
        ("mtime", TO_B, 1),
        ("mtime_ns", A_TXT, 9),
        ("kind", NONE, 6),
        ("kind", A_AGAIN, 2),
        ("kind", TO_B, 1),
    ],
)
def test_an_attribute(parts, tmp_path, column, row, value):
    parts.values(column)[row] = value
    assert check_damaged(parts, tmp_path)


@pytest.mark.parametrize(
    ("old", "new"), [(b"a.txt", b"a.txu"), (b"none", b"nona"), (b"to b", b"to a")]
)
def test_a_name(parts, tmp_path, old, new):
    names = parts.columns["names"]
    parts.columns["names"] = replace(names, data=bytes(names.data).replace(old, new))
    assert check_damaged(parts, tmp_path)


@pytest.mark.parametrize(
    ("old", "new"), [(b"a.txt", b"b.bin"), (b"b.bin", b"/etc/"), (b"b.bin", b"a.txt")]
)
def test_a_link_target(parts, tmp_path, old, new):
    links = parts.columns["links"]
    parts.columns["links"] = replace(links, data=bytes(links.data).replace(old, new))
    assert check_damaged(parts, tmp_path)


@pytest.mark.parametrize("column", ["owner_uid", "owner_gid"])
def test_an_owner(parts, tmp_path, column):
    parts.values(column)[0] = 1000
    assert check_damaged(parts, tmp_path)


@pytest.mark.parametrize("row", [A_TXT, FOLDER, TO_B])
@pytest.mark.parametrize("frame", [1, 2, 50, NO_FRAME])
def test_a_place_in_another_frame(parts, tmp_path, row, frame):
    if parts.values("frame")[row] == frame:
        frame = 0
    parts.values("frame")[row] = frame
    check_damaged(parts, tmp_path)


@pytest.mark.parametrize("row", [A_TXT, B_BIN, NONE, FOLDER, TO_B])
@pytest.mark.parametrize("change", [512, -512, 1, 1 << 20])
def test_a_place_in_the_frame(parts, tmp_path, row, change):
    offsets = parts.values("offset")
    offsets[row] = (offsets[row] + change) % (1 << 32)
    check_damaged(parts, tmp_path)


@pytest.mark.parametrize(("one", "two"), [(A_TXT, B_BIN), (A_TXT, NONE), (TO_B, A_AGAIN)])
def test_two_entries_in_each_others_place(parts, tmp_path, one, two):
    for column in ("frame", "offset"):
        values = parts.values(column)
        values[one], values[two] = values[two], values[one]
    check_damaged(parts, tmp_path)


def test_two_rows_for_one_entry(parts, tmp_path):
    for column in ("frame", "offset"):
        values = parts.values(column)
        values[NONE] = values[A_TXT]
    check_damaged(parts, tmp_path)


@pytest.mark.parametrize("row", [A_AGAIN, A_TXT, B_BIN, FOLDER, NONE, TO_B])
def test_entries_that_the_index_leaves_out(parts, tmp_path, row):
    drop_row(parts, row)
    check_damaged(parts, tmp_path)


def drop_row(parts: Parts, row: int) -> None:
    """Rewrite the columns as if there had never been such a row."""
    ends, names = parts.values("name_end"), bytes(parts.columns["names"].data)
    begin, end = ends[row - 1], ends[row]
    parts.columns["names"] = replace(parts.columns["names"], data=names[:begin] + names[end:])
    for later in range(row, len(ends)):
        ends[later] -= end - begin
    for name, column in parts.columns.items():
        values = parts.values(name)
        if len(values) == parts.rows and column.type and name not in ("names", "links"):
            del values[row]
    drop_link(parts, row)
    parts.digests = parts.digests[: 16 * row] + parts.digests[16 * row + 16 :]
    parts.rows -= 1


def drop_link(parts: Parts, row: int) -> None:
    rows, ends = parts.values("link_row"), parts.values("link_end")
    links = bytes(parts.columns["links"].data)
    targets = {r: links[ends[n - 1] if n else 0 : ends[n]] for n, r in enumerate(rows) if r != row}
    blob = b"".join(targets.values())
    lengths = [len(target) for target in targets.values()]
    moved = [r - (r > row) for r in targets]
    parts.columns["link_row"] = Column("link_row", "I", array("I", moved))
    ends = array("I", (sum(lengths[: n + 1]) for n in range(len(lengths))))
    parts.columns["link_end"] = Column("link_end", "I", ends)
    parts.columns["links"] = Column("links", "B", blob)


def test_a_hard_link_to_nothing(parts, tmp_path):
    kinds = parts.values("kind")
    assert kinds[A_AGAIN] == 1
    lost = take_apart(make_archive(Content({b"x": b"1"}, hard={b"y": b"gone"}), 4096))
    assert [path for path in check_damaged(lost, tmp_path) if path == "y"]


@pytest.mark.parametrize("row", [A_TXT, NONE, FOLDER, TO_B, 0])
def test_another_digest(parts, tmp_path, row):
    digests = bytearray(parts.digests)
    digests[16 * row + 5] ^= 1
    parts.digests = bytes(digests)
    check_damaged(parts, tmp_path)


def test_another_hash_of_a_frame(parts, tmp_path):
    parts.values("frame_xxh3")[1] ^= 1 << 40
    check_damaged(parts, tmp_path)


def test_rows_beyond_memory(parts, tmp_path):
    data = bytearray(put_together(parts))
    at = data.index(b"zpkindex") + 16
    struct.pack_into("<Q", data, at, 0xFFFFFFFE)
    assert verified(tmp_path / "a", bytes(data)).proof is not Proof.PROVEN

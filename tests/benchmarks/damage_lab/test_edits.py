"""Damage as edits: what they do to a file, and what is known to be left of it."""

import random
from pathlib import Path

import pytest

from benchmarks.damage_lab.edits import Edit, Remains, apply, real_edits, settle

DATA = bytes(range(200))


def damaged(edits: list[Edit], folder: Path) -> bytes:
    (folder / "whole").write_bytes(DATA)
    apply(folder / "whole", settle(edits), folder / "damaged")
    return (folder / "damaged").read_bytes()


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], DATA),
        ([Edit(0, 200)], b""),
        ([Edit(200, 200, b"xy")], DATA + b"xy"),
        ([Edit(10, 12, b"xy")], DATA[:10] + b"xy" + DATA[12:]),
        ([Edit(50, 60), Edit(0, 0, b"x")], b"x" + DATA[:50] + DATA[60:]),
        ([Edit(10, 14, b"abcd"), Edit(12, 16, b"efgh")], DATA[:10] + b"abcdgh" + DATA[16:]),
        ([Edit(0, 100), Edit(20, 30, bytes(10))], DATA[100:]),
    ],
)
def test_what_they_make_of_a_file(edits: list[Edit], expected: bytes, tmp_path: Path) -> None:
    assert damaged(edits, tmp_path) == expected


def test_bytes_replaced_by_themselves_are_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "whole"
    path.write_bytes(DATA)
    same = DATA[20:30]
    assert real_edits(path, [Edit(20, 30, same), Edit(40, 41)]) == [Edit(40, 41)]
    changed = same[:3] + b"\xff\xff" + same[5:]
    assert real_edits(path, [Edit(20, 30, changed)]) == [Edit(23, 25, b"\xff\xff")]


def test_what_remains_is_there_and_where_it_is_said_to_be(tmp_path: Path) -> None:
    chance = random.Random(4)
    for _ in range(200):
        edits = []
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(201)
            end = min(200, start + chance.randrange(30))
            size = chance.choice((0, end - start, 7))
            edits.append(Edit(start, end, b"\xff" * size))
        data, remains = damaged(edits, tmp_path), Remains(len(DATA), settle(edits))
        for start in range(0, 200, 3):
            end = min(200, start + chance.randint(1, 20))
            shift = remains.shift(start, end)
            if shift is not None:
                assert data[start + shift : end + shift] == DATA[start:end]
            else:
                assert any(
                    (each.start < end and each.end > start) or start < each.start < end
                    for each in edits
                )


def test_bytes_put_in_part_what_was_together() -> None:
    remains = Remains(100, [Edit(50, 50, b"xx")])
    assert remains.has(0, 50)
    assert remains.shift(50, 100) == 2
    assert not remains.has(49, 51)

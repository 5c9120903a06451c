"""Damage to volumes, and what it is to the archive that lies in them."""

import random
from pathlib import Path

from benchmarks.damage_lab.edits import Edit, apply, settle
from benchmarks.damage_lab.volumes import joined_edits, split_edits, write_volumes
from zpack.filesystem import open_damaged_source

VOLUME = 300
DATA = random.Random(1).randbytes(1000)


def test_an_edit_over_a_border_is_split() -> None:
    edits = [Edit(90, 110, bytes(20)), Edit(150, 150, b"in"), Edit(250, 250, b"end")]
    assert split_edits(edits, [100, 100, 50]) == [
        [Edit(90, 100, bytes(10))],
        [Edit(0, 10, bytes(10)), Edit(50, 50, b"in")],
        [Edit(50, 50, b"end")],
    ]
    assert split_edits([Edit(50, 220)], [100, 100, 50]) == [
        [Edit(50, 100)],
        [Edit(0, 100)],
        [Edit(0, 20)],
    ]


def test_the_archive_is_what_its_reader_sees(tmp_path: Path) -> None:
    whole, chance = tmp_path / "whole", random.Random(2)
    whole.write_bytes(DATA)
    for number in range(100):
        edits = []
        for _ in range(chance.randint(0, 3)):
            start = chance.randrange(1001)
            end = min(1000, start + chance.randrange(400))
            edits.append(Edit(start, end, bytes(chance.choice((0, 5, end - start)))))
        settled, missing = settle(edits), set(chance.sample(range(4), chance.randrange(2)))
        place = tmp_path / str(number)
        place.mkdir()
        written = write_volumes(whole, settled, VOLUME, missing, place / "x")
        joined = joined_edits(settled, len(DATA), VOLUME, missing)
        apply(whole, joined, place / "joined")
        with open_damaged_source(str(written[0])) as source:
            assert source.pread(10_000, 0) == (place / "joined").read_bytes()

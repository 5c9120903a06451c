"""Any number of frames in as many cells as fit, each as bad as the worst of its frames."""

import random

import pytest

from zpack.jobs import PartState
from zpack_gui.models.frame_cells import Cell, FrameCells


@pytest.mark.parametrize(("frames", "most"), [(1, 100), (7, 7), (100, 7), (1000, 333), (5, 0)])
def test_every_frame_is_in_just_one_cell(frames: int, most: int) -> None:
    cells = FrameCells(bytes(frames))
    cells.spread(most)
    assert len(cells) == min(frames, most)
    found = [frame for cell in range(len(cells)) for frame in cells.frames(cell)]
    assert found == (list(range(frames)) if most else [])
    for cell in range(len(cells)):
        assert {cells.cell_of(frame) for frame in cells.frames(cell)} == {cell}


def test_looking_at_what_changed_gives_what_looking_at_all_gives() -> None:
    chance = random.Random(5)
    states = bytearray(5000)
    cells = FrameCells(states)
    cells.spread(170)
    for _ in range(200):
        frames = [chance.randrange(5000) for _ in range(chance.randrange(60))]
        for frame in frames:
            states[frame] = chance.choice((PartState.GOOD,) * 50 + (PartState.DAMAGED,))
        before = bytes(cells.cells)
        changed = cells.look_at(frames)
        assert changed == {n for n, cell in enumerate(before) if cell != cells.cells[n]}
    whole = FrameCells(states)
    whole.spread(170)
    assert cells.cells == whole.cells
    assert set(whole.cells) >= {Cell.PARTLY, Cell.DAMAGED}


def test_a_cell_is_as_bad_as_its_worst_frame() -> None:
    good, damaged, repaired = PartState.GOOD, PartState.DAMAGED, PartState.REPAIRED
    groups = ((0, 0), (0, good), (good, good), (good, repaired), (damaged, good), (damaged, 0))
    cells = FrameCells(bytes(state for group in groups for state in group))
    cells.spread(len(groups))
    assert list(cells.cells) == [
        Cell.WAITING,
        Cell.PARTLY,
        Cell.GOOD,
        Cell.REPAIRED,
        Cell.DAMAGED,
        Cell.DAMAGED,
    ]
    assert [cells.next_damaged(after) for after in (-1, 4, 5)] == [4, 5, 4]


def test_a_million_frames_take_a_byte_each() -> None:
    states = bytearray(1_000_000)
    cells = FrameCells(states)
    cells.spread(2000)
    states[123_456] = PartState.DAMAGED
    assert len(cells.look_at([123_456])) == 1
    assert len(cells.cells) == 2000
    assert cells.states is states

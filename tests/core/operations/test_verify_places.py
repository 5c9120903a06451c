"""Places: which bytes of a file lie in which frames."""

import os
from pathlib import Path

from tests.core.operations.conftest import Maker
from tests.core.operations.test_verify_decoding import BIG, made
from zpack.jobs import Control
from zpack.operations.damage import MOST_STRETCHES
from zpack.operations.opening import open_for
from zpack.operations.verify_places import Places


def test_a_file_is_cut_into_its_frames_without_a_gap(tmp_path: Path) -> None:
    path, _ = made(tmp_path, big=BIG, small=b"s")
    with open_for(str(path), Control()) as archive:
        row = archive.listing.find(b"big")
        order = list(archive.listing.tar_order())
        frames = Places(archive, ()).frames_of(row, order[order.index(row) + 1])
        each = [Places(archive, [frame]).stretches(row, frames)[0] for frame in frames]
    assert each[0].start == 0
    assert each[-1].end == len(BIG)
    assert [one.end for one in each[:-1]] == [one.start for one in each[1:]]


def test_the_last_entry_ends_before_the_archives_end(tmp_path: Path) -> None:
    path, table = made(tmp_path, big=BIG)
    with open_for(str(path), Control()) as archive:
        row = archive.listing.find(b"big")
        assert Places(archive, ()).frames_of(row, None).stop == len(table) - 1


def test_a_file_in_sparse_form_is_told_by_its_own_offsets(tree: Path, make: Maker) -> None:
    start, data = 3 << 30, os.urandom(20 << 20)
    with open(tree / "image", "wb") as file:
        file.write(b"begin")
        file.seek(start)
        file.write(data)
    with open_for(make(tree).target, Control()) as archive:
        row = archive.listing.find(b"tree/image")
        first = archive.listing.frame[row]
        (stretch,) = Places(archive, [first + 1]).stretches(row, range(first, first + 2))
        dsize = archive.frames.dsize[first + 1]
    assert start < stretch.start < stretch.end <= start + len(data)
    assert stretch.end - stretch.start in (dsize, start + len(data) - stretch.start)


def test_many_stretches_are_bounded(tmp_path: Path) -> None:
    path, table = made(tmp_path, big=bytes(range(256)) * 256 * 300)
    with open_for(str(path), Control()) as archive:
        row = archive.listing.find(b"big")
        frames = range(archive.listing.frame[row], len(table) - 1)
        found = Places(archive, list(frames)[::2]).stretches(row, frames)
    assert len(found) == MOST_STRETCHES
    assert found[-1].end == archive.listing.size[row] or found[-1].last_frame >= frames[-2]
    assert found[-1].first_frame < found[-1].last_frame

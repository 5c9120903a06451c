"""Writing files with holes."""

import os
from array import array
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.entries import Holes
from zpack.filesystem import Patience, SparseOutput

SIZE = 200


def write(path: Path, holes: Holes, pieces: list[tuple[int, bytes]], size: int) -> bytes:
    with open(path, "wb") as file:
        output = SparseOutput(file.fileno(), holes, Patience())
        for offset, piece in pieces:
            output.write(offset, memoryview(piece))
        output.finish(size)
    return path.read_bytes()


@examples(200)
@given(
    content=st.lists(st.sampled_from([0, 0, 0, 7]), min_size=SIZE, max_size=SIZE).map(bytes),
    edges=st.sets(st.integers(0, SIZE), max_size=10),
    step=st.integers(1, SIZE),
)
def test_the_content_is_whole_whatever_the_map_says(tmp_path_factory, content, edges, step):
    numbers = sorted(edges)
    data = [(a, b - a) for a, b in zip(numbers[::2], numbers[1::2], strict=False)]
    holes = Holes.between(data, SIZE, packed=False)
    pieces = [(at, content[at : at + step]) for at in range(0, SIZE, step)]
    path = tmp_path_factory.getbasetemp() / "sparse"
    assert write(path, holes, pieces, SIZE) == content


def test_holes_are_holes(tmp_path):
    mib = 1 << 20
    holes = Holes(array("Q", [mib, 3 * mib]), array("Q", [mib, 2 * mib]))
    pieces = [
        (at, bytes(mib) if at in (mib, 3 * mib) else b"x" * mib) for at in range(0, 4 * mib, mib)
    ]
    content = write(tmp_path / "f", holes, pieces, 5 * mib)
    assert content == b"x" * mib + bytes(mib) + b"x" * mib + bytes(2 * mib)
    assert (tmp_path / "f").stat().st_blocks * 512 <= 2 * mib + 65536


def test_what_is_left_out_need_not_be_written(tmp_path):
    holes = Holes(array("Q", [0]), array("Q", [1 << 40]), packed=True)
    with open(tmp_path / "f", "wb") as file:
        output = SparseOutput(file.fileno(), holes, Patience())
        output.write(1 << 40, memoryview(b"end"))
        output.finish((1 << 40) + 3)
    assert os.stat(tmp_path / "f").st_size == (1 << 40) + 3

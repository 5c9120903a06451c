"""The stream of an archive to be is that of the archive that comes."""

import os
import random
from pathlib import Path

import pytest

from zpack.filesystem import archive_order, scan_sources
from zpack.jobs import Cancelled, Control
from zpack.operations import CreateRequest, create, decompress_chunks
from zpack.operations.estimate_stream import MemberStream, Stretch


def read(stream: MemberStream, position: int, length: int = 8 << 20) -> Stretch:
    return stream.read(position, memoryview(bytearray(length)))


def stream_of(root: Path, *, by_type: bool, check: object = None) -> MemberStream:
    tree = scan_sources((str(root),), lambda: None, lambda rows, size: None)
    order = archive_order(tree, by_type=by_type)
    return MemberStream(tree, order.files, check or (lambda: None))  # type: ignore[arg-type]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root, chance = tmp_path / "root", random.Random(3)
    (root / "sub").mkdir(parents=True)
    for number in range(30):
        (root / f"{number}.txt").write_bytes(chance.randbytes(chance.randrange(9000)))
        (root / "sub" / f"{number}.c").write_bytes(chance.randbytes(chance.randrange(9000)))
    (root / "large").write_bytes(chance.randbytes(3_000_000))
    return root


@pytest.mark.parametrize(("preset", "by_type"), [("fastest", False), ("balanced", True)])
def test_as_the_writer_makes_it(root: Path, tmp_path: Path, preset: str, by_type: bool) -> None:
    target = tmp_path / "made"
    create(CreateRequest(str(target), (str(root),), preset=preset), Control())
    with target.open("rb") as file:
        tar = b"".join(decompress_chunks(file))
    stream = stream_of(root, by_type=by_type)
    whole = bytes(read(stream, 0).content)
    assert whole in tar
    assert len(whole) == stream.size


def test_from_within_a_large_file(root: Path) -> None:
    stream = stream_of(root, by_type=True)
    large = (root / "large").read_bytes()
    stretch = read(stream, 1_000_000, 100_000)
    assert bytes(stretch.content) in large
    assert (len(stretch.content), stretch.files) == (100_000, 1)


def test_small_files_are_taken_from_their_beginning(root: Path) -> None:
    stretch = read(stream_of(root, by_type=True), 3_100_000, 20_000)
    assert b"ustar" in bytes(stretch.content[:1536])
    assert stretch.files >= 2


def test_what_is_gone_is_passed_over(root: Path) -> None:
    stream = stream_of(root, by_type=False)
    for number in range(30):
        os.unlink(root / f"{number}.txt")
    assert read(stream, 0).files == 31


def test_a_checkpoint_is_never_far(root: Path) -> None:
    looks: list[int] = []
    stream = stream_of(root, by_type=True, check=lambda: looks.append(1))
    read(stream, 0)
    assert len(looks) >= 61 + 3

    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(stream_of(root, by_type=True, check=cancel), 0, 1)

"""The same input gives the same bytes, whatever the number of threads and the order of sources."""

import os
import random
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.end_to_end.frames import read_frames
from tests.end_to_end.people import give_away
from tests.end_to_end.programs import zpack
from tests.end_to_end.real_tree import grow_oddities

_MIB = 1 << 20
_PRESETS = ("fast", "balanced", "best")


@pytest.fixture(scope="module")
def sources(shared_place: Path) -> Path:
    """Three folders and a file, enough for several frames of each preset."""
    root = shared_place / "sources"
    root.mkdir()
    grow_oddities(root / "oddities")
    chance = random.Random(3)
    for folder in ("first", "second"):
        (root / folder).mkdir()
        for number in range(40):
            content = chance.randbytes(50_000) + b"%d\n" % number * 50_000
            (root / folder / f"{number}.{chance.choice(('txt', 'py', 'bin'))}").write_bytes(content)
    (root / "large").write_bytes(chance.randbytes(_MIB) * 66)  # quick to code at any level
    give_away(root)
    return root


def digest(place: Path, *options: str | Path) -> str:
    archive = place / f"{len(os.listdir(place))}.tar.zst"
    zpack("create", archive, *options)
    assert len(read_frames(archive).in_file) > 4
    return sha256(archive.read_bytes()).hexdigest()


@pytest.mark.parametrize("preset", _PRESETS)
def test_for_any_number_of_threads(preset: str, place: Path, sources: Path) -> None:
    found = {
        digest(place, sources, "--preset", preset, "--threads", threads)
        for threads in ("1", "2", "5")
    }
    assert len(found) == 1


def _backwards(paths: list[Path]) -> list[Path]:
    return sorted(paths, reverse=True)


def _rotated(paths: list[Path]) -> list[Path]:
    return [*paths[2:], *paths[:2]]


@pytest.mark.parametrize("preset", _PRESETS[:2])
@pytest.mark.parametrize("order", [_backwards, _rotated])
def test_for_any_order_of_sources(
    order: Callable[[list[Path]], list[Path]], preset: str, place: Path, sources: Path
) -> None:
    paths = sorted(sources.iterdir())
    assert order(paths) != paths
    one = digest(place, *paths, "--preset", preset)
    assert one == digest(place, *order(paths), "--preset", preset)


def test_after_a_round_trip(place: Path, sources: Path) -> None:
    """What was extracted is the same input: whatever its order on disk."""
    zpack("create", place / "once.tar.zst", sources)
    zpack("extract", place / "once.tar.zst", "-C", place / "out")
    zpack("create", place / "twice.tar.zst", place / "out" / "sources")
    assert (place / "twice.tar.zst").read_bytes() == (place / "once.tar.zst").read_bytes()


def test_another_level_gives_other_bytes(place: Path, sources: Path) -> None:
    """That these tests could tell."""
    assert digest(place, sources) != digest(place, sources, "--level", "5")

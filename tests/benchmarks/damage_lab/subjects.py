"""Small archives for the laboratory."""

import random
from pathlib import Path

import pytest

from benchmarks.damage_lab import trees
from benchmarks.damage_lab.subjects import (
    Recipe,
    Size,
    Subject,
    digests_in_archive,
    make_subject,
)
from tests.core.operations.repairs import TINY
from zpack.operations import presets

FRAMES = Size("frames", 600_000, trees.grow_mixed)
EMPTY = Size("empty", 0, trees.grow_empty)
NOTHING = Size("nothing", 0, trees.grow_nothing)


def subject(
    folder: Path, preset: str, recovery: int, volume: int = 0, size: Size = FRAMES
) -> Subject:
    """An archive of several frames, by a preset of the tests."""
    root = folder / "tree"
    size.grow(root, size.archive, random.Random(size.name))
    trees.settle_times(root)
    recipe = Recipe(size, preset, recovery, volume)
    ending = ".tar.lz4" if "lz4" in preset else ".tar.zst"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presets, "PRESETS", (*presets.PRESETS, *TINY))
        return make_subject(recipe, folder / f"whole{ending}", root, digests_in_archive(root))

"""The archives that are damaged: of every size, in both formats, with recovery records and without,
in one file and in volumes."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import zpack
from benchmarks.damage_lab import trees
from benchmarks.damage_lab.anatomy import Anatomy, read_anatomy
from benchmarks.damage_lab.record_map import RecordMap, read_record

_KB, _MB, _GB = 1000, 1_000_000, 1_000_000_000
_SEED = 20261125
RECORDS: tuple[int, ...] = (0, 1, 5, 10, 50)


@dataclass(frozen=True, slots=True)
class Size:
    """``archive``: about how many bytes an archive of it has."""

    name: str
    archive: int
    grow: Callable[[Path, int, random.Random], None]


SIZES = (
    Size("nothing", 0, trees.grow_nothing),
    Size("empty", 0, trees.grow_empty),
    Size("tiny", 0, trees.grow_tiny),
    Size("50kB", 50 * _KB, trees.grow_mixed),
    Size("1MB", _MB, trees.grow_mixed),
    Size("20MB", 20 * _MB, trees.grow_mixed),
    Size("100MB", 100 * _MB, trees.grow_mixed),
    Size("1GB", _GB, trees.grow_mixed),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an archive is made. ``volume``: the size of volumes, 0 for one file."""

    size: Size
    preset: str
    recovery: int
    volume: int = 0

    @property
    def name(self) -> str:
        """By which it is found again."""
        volumes = "-volumes" if self.volume else ""
        return f"{self.size.name}-{self.preset}-{self.recovery}%{volumes}"

    @property
    def ending(self) -> str:
        """That of the archive's name."""
        return ".tar.lz4" if self.preset == "fastest" else ".tar.zst"


def recipes() -> list[Recipe]:
    """All that are tried: of the larger sizes not every combination."""
    made = []
    for size in SIZES:
        presets = ("fastest", "balanced") if size.archive < _MB else _PRESETS[size.name]
        records = (0, 5) if size.archive >= _GB else RECORDS
        made += [Recipe(size, preset, percent) for preset in presets for percent in records]
        if size.archive >= _MB:
            made.append(Recipe(size, presets[-1], 10, volume=size.archive // 7))
    return made


_PRESETS = {
    "1MB": ("fastest", "fast", "balanced", "best"),
    "20MB": ("fastest", "fast", "balanced"),
    "100MB": ("fastest", "fast", "balanced"),
    "1GB": ("fastest", "fast"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """An archive that was made, whole. ``digests`` of the files in it, by their paths in it;
    ``own`` is the archive's."""

    recipe: Recipe
    path: Path
    anatomy: Anatomy
    record: RecordMap | None
    digests: trees.Digests
    own: bytes


class Workshop:
    """Makes subjects in ``folder``. Of each size the tree is made once, and kept while subjects of
    that size are asked for; so is the last subject."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tree: tuple[str, Path, trees.Digests] | None = None
        self._last: Subject | None = None

    def make(self, recipe: Recipe) -> Subject:
        """The same archive each time, byte for byte."""
        if self._last is None or self._last.recipe != recipe:
            if self._last is not None:
                self._last.path.unlink()
            root, digests = self._grow(recipe.size)
            path = self._folder / f"whole{recipe.ending}"
            self._last = make_subject(recipe, path, root, digests)
        return self._last

    def _grow(self, size: Size) -> tuple[Path, trees.Digests]:
        if self._tree is None or self._tree[0] != size.name:
            if self._tree is not None:
                shutil.rmtree(self._tree[1])
            root = self._folder / "tree"
            size.grow(root, size.archive, random.Random(f"{_SEED} {size.name}"))
            trees.settle_times(root)
            self._tree = (size.name, root, digests_in_archive(root))
        return self._tree[1:]


def digests_in_archive(root: Path) -> trees.Digests:
    """Of the files of a tree, by the paths that they have in an archive of it."""
    return {f"{root.name}/{path}": one for path, one in trees.digests_below(root).items()}


def make_subject(recipe: Recipe, path: Path, root: Path, digests: trees.Digests) -> Subject:
    """An archive of a tree, at ``path``: in one file, also if it is to be damaged in volumes."""
    wishes = zpack.CreateRequest(
        str(path), (str(root),), recipe.preset, owners=False, recovery=recipe.recovery or None
    )
    zpack.create(wishes, zpack.Control(attended=False))
    anatomy = read_anatomy(path)
    return Subject(recipe, path, anatomy, read_record(path, anatomy), digests, trees.digest(path))

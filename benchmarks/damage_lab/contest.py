"""The same damage done to archives by several programs: what each gets back."""

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.damage_lab import trees
from benchmarks.damage_lab.contestants import CONTESTANTS, Contestant
from benchmarks.damage_lab.edits import Edit, apply, settle
from benchmarks.damage_lab.volumes import split_edits

_KIB = 1024
_SECTOR = 4 * _KIB

Blow = Callable[[int, random.Random], list[Edit]]


def _flips(rate: float) -> Blow:
    """So many bits, spread at random: as many in each archive, for its size."""

    def blow(size: int, chance: random.Random) -> list[Edit]:
        count = int(8 * size * rate + chance.random())
        places = (int(chance.random() * size) for _ in range(count))
        return [Edit(at, at + 1, chance.randbytes(1)) for at in places]

    return blow


def _sectors(count: int) -> Blow:
    def blow(size: int, chance: random.Random) -> list[Edit]:
        places = (int(chance.random() * (size // _SECTOR)) * _SECTOR for _ in range(count))
        return [_zeroed(at, min(at + _SECTOR, size)) for at in places]

    return blow


def _burst(share: float) -> Blow:
    def blow(size: int, chance: random.Random) -> list[Edit]:
        length = int(size * share)
        at = int(chance.random() * (size - length))
        return [Edit(at, at + length, chance.randbytes(length))]

    return blow


def _zeroed(start: int, end: int) -> Edit:
    return Edit(start, end, bytes(end - start))


def _one_byte(size: int, chance: random.Random) -> list[Edit]:
    at = int(chance.random() * size)
    return [Edit(at, at + 1, bytes([chance.randrange(256)]))]


def _put_in(size: int, chance: random.Random) -> list[Edit]:
    at = int(chance.random() * size)
    return [Edit(at, at, b"\0")]


def _taken_out(size: int, chance: random.Random) -> list[Edit]:
    at = int(chance.random() * (size - _SECTOR))
    return [Edit(at, at + _SECTOR)]


def _cut_tail(share: float) -> Blow:
    return lambda size, _: [Edit(size - int(size * share), size)]


def _cut_head(share: float) -> Blow:
    return lambda size, _: [Edit(0, int(size * share))]


BLOWS: dict[str, Blow] = {
    "one byte changed": _one_byte,
    "one bit in ten million flipped": _flips(1e-7),
    "one bit in a million flipped": _flips(1e-6),
    "one sector of 4 KiB zeroed": _sectors(1),
    "ten sectors of 4 KiB zeroed": _sectors(10),
    "1 % in a row overwritten": _burst(0.01),
    "4 % in a row overwritten": _burst(0.04),
    "15 % in a row overwritten": _burst(0.15),
    "the first 4 KiB zeroed": lambda _size, _: [_zeroed(0, _SECTOR)],
    "the last 4 KiB zeroed": lambda size, _: [_zeroed(size - _SECTOR, size)],
    "4 % cut off at the end": _cut_tail(0.04),
    "30 % cut off at the end": _cut_tail(0.3),
    "4 % cut off at the beginning": _cut_head(0.04),
    "one byte put in": _put_in,
    "4 KiB taken out": _taken_out,
}


def grow_documents(root: Path, size: int, chance: random.Random) -> None:
    """Files as people have them: of 1 kB to 250 kB, half of them texts, the others compressed
    already."""
    left, number = size, 0
    while left > 0:
        length = int(2 ** chance.uniform(10, 18))
        folder = root / f"folder {number % 20}"
        folder.mkdir(parents=True, exist_ok=True)
        make = (trees.text, trees.noise)[number % 2]
        (folder / f"{make.__name__} {number}").write_bytes(make(chance, length))
        left, number = left - length, number + 1


@dataclass
class Score:
    """Of one program and one kind of damage: shares of files, and of their bytes, that were whole
    in each round."""

    files: list[float] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)

    def show(self) -> str:
        """Means in percent, files before bytes."""
        means = [100 * sum(each) / len(each) for each in (self.files, self.bytes)]
        return " / ".join(_percent(mean) for mean in means)


def _percent(value: float) -> str:
    """Never 100 or 0 unless it is all or nothing."""
    if value in (0, 100):
        return f"{value:.0f}"
    return f"{min(99.9, max(0.1, value)):.1f}"


Scores = dict[str, dict[str, Score]]


class Contest:
    """``scores[blow][contestant]``. ``sizes`` of the archives in bytes, with what belongs to
    them."""

    def __init__(self, tree: Path, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._digests = trees.digests_below(tree.parent)
        self._lengths = {path: (tree.parent / path).stat().st_size for path in self._digests}
        self.contestants = [each for each in CONTESTANTS if each.is_here]
        self._packed = {each.name: self._pack(each, tree) for each in self.contestants}
        self.scores: Scores = {
            blow: {each.name: Score() for each in self.contestants} for blow in BLOWS
        }

    @property
    def sizes(self) -> dict[str, int]:
        """Of each contestant's files together."""
        return {name: sum(map(_size, files)) for name, files in self._packed.items()}

    def _pack(self, contestant: Contestant, tree: Path) -> list[Path]:
        place = self._folder / f"packed by {contestant.name.replace('/', '-')}"
        place.mkdir()
        return contestant.pack(tree, place)

    def run(self, rounds: int) -> None:
        """So many of each kind of damage."""
        for blow in BLOWS:
            for number in range(rounds):
                for contestant in self.contestants:
                    self._strike(blow, number, contestant)

    def _strike(self, blow: str, number: int, contestant: Contestant) -> None:
        chance = random.Random(f"{self._seed}/{blow}/{number}")
        place = self._folder / "struck"
        (place / "out").mkdir(parents=True)
        damaged = damage(self._packed[contestant.name], BLOWS[blow], chance, place)
        contestant.recover(damaged, place / "out")
        whole = self._whole(place / "out")
        score = self.scores[blow][contestant.name]
        score.files.append(len(whole) / len(self._lengths))
        score.bytes.append(sum(self._lengths[path] for path in whole) / sum(self._lengths.values()))
        shutil.rmtree(place)

    def _whole(self, out: Path) -> set[str]:
        """Paths whose content is as it was in any of the folders in ``out``."""
        whole: set[str] = set()
        for folder in filter(Path.is_dir, out.iterdir()):
            found = trees.digests_below(folder)
            whole |= {path for path, one in found.items() if self._digests.get(path) == one}
        return whole


def damage(files: Sequence[Path], blow: Blow, chance: random.Random, place: Path) -> list[Path]:
    """Files that lie one behind the other on a disk, damaged together; the copies in ``place``."""
    sizes = list(map(_size, files))
    own = split_edits(settle(blow(sum(sizes), chance)), sizes)
    for file, edits in zip(files, own, strict=True):
        apply(file, edits, place / file.name)
    return [place / file.name for file in files]


def _size(file: Path) -> int:
    return file.stat().st_size

"""The short form of the damage laboratory: a trial of each kind on small archives of every sort.
``ZPACK_DAMAGE_SEED=7`` does others; ``python3 dev.py damage`` does many more, and large ones."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.damage_lab.campaign import keep
from benchmarks.damage_lab.engine import Command, Library, Said, TookTooLong
from benchmarks.damage_lab.subjects import Size, Subject
from benchmarks.damage_lab.trial import COPIES, Case, Outcome, run_trial
from benchmarks.damage_lab.wounds import WOUNDS
from tests.benchmarks.damage_lab.subjects import EMPTY, FRAMES, NOTHING, subject

SEED = int(os.environ.get("ZPACK_DAMAGE_SEED", "1"))
LIMIT = 30.0
SORTS: dict[str, tuple[str, int, int, Size]] = {
    "nothing": ("tiny", 5, 0, NOTHING),
    "empty": ("tiny lz4", 50, 0, EMPTY),
    "bare": ("tiny", 0, 0, FRAMES),
    "bare lz4": ("tiny lz4", 0, 0, FRAMES),
    "five": ("tiny", 5, 0, FRAMES),
    "ten lz4": ("tiny lz4", 10, 0, FRAMES),
    "volumes": ("tiny", 50, 100_000, FRAMES),
}


@pytest.fixture(scope="module", params=SORTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    preset, recovery, volume, size = SORTS[request.param]
    return subject(tmp_path_factory.mktemp("lab"), preset, recovery, volume, size)


@pytest.mark.parametrize("wound", [*WOUNDS, COPIES])
def test_what_is_promised_is_kept(made: Subject, wound: str, tmp_path: Path) -> None:
    case = Case(SEED, made.recipe.name, wound, 0)
    outcome = run_trial(case, made, Library(LIMIT), tmp_path)
    assert outcome.broken == []
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return subject(tmp_path_factory.mktemp("lab"), "tiny", 5)


def tried(made: Subject, wound: str, engine: Library, folder: Path) -> Outcome:
    return run_trial(Case(SEED, made.recipe.name, wound, 1), made, engine, folder)


def test_the_command_answers_as_the_library(five: Subject, tmp_path: Path) -> None:
    for wound in ("bursts", "most-gone"):
        case = Case(SEED, five.recipe.name, wound, 1)
        answers = [
            replace(run_trial(case, five, engine, tmp_path), seconds=0.0)
            for engine in (Library(LIMIT), Command(LIMIT))
        ]
        assert answers[0] == answers[1]
        assert answers[0].broken == []


def test_a_trial_is_the_same_each_time(five: Subject, tmp_path: Path) -> None:
    first, second = (tried(five, "mixed", Library(LIMIT), tmp_path) for _ in range(2))
    assert first.edits == second.edits
    assert Case.parse(str(first.case)) == first.case


class Flatterer(Library):
    """Says that all is well."""

    def verify(self, archive: Path, *, quick: bool) -> Said:
        return Said(0, "intact" if quick else "proven")


class Spoiler(Library):
    """Changes a byte of what it repairs, and of what it is given."""

    def repair(self, copies: list[Path], target: Path, partial: Path | None) -> Said:
        said = super().repair(copies, target, partial)
        for path in (target, copies[0]):
            data = bytearray(path.read_bytes())
            data[100] ^= 1
            path.write_bytes(data)
        return said


class Sluggard(Library):
    """Is never done."""

    def assess(self, copies: list[Path]) -> Said:
        raise TookTooLong


@pytest.mark.parametrize(
    ("engine", "found"),
    [
        (Flatterer(LIMIT), ["verify --quick says intact", "verify says proven"]),
        (Spoiler(LIMIT), ["the archive is another", "all was promised", "file was changed"]),
        (Sluggard(LIMIT), ["longer than 30 s"]),
    ],
)
def test_what_is_not_kept_is_found(
    five: Subject, tmp_path: Path, engine: Library, found: list[str]
) -> None:
    outcome = tried(five, "one-byte", engine, tmp_path)
    for each in found:
        assert any(each in line for line in outcome.broken), outcome.broken
    kept = keep(outcome, tmp_path / "kept").read_text()
    assert Case.parse(kept.partition("\n")[0]) == outcome.case
    assert outcome.edits[0][0].describe() in kept


def test_time_is_limited(five: Subject, tmp_path: Path) -> None:
    outcome = tried(five, "one-byte", Library(0.0), tmp_path)
    assert outcome.broken == ["an operation took longer than 0 s"]

"""One archive, damaged once, and all that zpack says of it and makes of it, judged."""

import random
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.damage_lab import trees
from benchmarks.damage_lab.edits import Edit, Remains, apply, real_edits
from benchmarks.damage_lab.engine import Engine, Said, TookTooLong
from benchmarks.damage_lab.oracle import Promise, promise
from benchmarks.damage_lab.subjects import Subject
from benchmarks.damage_lab.volumes import joined_edits, write_volumes
from benchmarks.damage_lab.wounds import WOUNDS, Patient

_ALL_THERE = 0
_PARTIAL, _DAMAGED = 3, 4
COPIES = "copies"  # instead of a wound: two copies, damaged apart


@dataclass(frozen=True, slots=True)
class Case:
    """Names a trial, so that it can be done again."""

    seed: int
    recipe: str
    wound: str
    number: int

    def __str__(self) -> str:
        return f"{self.seed}/{self.recipe}/{self.wound}/{self.number}"

    @classmethod
    def parse(cls, text: str) -> "Case":
        """Of what ``str`` gives. Raises :class:`ValueError`."""
        seed, recipe, wound, number = text.split("/")
        return cls(int(seed), recipe, wound, int(number))

    def chance(self) -> random.Random:
        """The same numbers each time."""
        return random.Random(str(self))


@dataclass
class Outcome:
    """What became of a trial. ``broken``: promises that were not kept, in words."""

    case: Case
    promised: bool = False
    restored: bool = False
    files: int = 0
    whole: int = 0
    seconds: float = 0.0
    edits: list[list[Edit]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A damaged copy: one file, or volumes. Damage to it is told as edits of the archive."""

    files: list[Path]
    edits: list[Edit]


def run_trial(case: Case, subject: Subject, engine: Engine, folder: Path) -> Outcome:
    """Do it, in a folder that is empty again afterwards."""
    outcome = Outcome(case, files=len(subject.digests))
    started = time.monotonic()
    try:
        _Trial(case, subject, engine, folder, outcome).run()
    except TookTooLong:
        outcome.broken.append(f"an operation took longer than {engine.limit:.0f} s")
    except Exception as error:  # whatever comes out of the engine that is no answer is a finding
        outcome.broken.append(f"{type(error).__name__}: {error}")
    outcome.seconds = time.monotonic() - started
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    return outcome


class _Trial:
    def __init__(
        self, case: Case, subject: Subject, engine: Engine, folder: Path, outcome: Outcome
    ) -> None:
        self._case, self._subject, self._engine = case, subject, engine
        self._folder, self._outcome = folder, outcome
        self._chance = case.chance()
        self._broken = outcome.broken

    def run(self) -> None:
        """Damage, then ask everything."""
        outcome, anatomy = self._outcome, self._subject.anatomy
        copies = [self._damage(number, wound) for number, wound in enumerate(self._wounds())]
        remains = [Remains(anatomy.size, copy.edits) for copy in copies]
        promised = promise(anatomy, self._subject.record, remains)
        outcome.promised = promised.everything
        outcome.edits = [copy.edits for copy in copies]
        before = {path: trees.digest(path) for copy in copies for path in copy.files}
        self._look(copies[0].files[0], damaged=bool(copies[0].edits))
        self._repair([copy.files[0] for copy in copies], promised)
        if before != {path: trees.digest(path) for path in before}:
            self._broken.append("a damaged file was changed")

    def _wounds(self) -> list[str]:
        if self._case.wound != COPIES:
            return [self._case.wound]
        return self._chance.choices([name for name in WOUNDS if name != "nothing"], k=2)

    def _damage(self, number: int, wound: str) -> "_Copy":
        subject, volume = self._subject, self._subject.recipe.volume
        with subject.path.open("rb") as file:

            def read(length: int, offset: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            patient = Patient(subject.anatomy, subject.record, read)
            edits = real_edits(subject.path, WOUNDS[wound](patient, self._chance))
        path = self._folder / f"damaged {number}{subject.recipe.ending}"
        if not volume:
            apply(subject.path, edits, path)
            return _Copy([path], edits)
        missing = self._missing(subject.anatomy.size // volume) if wound != "nothing" else set()
        files = write_volumes(subject.path, edits, volume, missing, path)
        return _Copy(files, joined_edits(edits, subject.anatomy.size, volume, missing))

    def _missing(self, volumes: int) -> set[int]:
        """Of volumes, in a third of all trials one."""
        return {self._chance.randrange(volumes)} if self._chance.random() < 1 / 3 else set()

    def _look(self, damaged_file: Path, *, damaged: bool) -> None:
        for quick in (True, False):
            said = self._engine.verify(damaged_file, quick=quick)
            way = "verify --quick" if quick else "verify"
            if damaged and (said.exit_code == _ALL_THERE or said.proof in ("proven", "intact")):
                self._broken.append(f"{way} says {said.proof} of damaged bytes")
            wanted = "intact" if quick else "proven"
            if not damaged and (said.exit_code, said.proof) != (_ALL_THERE, wanted):
                self._broken.append(f"{way} says {said.proof or said.error} of a whole archive")
            if said.exit_code not in (0, 1, 3, 4):
                self._broken.append(f"{way} ends with {said.exit_code}")
        out = self._folder / "extracted"
        said = self._engine.extract(damaged_file, out)
        self._check_files("extract", out, said.named)
        if said.exit_code == _ALL_THERE:
            self._check_all("extract", out)

    def _repair(self, copies: list[Path], promised: Promise) -> None:
        target = self._folder / f"fixed{self._subject.recipe.ending}"
        partial = self._folder / f"partial{self._subject.recipe.ending}"
        told = self._engine.assess(copies)
        aside = partial if self._chance.random() < 0.3 else None
        said = self._engine.repair(copies, target, aside)
        self._compare(told, said)
        if said.error:
            if promised.everything or promised.files:
                self._broken.append(f"repair brings nothing back ({said.error}), and promises to")
            if target.exists() or said.exit_code == _ALL_THERE:
                self._broken.append("repair fails, and leaves a file or says that all is well")
            return
        self._judge(said, target, promised)

    def _compare(self, told: Said, done: Said) -> None:
        if not done.error and (told.remedy, told.named, told.files) != (
            done.remedy, done.named, done.files,
        ):  # fmt: skip
            self._broken.append(f"--dry-run told {told.remedy}, and repair did {done.remedy}")

    def _judge(self, said: Said, target: Path, promised: Promise) -> None:
        outcome = self._outcome
        outcome.restored = trees.digest(target) == self._subject.own
        if said.remedy in ("restored", "none needed") and not outcome.restored:
            self._broken.append(f"repair says {said.remedy}, and the archive is another")
        if promised.everything and not (outcome.restored and said.exit_code == _ALL_THERE):
            self._broken.append(f"all was promised: {said.remedy}, {said.proof}, {said.exit_code}")
        if outcome.restored:
            outcome.whole = outcome.files
            return
        self._judge_files(said, target, promised)

    def _judge_files(self, said: Said, target: Path, promised: Promise) -> None:
        out = self._folder / "repaired"
        proof = self._engine.verify(target, quick=False)
        if proof.proof != said.proof:
            self._broken.append(f"repair says {said.proof}, and verify {proof.proof}")
        self._engine.extract(target, out)
        whole = self._check_files("repair", out, said.doubtful)
        self._outcome.whole = len(whole)
        if missing := promised.files - whole:
            self._broken.append(f"{len(missing)} files were promised, as {min(missing)!r}")
        if said.exit_code == _ALL_THERE:
            self._check_all("repair", out)
        if said.frames:
            unnamed = set(self._subject.digests) - whole - said.named
            if unnamed:
                self._broken.append(f"{min(unnamed)!r} is lost, and not named")

    def _check_files(self, who: str, out: Path, named: frozenset[str]) -> set[str]:
        """What is there and not named is as it was; returns what is whole."""
        whole = set()
        for path, found in trees.digests_below(out).items() if out.exists() else ():
            if found == self._subject.digests.get(path):
                whole.add(path)
            elif path not in named:
                self._broken.append(f"{who} calls {path!r} good, and it is not")
        return whole

    def _check_all(self, who: str, out: Path) -> None:
        if trees.digests_below(out) != self._subject.digests:
            self._broken.append(f"{who} says that all is well, and it is not")

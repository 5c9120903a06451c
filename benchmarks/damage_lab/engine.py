"""zpack as it is asked about damaged archives: as a library, or as the command."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any, Protocol, TypeVar

import zpack

_Report = TypeVar("_Report")


@dataclass(frozen=True, slots=True)
class Said:
    """What came of an operation. ``exit_code`` is the command's. ``named``: files that it calls
    damaged or lost; ``doubtful``: those that nothing vouches for. ``files``: how many are good or
    come back; ``frames``: how many an index told of. ``error``: the code of what was raised."""

    exit_code: int
    proof: str = ""
    remedy: str = ""
    files: int = 0
    frames: int = 0
    named: frozenset[str] = field(default_factory=frozenset)
    doubtful: frozenset[str] = field(default_factory=frozenset)
    error: str = ""


class TookTooLong(Exception):
    """An operation was not done when its time was up."""


class Engine(Protocol):
    """``limit``, in seconds, is what each operation may take; past it :class:`TookTooLong`."""

    limit: float

    def verify(self, archive: Path, *, quick: bool) -> Said:
        """Without an error: ``proof``."""

    def extract(self, archive: Path, folder: Path) -> Said:
        """Everything, to a new folder."""

    def assess(self, copies: list[Path]) -> Said:
        """What repairing would do."""

    def repair(self, copies: list[Path], target: Path, partial: Path | None) -> Said:
        """Into ``target``; what is left of lost files into ``partial``."""


@dataclass
class Library:
    """In this process."""

    limit: float

    def verify(self, archive: Path, *, quick: bool) -> Said:
        depth = zpack.Depth.QUICK if quick else zpack.Depth.FULL
        request = zpack.VerifyRequest(str(archive), depth=depth)

        def say(report: zpack.VerifyReport) -> Said:
            named = frozenset(entry.path for entry in report.entries)
            return Said(int(report.exit_code), report.proof.value, files=report.good, named=named)

        return self._ask(lambda control: zpack.verify(request, control), say)

    def extract(self, archive: Path, folder: Path) -> Said:
        request = zpack.ExtractRequest(str(archive), str(folder))

        def say(report: zpack.ExtractReport) -> Said:
            named = frozenset(each.path for each in report.problems)
            return Said(int(report.exit_code), files=report.files, named=named)

        return self._ask(lambda control: zpack.extract(request, control), say)

    def assess(self, copies: list[Path]) -> Said:
        first, *others = map(str, copies)
        request = zpack.AssessDamageRequest(first, tuple(others))
        return self._ask(lambda control: zpack.assess_damage(request, control), _said_of)

    def repair(self, copies: list[Path], target: Path, partial: Path | None) -> Said:
        first, *others = map(str, copies)
        aside = None if partial is None else str(partial)
        request = zpack.RepairRequest(first, str(target), tuple(others), partial=aside)
        return self._ask(
            lambda control: zpack.repair(request, control), lambda report: _said_of(report.damage)
        )

    def _ask(
        self, operation: Callable[[zpack.Control], _Report], say: Callable[[_Report], Said]
    ) -> Said:
        control = zpack.Control(attended=False)
        with _limited(control, self.limit):
            try:
                return say(operation(control))
            except zpack.RequestRefused as refused:
                return Said(int(refused.exit_code), error=refused.code)
            except zpack.ZpackError as error:
                return Said(int(error.exit_code), error=error.code)


@contextlib.contextmanager
def _limited(control: zpack.Control, limit: float) -> Iterator[None]:
    timer = Timer(limit, control.cancel)
    timer.start()
    try:
        yield
    except zpack.Cancelled:
        raise TookTooLong from None
    finally:
        timer.cancel()
        timer.join()


def _said_of(damage: zpack.DamageReport) -> Said:
    return Said(
        int(damage.exit_code),
        damage.proof.value,
        damage.remedy.value,
        damage.files,
        damage.frames,
        frozenset(each.path for each in damage.lost),
        frozenset(damage.doubtful),
    )


@dataclass
class Command:
    """``zpack``, in a process for each operation."""

    limit: float

    def verify(self, archive: Path, *, quick: bool) -> Said:
        depth = ["--quick"] if quick else []
        code, answer = self._run("verify", archive, *depth)
        named = frozenset(_text(each) for each in answer.get("entries", ()))
        proof, good = answer.get("proof", ""), answer.get("good", 0)
        return Said(code, proof, files=good, named=named, error=_error(answer))

    def extract(self, archive: Path, folder: Path) -> Said:
        code, answer = self._run("extract", archive, "-C", folder)
        named = frozenset(_text(each) for each in answer.get("problems", ()))
        return Said(code, files=answer.get("files", 0), named=named, error=_error(answer))

    def assess(self, copies: list[Path]) -> Said:
        return _said_in(*self._run("repair", "--dry-run", *copies))

    def repair(self, copies: list[Path], target: Path, partial: Path | None) -> Said:
        aside = ["--partial", str(partial)] if partial else []
        code, answer = self._run("repair", *copies, "-o", target, *aside)
        return _said_in(code, {**answer.get("damage", {}), "error": answer.get("error")})

    def _run(self, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
        command = [sys.executable, "-m", "zpack", *arguments, "--json"]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=self.limit)
        except subprocess.TimeoutExpired:
            raise TookTooLong from None
        if b"Traceback" in done.stderr:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return done.returncode, json.loads(done.stdout) if done.stdout else {}


def _said_in(code: int, damage: dict[str, Any]) -> Said:
    return Said(
        code,
        damage.get("proof", ""),
        damage.get("remedy", ""),
        damage.get("files", 0),
        damage.get("frames", 0),
        frozenset(map(_text, damage.get("lost", ()))),
        frozenset(map(_text, damage.get("doubtful", ()))),
        _error(damage),
    )


def _text(named: dict[str, Any]) -> str:
    return os.fsdecode(str(named["path"]).encode("utf-8", "surrogateescape"))


def _error(answer: dict[str, Any]) -> str:
    return str((answer.get("error") or {}).get("code", ""))

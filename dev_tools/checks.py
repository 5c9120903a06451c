"""All the checks, one after the other, and what came of them."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dev_tools import places, say


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    name: str
    exit_code: int
    seconds: float

    def __str__(self) -> str:
        word = "ok" if self.exit_code == 0 else f"FAILED (exit code {self.exit_code})"
        return f"{self.name:<24} {word}  {self.seconds:.1f} s"


def all_checks(pytest_arguments: Sequence[str]) -> list[Check]:
    """The quick ones first: what they find is the cheapest to put right."""
    ruff, python = places.tool("ruff"), places.tool("python")
    return [
        Check("ruff check", [ruff, "check", "."]),
        Check("ruff format --check", [ruff, "format", "--check", "."]),
        Check("mypy", [python, "-m", "mypy"]),
        Check("lint-imports", [places.tool("lint-imports")]),
        Check(
            "pytest",
            [python, "-m", "pytest", *pytest_arguments],
            {"QT_QPA_PLATFORM": "offscreen", **utf8_locale()},
        ),
    ]


def utf8_locale() -> dict[str, str]:
    """Qt warns where the locale is plain C, and warnings fail the tests."""
    plain = sys.platform.startswith("linux") and os.environ.get("LC_ALL") in ("C", "POSIX")
    return {"LC_ALL": "C.UTF-8"} if plain else {}


def run_one(check: Check) -> Outcome:
    say.heading(check.name)
    start = time.monotonic()
    environment = {**os.environ, **check.environment}
    result = subprocess.run(check.command, cwd=places.ROOT, env=environment, check=False)
    outcome = Outcome(check.name, result.returncode, time.monotonic() - start)
    print(f"--- {outcome}", flush=True)
    return outcome


def run_all(checks: Sequence[Check]) -> int:
    """Runs every check, even after one has failed. 0 only if all went well."""
    outcomes = [run_one(check) for check in checks]
    say.heading("summary")
    print("\n".join(str(outcome) for outcome in outcomes), flush=True)
    return int(any(outcome.exit_code for outcome in outcomes))

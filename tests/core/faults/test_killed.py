"""Killed at any moment (SIGKILL): the archive is the old one or the new one, whole, and the next
run clears what was left.

The long form, 200 moments of each verb: python3 dev.py test -m slow -k killed
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.cli.support import environment
from tests.core.faults.jobs import VERBS, Stage, Verb

SEED = int(os.environ.get("ZPACK_FUZZ_SEED", "1"))
KILLER = Path(__file__).with_name("killer.py")


class Killer:
    """Runs verbs in processes of their own, and kills them."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", KILLER, folder],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, verb: Verb, seconds: float = 0) -> int:
        """Run it, and kill it after so many seconds; how it ended, as ``waitpid`` tells."""
        words = [f"{seconds}", *verb.arguments]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\0".join(words).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait(60)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("killed"))


@pytest.fixture
def killer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killer]:
    stage.work.mkdir(exist_ok=True)
    monkeypatch.chdir(stage.root)
    made = Killer(stage.work)
    yield made
    made.close()


def kill_at_moments(stage: Stage, killer: Killer, verb: Verb, count: int) -> int:
    """Kill it so often, at moments spread over the time that it takes; how often that met it."""
    monkey = random.Random(f"{SEED} {verb.name}")
    stage.learn(verb, killer.run)
    times = []
    for _ in range(3):
        stage.renew(verb)
        start = time.monotonic()
        assert killer.run(verb) == 0
        times.append(time.monotonic() - start)
    met = 0
    for number in range(count):
        stage.renew(verb)
        share = (number + monkey.random()) / count
        status = killer.run(verb, 1.1 * share * statistics.median(times))
        met += status != 0
        stage.check(verb)
        stage.check_cleared(verb, killer.run)
    return met


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_few_moments(stage: Stage, killer: Killer, verb: Verb) -> None:
    assert kill_at_moments(stage, killer, verb, 2) >= 0


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_200_moments(stage: Stage, killer: Killer, verb: Verb) -> None:
    assert kill_at_moments(stage, killer, verb, 200) > 20

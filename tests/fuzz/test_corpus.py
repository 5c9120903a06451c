"""The corpus of the fuzzers and mutations of it, without atheris: no crash, no hang, no more memory
than is given. ``python3 dev.py fuzz`` does it with atheris, for as long as one likes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.corpus import CORPUS, corpus
from tests.fuzz.replay import mutations
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
SEED = os.environ.get("ZPACK_FUZZ_SEED", "0")
WHOLE_FILES = ("archive", "packed_tar", "lying_index", "edits")
REPAIRS = ("repairing", "lying_record", "lost_locator")  # looked at, repaired, verified


@pytest.mark.parametrize("target", TARGETS)
def test_a_target(target: str) -> None:
    count = 40 if target in REPAIRS else 100 if target in WHOLE_FILES else 1000
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.replay", target, SEED, str(count)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'core'}{os.pathsep}{ROOT}"},
        capture_output=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr.decode()[-4000:]


def test_every_target_has_a_corpus_and_it_is_small() -> None:
    assert all(corpus(target) for target in TARGETS)
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 1 << 20


def test_a_seed_gives_the_same_mutations() -> None:
    found = corpus("tar")
    once, again, other = (list(mutations(found, seed, 50)) for seed in ("1", "1", "2"))
    assert once == again != other

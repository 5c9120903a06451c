"""Killed at any moment (SIGKILL) while it replaces volumes, or removes originals: nothing is lost.

The long form: python3 dev.py test -m slow -k killed_creating
"""

import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.core.faults.jobs import QUICK, Stage, Verb, names
from tests.core.faults.test_killed import SEED, Killer
from tests.core.native.parts import verified
from tests.core.operations.conftest import snapshot
from zpack.operations import Proof

VOLUMES = ("--volume-size", "64KiB", "--overwrite")
REPLACE = Verb("volumes", ("create", *QUICK, *VOLUMES, "a.tar.zst", "../tree"), over=True)
REMOVE = Verb("remove", ("create", *QUICK, "--delete-originals", "a.tar.zst", "src"), over=False)
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = Stage(tmp_path_factory.mktemp("killed"))
    noise = random.Random(SEED)
    for name in ("tree", "old"):
        (made.root / name / "noise").write_bytes(noise.randbytes(400_000))
    return made


@pytest.fixture
def killer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killer]:
    stage.work.mkdir(exist_ok=True)
    monkeypatch.chdir(stage.root)
    made = Killer(stage.work)
    yield made
    made.close()


def renew(stage: Stage) -> None:
    shutil.rmtree(stage.work, ignore_errors=True)
    stage.work.mkdir()


def kill_at_moments(
    killer: Killer, verb: Verb, count: int, prepare: Callable[[], None], check: Callable[[], None]
) -> None:
    monkey = random.Random(f"{SEED} {verb.name}")
    times = []
    for _ in range(3):
        prepare()
        start = time.monotonic()
        assert killer.run(verb) == 0
        times.append(time.monotonic() - start)
    for number in range(count):
        prepare()
        share = (number + monkey.random()) / count
        killer.run(verb, 1.1 * share * statistics.median(times))
        check()


def volumes(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("a.tar.zst.[0-9]*"))}


def replace_volumes(stage: Stage, killer: Killer, count: int) -> None:
    renew(stage)
    older = Verb("older", ("create", *QUICK, *VOLUMES, "a.tar.zst", "../old"), over=False)
    assert killer.run(older) == 0
    old = volumes(stage.work)
    assert killer.run(REPLACE) == 0
    new = volumes(stage.work)
    assert len(old) > 3
    assert len(new) > 3

    def prepare() -> None:
        renew(stage)
        for name, content in old.items():
            (stage.work / name).write_bytes(content)

    def check() -> None:
        there, aside = volumes(stage.work), stage.work / ".a.tar.zst.zpack-old"
        if not aside.exists():
            assert there in (old, new)
            assert killer.run(REPLACE) == 0
            assert volumes(stage.work) == new
            assert stage.left() == []
            return
        kept = volumes(aside)
        # Of each volume of the old set the one that was put aside, or the one that was not yet.
        assert there == new or {**there, **kept} == old | {
            name: content for name, content in there.items() if name not in old
        }
        assert killer.run(REPLACE) != 0
        assert volumes(aside) == kept

    kill_at_moments(killer, REPLACE, count, prepare, check)


def remove_originals(stage: Stage, killer: Killer, count: int) -> None:
    source, everything = stage.work / "src", snapshot(stage.root / "tree")

    def prepare() -> None:
        renew(stage)
        shutil.copytree(stage.root / "tree", source)

    def check() -> None:
        left = {path.relative_to(source).as_posix() for path in source.rglob("*")}
        if source.exists() and left | {"."} == everything.keys():
            return
        assert verified(stage.target).proof is Proof.PROVEN
        assert len(names(stage.target)) == len(everything)

    kill_at_moments(killer, REMOVE, count, prepare, check)


def test_volumes_at_a_few_moments(stage: Stage, killer: Killer) -> None:
    replace_volumes(stage, killer, 3)


def test_originals_at_a_few_moments(stage: Stage, killer: Killer) -> None:
    remove_originals(stage, killer, 3)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_volumes_at_200_moments(stage: Stage, killer: Killer) -> None:
    replace_volumes(stage, killer, 200)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_originals_at_200_moments(stage: Stage, killer: Killer) -> None:
    remove_originals(stage, killer, 200)

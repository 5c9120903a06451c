"""The power fails: whatever was not synced may be lost, in any part. The archive is the old one or
the new one, whole, at any moment; once the command is done it is the new one."""

import os
from pathlib import Path

import pytest

from tests.core.faults.jobs import REPLACE, VERBS, Stage, Verb
from tests.core.faults.recorder import Event, Recorder, State, states
from tests.core.native.parts import verified
from zpack.cli import main
from zpack.operations import Proof

ARCHIVING = [verb for verb in VERBS if "extract" not in verb.name]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("power"), files=12)


@pytest.fixture(autouse=True)
def here(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.work.mkdir(exist_ok=True)
    monkeypatch.chdir(stage.work)


def run(verb: Verb) -> int:
    return main.run(verb.arguments)


def renew(stage: Stage, verb: Verb) -> None:
    """As ``stage.renew``, in a folder that stays the current one."""
    for path in stage.work.iterdir():
        path.unlink()
    if verb.over:
        stage.target.write_bytes(stage.old)


def record(stage: Stage, verb: Verb) -> tuple[dict[str, int], dict[int, bytes], list[Event]]:
    """Names and contents before a verb, and what it does."""
    renew(stage, verb)
    before = {path.name: path.stat().st_ino for path in stage.work.iterdir()}
    contents = {path.stat().st_ino: path.read_bytes() for path in stage.work.iterdir()}
    with Recorder(stage.work).recording() as recorder:
        assert run(verb) == 0
    return before, contents, recorder.events


def put(stage: Stage, state: State) -> None:
    for path in stage.work.iterdir():
        path.unlink()
    for name, content in state.items():
        (stage.work / name).write_bytes(content)


@pytest.mark.parametrize("verb", ARCHIVING, ids=lambda verb: verb.name)
def test_at_any_moment(stage: Stage, verb: Verb) -> None:
    before, contents, events = record(stage, verb)
    new = stage.target.read_bytes()
    assert verified(stage.target).proof is Proof.PROVEN
    allowed = (stage.old, new) if verb.over else (None, new)
    looks: dict[frozenset[str], State] = {}
    for length in range(len(events) + 1):
        for state in states(before, contents, events[:length]):
            assert state.get("a.tar.zst") in allowed, (length, events[length - 1].what)
            looks.setdefault(frozenset(state), state)
    for state in states(before, contents, events):
        assert state == {"a.tar.zst": new}  # done is done
    assert len(looks) > 1
    for state in looks.values():
        put(stage, state)
        assert run(REPLACE) == 0
        assert os.listdir(stage.work) == ["a.tar.zst"]


def test_originals_go_when_the_archive_is_sure(stage: Stage, tmp_path: Path) -> None:
    """Not before its name is: else both could be lost."""
    renew(stage, VERBS[0])
    source = stage.work / "precious"
    source.write_bytes(b"precious" * 500)
    inode = source.stat().st_ino
    with Recorder(stage.work).recording() as recorder:
        arguments = ("create", "-q", "--delete-originals", "a.tar.zst", "precious")
        assert main.run(arguments) == 0
    assert not source.exists()
    new = stage.target.read_bytes()
    before, contents = {"precious": inode}, {inode: b"precious" * 500}
    for length in range(len(recorder.events) + 1):
        for state in states(before, contents, recorder.events[:length]):
            assert state.get("precious") == b"precious" * 500 or state.get("a.tar.zst") == new


def test_the_model_sees_what_is_not_synced(stage: Stage) -> None:
    """Without syncing, the same events do leave archives that are neither old nor new."""
    before, contents, events = record(stage, REPLACE)
    for what in ("sync", "syncdir"):
        careless = [event for event in events if event.what != what]
        found = [state.get("a.tar.zst") for state in states(before, contents, careless)]
        whole = (stage.old, stage.target.read_bytes()) if what == "sync" else found[-1:]
        assert any(content not in whole for content in found)

"""Every call to the system that an edit makes fails once: the archive is the old or the new one."""

import errno
from collections.abc import Callable

import pytest

from tests.core.faults.faults import Faults, from_then_on, once
from tests.core.faults.jobs import REPLACE, VERBS, Stage, Verb
from zpack.cli import main
from zpack.filesystem import patience

EDITS = [verb for verb in VERBS if verb.over and "extract" not in verb.name]
ERRORS = {
    "open": errno.EACCES,
    "read": errno.EIO,
    "readv": errno.EIO,
    "pread": errno.EIO,
    "stat": errno.EIO,
    "fstat": errno.EIO,
    "scandir": errno.EIO,
    "write": errno.ENOSPC,
    "copy_file_range": errno.EIO,
    "fsync": errno.EIO,
    "fchmod": errno.EPERM,
    "fchown": errno.EPERM,
    "rename": errno.EACCES,
}
MOST = 8


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("edits"), files=12)


@pytest.fixture(autouse=True)
def here(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.work.mkdir(exist_ok=True)
    monkeypatch.chdir(stage.work)
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)


def renew(stage: Stage) -> None:
    for path in stage.work.iterdir():
        path.unlink()
    stage.target.write_bytes(stage.old)


def run(verb: Verb) -> int:
    return main.run([word if word != "2" else "1" for word in verb.arguments])


@pytest.mark.parametrize("fails", [once, from_then_on], ids=["once", "from then on"])
@pytest.mark.parametrize("verb", EDITS, ids=lambda verb: verb.name)
def test_editing(stage: Stage, verb: Verb, fails: Callable[..., Callable[[str, int], int]]) -> None:
    renew(stage)
    with Faults(tuple(ERRORS)) as counted:
        assert run(verb) == 0
    stage.learn_from(verb)
    for name, number in ERRORS.items():
        calls = counted.calls[name]
        for at in sorted({1 + n * calls // MOST for n in range(MOST)}) if calls else ():
            renew(stage)
            with Faults((name,), fails(name, at, number)):
                code = run(verb)
            if code == 0:
                stage.check_new(verb)
            elif code == 1:
                assert stage.target.read_bytes() == stage.old or name in ("read", "fsync")
            stage.check_whole()
            if stage.left():
                assert run(REPLACE) == 0
                assert stage.left() == []

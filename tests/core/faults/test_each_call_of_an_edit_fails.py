"""Every call to the system fails once while an archive is changed: it is the old or the new one."""

import errno
import shutil
from collections.abc import Callable

import pytest

from tests.core.faults.faults import Faults, from_then_on, once
from tests.core.faults.place import Place, attempt
from tests.core.faults.test_each_call_fails import CLEARING, ERRORS, MOST
from zpack.filesystem import patience
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    Proof,
    RenameRequest,
    Report,
    VerifyRequest,
    add,
    delete,
    rename,
    verify,
)

COPYING = {"copy_file_range": errno.EIO, "fchown": errno.EPERM, "statvfs": errno.EIO}
CALLS = {name: number for name, number in ERRORS.items() if name not in ("utime", "mkdir")}


class EditPlace(Place):
    """Work on a copy of the whole archive."""

    def renew_target(self) -> bytes:
        self.renew(there=False)
        shutil.copy(self.whole, self.target)
        return self.target.read_bytes()

    def delete(self) -> Report:
        return delete(DeleteRequest(str(self.target), ("tree/b.bin",), threads=1), self.control)

    def rename(self) -> Report:
        return rename(RenameRequest(str(self.target), "tree", "t", threads=1), self.control)

    def add(self) -> Report:
        sources = (str(self.root / "other"),)
        return add(AddRequest(str(self.target), sources, "tree", threads=1), self.control)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> EditPlace:
    return EditPlace(tmp_path_factory.mktemp("edits"))


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)


@pytest.mark.parametrize("name", CALLS | COPYING)
@pytest.mark.parametrize("verb", ["delete", "rename", "add"])
@pytest.mark.parametrize("strike", [once, from_then_on])
def test_changing(place: EditPlace, name: str, verb: str, strike: Callable) -> None:
    run = getattr(place, verb)
    place.renew_target()
    with Faults((name,)) as counted:
        run()
    after, calls = place.target.read_bytes(), counted.calls[name]
    number = (CALLS | COPYING)[name]
    for at in sorted({1 + n * calls // MOST for n in range(MOST)} | {calls}) if calls else []:
        before = place.renew_target()
        with Faults((name,), strike(name, at, number)):
            came = attempt(run)
        now = place.target.read_bytes()
        if now not in (before, after):  # something could not be added, and was told
            assert verb == "add"
            assert came.problems
            assert verify(VerifyRequest(str(place.target)), place.control).proof is Proof.PROVEN
        if now == before:
            assert isinstance(came, Exception), (name, at, came)
        assert place.left() == [] or name in CLEARING, (name, at)
    before = place.renew_target()
    run()
    assert place.target.read_bytes() == after
    assert place.left() == []

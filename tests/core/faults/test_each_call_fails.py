"""Every call to the system fails once: nothing is lost, nothing passes in silence, nothing is left
that the next run does not clear."""

import errno

import pytest

from tests.core.faults.faults import Faults, once
from tests.core.faults.place import Place, attempt, check_archive, check_extracted
from tests.core.threats.field import seen
from zpack.filesystem import patience

READING = ("read", "readv", "pread", "stat", "lstat", "fstat", "scandir", "listdir", "readlink")
WRITING = ("write", "fsync", "ftruncate", "pwrite", "fchmod", "utime")
NAMING = ("open", "mkdir", "link", "symlink", "rename", "unlink", "rmdir")
ERRORS = dict.fromkeys(READING, errno.EIO) | dict.fromkeys(NAMING, errno.EACCES)
ERRORS |= dict.fromkeys(WRITING, errno.EIO) | {"write": errno.ENOSPC, "utime": errno.EPERM}
CLEARING = {"unlink", "rmdir", "listdir", "open", "stat", "fstat"}  # what clears up may fail, too
MOST = 12  # of one kind of call, spread over all of them


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("faults"))


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)


def moments(calls: int) -> list[int]:
    """Of so many calls those that are to fail."""
    return sorted({1 + n * calls // MOST for n in range(MOST)} | {calls}) if calls else []


@pytest.mark.parametrize("there", [False, True], ids=["new", "over one"])
@pytest.mark.parametrize("name", ERRORS)
def test_creating(place: Place, name: str, there: bool) -> None:
    place.renew(there=there)
    before = place.target.read_bytes() if there else None
    with Faults((name,)) as counted:
        place.create()
    for at in moments(counted.calls[name]):
        place.renew(there=there)
        with Faults((name,), once(name, at, ERRORS[name])):
            came = attempt(place.create)
        check_archive(place, came, before)
        assert seen(place.tree) == place.sources
        assert place.left() == [] or name in CLEARING, (name, at)
        assert place.create().problems == ()
        assert place.left() == []


@pytest.mark.parametrize("there", [False, True], ids=["new", "into one"])
@pytest.mark.parametrize("name", ERRORS)
def test_extracting(place: Place, name: str, there: bool) -> None:
    place.renew(there=there)
    before = seen(place.out) if there else {}
    with Faults((name,)) as counted:
        place.extract()
    for at in moments(counted.calls[name]):
        place.renew(there=there)
        with Faults((name,), once(name, at, ERRORS[name])):
            came = attempt(place.extract)
        check_extracted(place, came, before)
        assert place.left() == [] or name in CLEARING, (name, at)
        place.extract()
        assert place.left() == []

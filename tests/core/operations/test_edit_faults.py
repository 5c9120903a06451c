"""Whatever happens to an edit: the archive is the old or the new one, whole."""

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.native.parts import put_together, take_apart
from tests.core.operations.conftest import Maker
from tests.core.operations.edits import (
    FRAME,
    WITH_TINY,
    by_tar,
    check_proven,
    listed_by_tar,
)
from zpack.errors import ArchiveChanged, EditStopped, OutOfSpace
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    ListRequest,
    Proof,
    RenameRequest,
    VerifyRequest,
    add,
    archive_stamp,
    delete,
    list_archive,
    presets,
    rename,
    verify,
)
from zpack.operations.leftovers import clear_leftovers
from zpack.worker.command import worker_environment


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "PRESETS", WITH_TINY)


@pytest.fixture
def frames(tmp_path: Path, make: Maker) -> Path:
    """An archive of about ten frames: two small files in each, and a large one."""
    folder = tmp_path / "in"
    folder.mkdir()
    chance = random.Random(1)  # no secret
    for number in range(12):
        (folder / f"{number:02}").write_bytes(chance.randbytes(6000))
    (folder / "large").write_bytes(chance.randbytes(3 * FRAME))
    return Path(make(folder, preset="tiny", threads=1).target)


def remove(archive: Path, member: str = "in/05", control: Control | None = None) -> None:
    delete(DeleteRequest(str(archive), (member,), "tiny", threads=1), control or Control())


class At(Control):
    """Does something at a certain checkpoint; ``passed`` counts them."""

    def __init__(self, number: int, act: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._number = number
        self._act = act or self.cancel
        self.passed = 0

    def check(self) -> None:
        self.passed += 1
        if self.passed == self._number:
            self._act()
        super().check()


def test_cancelled_at_every_checkpoint(frames: Path, tmp_path: Path) -> None:
    before, threads = frames.read_bytes(), threading.active_count()
    (tmp_path / "new").write_bytes(bytes(2 * FRAME))
    request = AddRequest(str(frames), (str(tmp_path / "new"),), "in/x", preset="tiny", threads=1)
    number, done = 0, False
    while not done:
        number += 1
        control = At(number)
        try:
            add(request, control)
            done = control.passed < number
        except Cancelled:
            assert frames.read_bytes() == before
            assert hidden(tmp_path) == []
        assert threading.active_count() == threads
    assert number > 20
    check_proven(frames)
    assert frames.read_bytes() != before


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("call", range(1, 8))
def test_a_full_disk(frames: Path, tmp_path: Path, monkeypatch, call: int) -> None:
    before = frames.read_bytes()
    fail_at(monkeypatch, call, OSError(errno.ENOSPC, "full"))
    with pytest.raises(OutOfSpace):
        remove(frames)
    monkeypatch.undo()
    assert frames.read_bytes() == before
    assert hidden(tmp_path) == []


def fail_at(monkeypatch: pytest.MonkeyPatch, number: int, error: OSError) -> None:
    """The ``number``-th time that something is written, and ever after, ``error`` is raised."""
    calls = [0]

    def failing(real):
        def run(*arguments):
            calls[0] += 1
            if calls[0] >= number:
                raise error
            return real(*arguments)

        return run

    monkeypatch.setattr(os, "write", failing(os.write))
    monkeypatch.setattr(os, "copy_file_range", failing(os.copy_file_range))


@pytest.mark.parametrize("code", [errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, 0])
def test_where_the_system_cannot_copy(frames: Path, monkeypatch, code: int) -> None:
    def refuse(*_: object) -> int:
        if code:
            raise OSError(code, "no")
        return 0

    monkeypatch.setattr(os, "copy_file_range", refuse)
    remove(frames)
    check_proven(frames)


def test_the_same_bytes_from_any_number_of_threads(frames: Path) -> None:
    before, made = frames.read_bytes(), set()
    for threads in (1, 2, 5):
        frames.write_bytes(before)
        delete(DeleteRequest(str(frames), ("in/05", "in/08"), "tiny", threads=threads), Control())
        made.add(frames.read_bytes())
    assert len(made) == 1


@pytest.mark.parametrize("phase", ["reading", "editing", "saving"])
@pytest.mark.parametrize("how", ["appended", "replaced", "removed", "touched"])
def test_another_program_changes_the_archive(
    frames: Path, tmp_path: Path, phase: str, how: str
) -> None:
    class Meddler(Control):
        met = False

        def check(self) -> None:
            if self.progress.phase == phase and not self.met:
                self.met = True
                meddle(frames, how)
            super().check()

    if phase == "reading":
        frames.write_bytes(b"".join(take_apart(frames.read_bytes()).frames)[:-9])
        plain(frames, tmp_path)  # only what has no index is read through
    if phase == "saving":
        control: Control = SavingMeddler(frames, how)
    else:
        control = Meddler()
    with pytest.raises(ArchiveChanged):
        remove(frames, control=control)
    assert hidden(tmp_path) == []
    if how == "removed":
        assert not frames.exists()
    elif how == "replaced":
        assert frames.read_bytes() == b"another's"


class SavingMeddler(Control):
    """Meddles as the last phase begins."""

    def __init__(self, archive: Path, how: str) -> None:
        super().__init__()
        progress = self.progress

        class Watching(type(progress)):  # type: ignore[misc]
            def __setattr__(self, name: str, value: object) -> None:
                super().__setattr__(name, value)
                if (name, value) == ("phase", "saving"):
                    meddle(archive, how)

        progress.__class__ = Watching


def meddle(archive: Path, how: str) -> None:
    if how == "appended":
        with archive.open("ab") as file:
            file.write(b"x")
    elif how == "replaced":
        other = archive.with_name("other")
        other.write_bytes(b"another's")
        os.replace(other, archive)
    elif how == "removed":
        archive.unlink()
    else:
        os.utime(archive, ns=(7, 7))


def plain(archive: Path, folder: Path) -> None:
    """As other programs make it."""
    archive.unlink()
    command = ["tar", "--zstd", "-cf", archive, "-C", folder, "in"]
    subprocess.run(command, check=True)


def test_a_killed_edit_leaves_the_old_archive_and_the_next_one_clears_up(
    tmp_path: Path, make: Maker
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(40):
        (tmp_path / "in" / f"{number:02}").write_bytes(os.urandom(500_000))
    archive = Path(make(tmp_path / "in", preset="fast").target)
    chance = random.Random(2)  # no secret
    for number in range(6):
        before = archive.read_bytes()
        member = f"in/{number:02}"
        command = [sys.executable, "-P", "-m", "zpack", "delete", str(archive), member]
        process = subprocess.Popen([*command, "--level=19"], env=worker_environment())
        time.sleep(0.15 + chance.random() / 4)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if archive.read_bytes() != before:
            check_proven(archive)
            assert member not in listed_by_tar(archive)
    clear_leftovers(DeleteRequest(str(archive), ("x",)))
    assert hidden(tmp_path) == []
    (tmp_path / f".{archive.name}.0123abcd.zpack-part").write_text("left")
    rename(RenameRequest(str(archive), "in", "out"), Control())
    assert hidden(tmp_path) == []


def test_place_mode_and_owner_stay(frames: Path, tmp_path: Path) -> None:
    os.chmod(frames, 0o640)
    if os.geteuid() == 0:
        os.chown(frames, 12345, 54321)
    link = tmp_path / "link"
    link.symlink_to(frames.name)
    before = frames.stat()
    remove(link)
    assert link.is_symlink()
    after = frames.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    check_proven(frames)


def test_a_group_that_cannot_be_kept_lets_nobody_new_in(frames: Path, monkeypatch) -> None:
    def refuse(fd: int, uid: int, gid: int) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "fchown", refuse)
    for mode, expected in ((0o660, 0o600), (0o664, 0o644), (0o600, 0o600), (0o666, 0o666)):
        os.chmod(frames, mode)
        rename(RenameRequest(str(frames), "in", f"in{mode:o}", "tiny"), Control())
        assert frames.stat().st_mode & 0o777 == expected
        rename(RenameRequest(str(frames), f"in{mode:o}", "in", "tiny"), Control())


def test_a_stamp_of_another_state(frames: Path) -> None:
    stamp = archive_stamp(str(frames))
    request = DeleteRequest(str(frames), ("in/01",), "tiny", stamp=stamp)
    delete(request, Control())
    before = frames.read_bytes()
    with pytest.raises(ArchiveChanged):
        delete(request, Control())
    assert frames.read_bytes() == before


# --- Damage -----------------------------------------------------------------------------------


def frame_of(archive: Path, path: bytes) -> tuple[int, int]:
    """Where in the file the frame of an entry is, and how long it is."""
    listing = list_archive(ListRequest(str(archive)), Control()).listing
    parts = take_apart(archive.read_bytes())
    number = listing.frame[listing.find(path)]
    return sum(map(len, parts.frames[:number])), len(parts.frames[number])


def damage(archive: Path, path: bytes) -> bytes:
    offset, length = frame_of(archive, path)
    data = bytearray(archive.read_bytes())
    data[offset + length // 2] ^= 0x20
    archive.write_bytes(data)
    return bytes(data)


def neighbour(archive: Path, path: bytes) -> str:
    """Another file in the same frame."""
    listing = list_archive(ListRequest(str(archive)), Control()).listing
    row = listing.find(path)
    same = [each for each in listing.tar_order() if listing.frame[each] == listing.frame[row]]
    return os.fsdecode(listing.path(next(each for each in same if each != row)))


def test_damage_in_what_must_be_coded_anew_is_refused(frames: Path) -> None:
    before = damage(frames, b"in/05")
    with pytest.raises(EditStopped, match="in/0") as caught:
        remove(frames, neighbour(frames, b"in/05"))
    assert caught.value.exit_code == 4
    assert frames.read_bytes() == before


def test_damage_elsewhere_is_copied_and_stays_damage(frames: Path) -> None:
    before = verify(VerifyRequest(str(frames)), Control())
    assert before.proof is Proof.PROVEN
    damage(frames, b"in/09")
    remove(frames, "in/00")
    report = verify(VerifyRequest(str(frames)), Control())
    assert report.proof is Proof.DAMAGED
    assert {problem.path for problem in report.problems if problem.path} <= {
        "in/08",
        "in/09",
        str(frames),
    }


def test_what_is_damaged_can_be_deleted(frames: Path) -> None:
    damage(frames, b"in/05")
    delete(DeleteRequest(str(frames), ("in/05", neighbour(frames, b"in/05")), "tiny"), Control())
    check_proven(frames)


@pytest.mark.parametrize("member", ["in/00", "in/large", "in"])
def test_a_lie_about_a_digest_is_not_made_true(frames: Path, member: str) -> None:
    """The index says another digest than the content has: an edit must not settle it."""
    parts = take_apart(frames.read_bytes())
    listing = list_archive(ListRequest(str(frames)), Control()).listing
    row = listing.find(b"in/05")
    digests = bytearray(parts.digests)
    digests[row * 16] ^= 1
    parts.digests = bytes(digests)
    frames.write_bytes(put_together(parts))
    before = frames.read_bytes()
    if member == "in":
        with pytest.raises(EditStopped, match="in/05"):
            rename(RenameRequest(str(frames), member, "out", "tiny"), Control())
        assert frames.read_bytes() == before
        return
    rename(RenameRequest(str(frames), member, "out", "tiny"), Control())
    assert verify(VerifyRequest(str(frames)), Control()).proof is Proof.DAMAGED


def test_a_lie_about_a_folder_is_not_made_true(frames: Path) -> None:
    parts = take_apart(frames.read_bytes())
    parts.values("mode")[1] = 0o777
    frames.write_bytes(put_together(parts))
    with pytest.raises(EditStopped, match="“in”"):
        remove(frames)


def test_a_renamed_large_file_is_whole(frames: Path, tmp_path: Path) -> None:
    before = by_tar(frames, tmp_path / "before").nodes[b"in/large"].content
    rename(RenameRequest(str(frames), "in/large", "big", "tiny"), Control())
    assert by_tar(frames, tmp_path / "after").nodes[b"big"].content == before
    damage(frames, b"big")
    with pytest.raises(EditStopped, match="big"):
        rename(RenameRequest(str(frames), "big", "bigger", "tiny"), Control())

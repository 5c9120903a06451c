"""Files in, an archive out, looked into, verified, and back: all by hand, with real workers."""

import filecmp
import os
from pathlib import Path

from tests.gui.user import User
from zpack.operations import Proof
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.extract_dialog import ExtractDialog
from zpack_gui.models.job_cells import JobColumn
from zpack_gui.models.order import Column


def test_dropped_folder_becomes_an_archive_and_comes_back(
    user: User, photos: Path, tmp_path: Path
) -> None:
    target = drop_and_create(user, photos)
    every_file_has_a_row_that_says_done(user)
    open_the_archive_from_its_result(user, target)
    browse_to_may(user)
    verify_and_see_each_file_good(user)
    extract_and_compare(user, photos, tmp_path)


def drop_and_create(user: User, photos: Path) -> Path:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    user.wait(lambda: dialog.sources.total().finished)
    assert dialog.totals.text().startswith("15 files")
    target = Path(dialog.target())
    assert target == photos.parent / "photos.tar.zst"
    user.press("Return", dialog.name)
    user.wait(user.window.jobs_panel.cards)
    card = user.wait_for_job()
    assert card.title.text() == "photos.tar.zst created"
    assert target.stat().st_size > 0
    return target


def every_file_has_a_row_that_says_done(user: User) -> None:
    model = user.latest().model
    assert model.rowCount() == 15
    names = {model.index(row, JobColumn.NAME).data() for row in range(15)}
    assert "photos/2026/grüße & co.txt" in names
    states = {model.index(row, JobColumn.STATE).data() for row in range(15)}
    assert states == {"Done"}
    assert user.latest().files.view.isVisible()


def open_the_archive_from_its_result(user: User, target: Path) -> None:
    user.click(user.result_button("Open archive"))
    user.wait(lambda: user.window.session.archive is not None)
    assert user.window.windowTitle() == "photos.tar.zst – zpack"
    assert user.shown_names() == ["photos"]
    assert user.window.archive_status.totals.text().startswith("15 files · 4 folders")


def browse_to_may(user: User) -> None:
    view = user.window.browser.view
    for folder in ("photos", "2026", "may"):
        row = user.shown_names().index(folder)
        view.setCurrentIndex(user.window.browser.model.index(row, 0))
        user.press("Return", view)
    assert user.shown_names() == [f"photo {number}.jpg" for number in range(12)]


def verify_and_see_each_file_good(user: User) -> None:
    status = user.window.archive_status
    assert status.proof.text() == "Not verified yet"
    card = user.verify()
    assert card.job.worker.report.proof == Proof.PROVEN
    assert status.proof.text() == "Proven, verified today"
    assert status.proof.property("role") == "good"
    model = user.window.browser.model
    assert not user.window.browser.view.isColumnHidden(Column.STATE)
    assert {model.index(row, Column.STATE).data() for row in range(12)} == {"Good"}


def extract_and_compare(user: User, photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    user.press("Ctrl+Shift+E")
    dialog = user.dialog(ExtractDialog)
    dialog.place.line.clear()
    user.qtbot.keyClicks(dialog.place.line, str(out))
    user.click(dialog.extract_button)
    card = user.wait_for_job()
    assert card.title.text().startswith("15 files extracted to ")
    same_trees(photos, out / "photos")


def same_trees(left: Path, right: Path) -> None:
    """Names, kinds, contents, modes and times to the nanosecond."""
    for root, folders, files in os.walk(left):
        other = right / Path(root).relative_to(left)
        assert sorted(os.listdir(root)) == sorted(os.listdir(other))
        for name in (*folders, *files):
            ours, theirs = Path(root, name), other / name
            a, b = ours.lstat(), theirs.lstat()
            assert (a.st_mode, a.st_mtime_ns) == (b.st_mode, b.st_mtime_ns), name
            if ours.is_symlink():
                assert ours.readlink() == theirs.readlink()
            elif ours.is_file():
                assert filecmp.cmp(ours, theirs, shallow=False)

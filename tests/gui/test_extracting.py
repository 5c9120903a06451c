"""The Extract dialog, and files that exist already."""

from pathlib import Path

import pytest

from tests.gui.user import User
from zpack.jobs import Choice
from zpack_gui.dialogs.conflict_dialog import ConflictDialog
from zpack_gui.dialogs.extract_dialog import ExtractDialog
from zpack_gui.widgets.job_card import JobCard


@pytest.fixture
def archive(user: User, photos: Path) -> Path:
    """Open in the window."""
    made = user.create(photos)
    user.open(made)
    return made


def extract(user: User, out: Path) -> JobCard:
    """Everything, into a folder."""
    before = len(user.window.jobs_panel.cards())
    user.press("Ctrl+Shift+E")
    dialog = user.dialog(ExtractDialog)
    dialog.place.set_place(str(out))
    user.click(dialog.extract_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) > before)
    return user.latest()


def test_only_the_selection(user: User, archive: Path, tmp_path: Path) -> None:
    user.window.browser.show_folder(1)
    user.window.browser.view.selectRow(user.shown_names().index("notes.txt"))
    assert user.window.archive_status.totals.text() == "1 item selected · 22.0 kB"
    user.click(user.window.toolbar.extract_button)
    dialog = user.dialog(ExtractDialog)
    assert dialog.selected_choice.isChecked()
    dialog.place.set_place(str(tmp_path / "out"))
    user.click(dialog.extract_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    card = user.wait_for_job()
    assert card.model.rowCount() == 1
    found = [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert found == ["notes.txt"]


def test_escape_extracts_nothing(user: User, archive: Path) -> None:
    user.press("Ctrl+E")
    user.press("Escape", user.dialog(ExtractDialog))
    assert len(user.window.jobs_panel.cards()) == 1


def test_a_conflict_shows_both_sides_and_the_answer_counts_for_all(
    user: User, archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    extract(user, out)
    user.wait_for_job()
    notes = out / "photos" / "notes.txt"
    notes.write_text("mine")
    card = extract(user, out)
    dialog = user.dialog(ConflictDialog)
    assert user.window.isEnabled()  # only the job waits
    assert card.text.text().endswith("Waiting for your answer")
    dialog.for_all.setChecked(True)
    user.click(dialog.buttons[Choice.SKIP])
    user.wait_for_job()
    assert notes.read_text() == "mine"
    assert card.title.text().startswith("Nothing new to extract")


def test_overwriting_replaces(user: User, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(user, out)
    user.wait_for_job()
    notes = out / "photos" / "notes.txt"
    notes.write_text("mine")
    extract(user, out)
    dialog = user.dialog(ConflictDialog)
    dialog.for_all.setChecked(True)
    user.click(dialog.buttons[Choice.OVERWRITE])
    user.wait_for_job()
    assert notes.read_text().startswith("Some text.")


def test_cancelling_takes_the_question_away(user: User, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(user, out)
    user.wait_for_job()
    card = extract(user, out)
    user.dialog(ConflictDialog)
    user.click(card.cancel_button)
    user.wait_for_job()
    user.wait(lambda: not user.has_dialog(ConflictDialog))
    assert card.title.text() == "Extracting photos.tar.zst was cancelled"


def test_a_place_that_takes_nothing_says_so(user: User, archive: Path) -> None:
    extract(user, Path("/proc/nowhere"))
    card = user.wait_for_job()
    assert card.title.text() == "Nothing can be extracted there"

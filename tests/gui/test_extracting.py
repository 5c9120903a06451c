"""The Extract dialog, and files that exist already."""

from pathlib import Path

import pytest

from tests.gui.user import User
from zpack.jobs import Choice, JobState
from zpack.operations import ExtractRequest
from zpack_gui.dialogs.conflict_dialog import ConflictDialog
from zpack_gui.dialogs.create_dialog import CreateDialog
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


def extract_and_change(user: User, out: Path) -> None:
    """Everything, with other content afterwards, so that it is asked about the next time."""
    extract(user, out)
    user.wait_for_job()
    for path in out.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.write_text("changed")


def test_only_the_selection(user: User, archive: Path, tmp_path: Path) -> None:
    user.window.browser.show_folder(1)
    user.window.browser.view.selectRow(user.shown_names().index("notes.txt"))
    assert user.window.archive_status.totals.text() == "1 item selected · 22 kB"
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
    extract_and_change(user, out)
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
    extract_and_change(user, out)
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
    extract_and_change(user, out)
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


def test_the_question_can_end_the_job(user: User, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract_and_change(user, out)
    card = extract(user, out)
    dialog = user.dialog(ConflictDialog)
    for button in (dialog.cancel_button, *dialog.buttons.values()):
        assert button.width() >= button.sizeHint().width(), button.text()
    user.click(dialog.cancel_button)
    user.wait_for_job()
    assert card.job.worker.state == JobState.CANCELLED
    assert not user.has_dialog(ConflictDialog)


@pytest.mark.parametrize("typed", ["~/out", "out", " ~/out "])
def test_a_place_may_be_typed_as_people_do(user: User, archive: Path, typed: str) -> None:
    user.press("Ctrl+Shift+E")
    dialog = user.dialog(ExtractDialog)
    dialog.place.line.clear()
    assert not dialog.extract_button.isEnabled()
    user.qtbot.keyClicks(dialog.place.line, typed)
    user.click(dialog.extract_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    card = user.wait_for_job()
    assert card.job.worker.report.destination == str(Path.home() / "out")


def test_damage_of_the_archive_is_no_file_that_failed(
    user: User, archive: Path, tmp_path: Path
) -> None:
    data = archive.read_bytes()
    cut = tmp_path / "cut.tar.zst"
    cut.write_bytes(data[: len(data) - 40])  # all the files are there, their proof is not
    user.open(cut)
    card = extract(user, tmp_path / "out")
    user.wait_for_job()
    assert card.title.text().startswith("15 files extracted")
    assert "could not be extracted" not in card.text.text()
    assert card.text.text().startswith("This archive is damaged · ")


def test_no_question_comes_up_over_another_dialog(
    user: User, archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    extract_and_change(user, out)
    user.press("Ctrl+N")
    creation = user.dialog(CreateDialog)
    job = user.window.starter.start(ExtractRequest(str(archive), str(out)))
    user.wait(lambda: user.latest().text.text().endswith("Waiting for your answer"))
    with user.qtbot.waitSignal(job.sampled):
        pass
    assert not user.has_dialog(ConflictDialog)
    user.press("Escape", creation)
    user.click(user.dialog(ConflictDialog).cancel_button)
    user.wait_for_job()


def test_what_is_there_already_is_not_asked_about(
    user: User, archive: Path, tmp_path: Path
) -> None:
    extract(user, tmp_path / "out")
    user.wait_for_job()
    card = extract(user, tmp_path / "out")
    user.wait_for_job()
    assert card.job.worker.report.identical == 15
    assert not user.has_dialog(ConflictDialog)

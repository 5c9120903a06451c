"""The Create dialog, and what becomes of jobs that cannot do all."""

from pathlib import Path

from tests.core.sockets import make_socket
from tests.gui.user import User
from zpack.jobs import JobState
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.explanation_dialog import ExplanationDialog
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.models.job_items_model import Shown
from zpack_gui.widgets.job_card import JobCard


def test_new_starts_empty_and_cannot_create_nothing(user: User) -> None:
    user.press("Ctrl+N")
    dialog = user.dialog(CreateDialog)
    assert not dialog.create_button.isEnabled()
    assert dialog.totals.text() == ""
    user.press("Escape", dialog)
    assert not user.has_dialog(CreateDialog)


def test_sources_are_counted_and_can_be_removed(user: User, photos: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra.bin"
    extra.write_bytes(bytes(1000))
    user.drop(photos, extra)
    dialog = user.dialog(CreateDialog)
    user.wait(lambda: dialog.totals.text() == "16 files · 83 kB")
    dialog.sources.view.selectRow(0)
    user.click(dialog.sources.remove_button)
    assert dialog.totals.text() == "1 file · 1.0 kB"


def test_a_name_typed_gets_the_ending_that_others_know(user: User, photos: Path) -> None:
    target = user.create(photos, "my pictures", preset="fast")
    assert target.name == "my pictures.tar.zst"
    assert user.latest().job.request.preset == "fast"


def test_the_preset_is_remembered(user: User, photos: Path) -> None:
    user.create(photos, preset="best")
    user.press("Ctrl+N")
    assert user.dialog(CreateDialog).presets.chosen() == "best"


def test_the_ending_follows_the_preset(user: User, photos: Path) -> None:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    assert dialog.name.text() == "photos.tar.zst"
    user.click(dialog.presets.cards["fastest"])
    assert dialog.name.text() == "photos.tar.lz4"
    assert dialog.name.placeholderText().endswith(".tar.lz4")
    user.click(dialog.presets.cards["best"])
    assert dialog.name.text() == "photos.tar.zst"
    user.click(dialog.create_button)
    user.wait_for_job()
    assert (photos.parent / "photos.tar.zst").exists()


def test_the_fastest_preset_makes_an_lz4_archive(user: User, photos: Path) -> None:
    target = user.create(photos, "my pictures", preset="fastest")
    assert target.name == "my pictures.tar.lz4"
    assert target.read_bytes()[:4] == b"\x04\x22\x4d\x18"
    assert user.latest().job.request.preset == "fastest"


def test_nothing_is_replaced_without_asking(user: User, photos: Path) -> None:
    target = user.create(photos)
    before = target.read_bytes()
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    user.click(dialog.create_button)
    question = user.dialog(QuestionDialog)
    assert question.windowTitle() == "Replace photos.tar.zst?"
    user.click(question.no_button)
    assert target.read_bytes() == before
    assert dialog.isVisible()
    (photos / "more.txt").write_text("more")
    user.click(dialog.create_button)
    user.click(user.dialog(QuestionDialog).yes_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    user.wait_for_job()
    assert target.read_bytes() != before


def test_a_place_that_takes_nothing_is_said_in_the_panel(user: User, photos: Path) -> None:
    card = _fail_to_create(user, photos)
    assert card.title.text() == "The archive cannot be saved there"
    user.click(user.result_button("Details"))
    dialog = user.dialog(ExplanationDialog)
    assert "/proc" in dialog.details.text()
    assert dialog.hint.text() == "Choose a folder that you may write to."


def test_a_failed_job_can_be_tried_again_as_it_was(user: User, photos: Path) -> None:
    _fail_to_create(user, photos)
    user.click(user.result_button("Try again…"))
    dialog = user.dialog(CreateDialog)
    assert dialog.target() == "/proc/photos.tar.zst"
    assert dialog.sources.paths() == (str(photos),)
    assert not user.window.jobs_panel.isVisible()


def _fail_to_create(user: User, photos: Path) -> JobCard:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    dialog.place.set_place("/proc")  # where not even root can write
    user.click(dialog.create_button)
    user.wait(user.window.jobs_panel.cards)
    card = user.wait_for_job()
    assert card.job.worker.state == JobState.FAILED
    return card


def test_what_is_left_out_is_listed_with_its_reason(user: User, photos: Path) -> None:
    make_socket(photos / "pipe")
    user.create(photos)
    card = user.latest()
    assert card.title.text() == "photos.tar.zst created, but not whole"
    assert card.text.text().startswith("1 file could not be packed as it is · 15 files")
    assert card.files.chips[Shown.PROBLEMS].text() == "Problems: 1"
    problems = card.files.problems
    assert problems.rowCount() == 1
    assert problems.index(0, 0).data().endswith("pipe")
    assert problems.index(0, 1).data() == "Left out"


def test_the_dialog_goes_while_it_still_counts(user: User) -> None:
    user.drop(Path("/usr"), Path("/etc"))
    dialog = user.dialog(CreateDialog)
    user.press("Escape", dialog)
    user.wait(user.window.bridge.is_idle)


def test_tab_leads_to_the_preset_that_is_chosen(user: User, photos: Path) -> None:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    user.click(dialog.presets.cards["best"])
    dialog.place.browse_button.setFocus()
    user.press("Tab", dialog)
    assert dialog.focusWidget() is dialog.presets.cards["best"]


def test_names_that_no_disk_takes_cannot_be_chosen(user: User, photos: Path) -> None:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    for name in ("", "  ", "a/b", "nul\0"):
        dialog.name.setText(name)
        assert not dialog.create_button.isEnabled(), name
    dialog.name.setText("fine")
    assert dialog.create_button.isEnabled()
    dialog.place.set_place(" ")
    assert not dialog.create_button.isEnabled()


def test_a_folder_typed_from_home_is_there(user: User, photos: Path) -> None:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    dialog.place.line.clear()
    user.qtbot.keyClicks(dialog.place.line, "~")
    assert dialog.target() == str(Path.home() / "photos.tar.zst")


def test_many_sources_are_counted(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    files = [folder / f"{number}.txt" for number in range(2500)]
    for path in files:
        path.touch()
    user.drop(*files)
    dialog = user.dialog(CreateDialog)
    user.wait(lambda: dialog.sources.total().finished)
    assert dialog.totals.text() == "2,500 files · 0 bytes"


def test_files_without_content_are_measured_by_their_number(user: User, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for number in range(300):
        (empty / f"{number}").touch()
    user.start_to_create(empty)
    card = user.latest()
    user.wait_for_job()
    assert card.job.permille == 1000
    assert "%" not in card.text.text()

"""Repair in the window: what is said before, what is done, and what can go wrong."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from tests.core.operations.repairs import archive_of, grow, places
from tests.gui.user import User
from zpack.jobs import JobState, PartState
from zpack.operations import RepairRequest
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.dialogs.repair_dialog import RepairDialog
from zpack_gui.dialogs.repair_report_dialog import RepairReportDialog
from zpack_gui.dialogs.verify_dialog import VerifyDialog
from zpack_gui.models.frame_cells import Cell
from zpack_gui.models.loss_model import LossColumn

ZEROS = bytes(5000)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grow(tmp_path_factory.mktemp("files") / "tree")


@pytest.fixture(scope="module")
def protected(tree: Path) -> bytes:
    """An archive with a recovery record."""
    return archive_of(tree, tree.parent / "protected.tar.zst", recovery=5)


@pytest.fixture(scope="module")
def plain(tree: Path) -> bytes:
    """The same without one."""
    return archive_of(tree, tree.parent / "plain.tar.zst")


@pytest.fixture
def restorable(protected: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "safe.tar.zst"
    path.write_bytes(protected[:9000] + ZEROS + protected[14_000:])
    return path


@pytest.fixture
def beyond(plain: bytes, tmp_path: Path) -> Path:
    """Files of one frame are lost."""
    path = tmp_path / "album.tar.zst"
    at, _, _ = places(plain)
    path.write_bytes(plain[:at] + ZEROS + plain[at + 5000 :])
    return path


def looked_at(user: User, damaged: Path) -> RepairDialog:
    """The dialog, once it says what comes back."""
    user.window.repairs.ask(str(damaged))
    return known(user)


def known(user: User) -> RepairDialog:
    dialog = user.dialog(RepairDialog)
    user.wait(dialog.summary.bar.isHidden)
    return dialog


def fates(dialog: RepairDialog | RepairReportDialog) -> dict[str, str]:
    """What is said of each file."""
    model = dialog.summary.model
    rows = range(model.rowCount())
    return {
        model.index(row, LossColumn.PATH).data(): model.index(row, LossColumn.FATE).data()
        for row in rows
    }


def message_button(user: User, text: str) -> QAbstractButton:
    return next(each for each in user.window.browser.message.buttons() if each.text() == text)


# What is said before


def test_all_comes_back_from_the_record(user: User, restorable: Path) -> None:
    dialog = looked_at(user, restorable)
    assert dialog.summary.title.text() == "Everything comes back"
    assert "recovery record brings the archive back, byte for byte" in dialog.summary.meaning.text()
    facts = {name.text(): value.text() for name, value in dialog.summary.facts}
    assert facts["Recovery record"] == "5 %"
    assert facts["Damaged"].endswith("in 1 place: 1 of its 5 pieces")
    assert set(fates(dialog).values()) == {"Comes back"}
    assert dialog.summary.map.isVisible()
    legend = dialog.summary.map.legend
    assert legend[PartState.REPAIRED].text.text() == "1 damaged, come back"
    dialog.summary.map.map.go_to(0)
    assert "damaged, comes back" in dialog.summary.map.where.text()
    assert dialog.target.path() == str(restorable.with_name("safe (repaired).tar.zst"))
    assert dialog.target.keep_partial.isHidden()
    assert dialog.repair_button.isEnabled()


def test_what_is_lost_is_listed_with_its_reason(user: User, beyond: Path) -> None:
    dialog = looked_at(user, beyond)
    lost = fates(dialog)
    assert set(lost.values()) == {"Lost"}
    assert dialog.summary.title.text() == f"{15 - len(lost)} files can be saved, {len(lost)} lost"
    assert "will be proven" in dialog.summary.meaning.text()
    model = dialog.summary.model
    reason = model.index(0, LossColumn.WHY).data()
    assert reason == "The part of the archive that it is in is damaged"
    assert dialog.summary.map.legend[PartState.DAMAGED].text.text() == "1 lost"
    user.click(dialog.copy_button)
    assert dialog.target.keep_partial.isVisible()


def test_files_that_nothing_vouches_for(user: User, plain: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cut.tar.zst"
    _, end, _ = places(plain)
    path.write_bytes(plain[: end * 2 // 3])
    dialog = looked_at(user, path)
    assert "Its index is gone" in dialog.summary.meaning.text()
    assert "Nothing is left that could prove" in dialog.summary.meaning.text()
    assert {"Lost", "Not sure"} >= set(fates(dialog).values())
    assert dialog.summary.map.isHidden()


def test_nothing_is_damaged(user: User, protected: bytes, tmp_path: Path) -> None:
    path = tmp_path / "whole.tar.zst"
    path.write_bytes(protected)
    dialog = looked_at(user, path)
    assert dialog.summary.title.text() == "Nothing is damaged"
    assert not dialog.repair_button.isVisible()
    assert not dialog.target.isVisible()
    assert dialog.cancel_button.text() == "Close"


def test_another_copy_brings_back_what_is_beyond_hope(
    user: User, plain: bytes, tmp_path: Path
) -> None:
    path, other = tmp_path / "x.tar.zst", tmp_path / "copy.tar.zst"
    path.write_bytes(bytes(1000))
    at, _, _ = places(plain)
    other.write_bytes(plain[:at] + ZEROS + plain[at + 5000 :])
    dialog = looked_at(user, path)
    assert dialog.summary.title.text() == "Nothing of it can be saved"
    assert not dialog.repair_button.isVisible()
    dialog.add_copies((str(path),))  # is no other
    assert not dialog.forget_button.isVisible()
    dialog.add_copies((str(other),))
    user.wait(lambda: dialog.summary.bar.isHidden() and dialog.repair_button.isVisible())
    assert dialog.copies.text() == "Together with copy.tar.zst"
    assert fates(dialog)
    user.click(dialog.forget_button)
    user.wait(lambda: dialog.summary.title.text() == "Nothing of it can be saved")
    assert not dialog.copies.isVisible()


def test_copies_that_complement_each_other(user: User, plain: bytes, tmp_path: Path) -> None:
    one, other = tmp_path / "one.tar.zst", tmp_path / "other.tar.zst"
    at, _, _ = places(plain)
    one.write_bytes(plain[: at - 100] + ZEROS + plain[at + 4900 :])
    other.write_bytes(plain[:1000] + ZEROS + plain[6000:])
    dialog = looked_at(user, one)
    dialog.add_copies((str(other),))
    user.wait(lambda: dialog.summary.title.text() == "Everything comes back")
    assert "complement each other" in dialog.summary.meaning.text()
    user.click(dialog.repair_button)
    card = user.wait_for_job()
    assert Path(card.job.request.target).read_bytes() == plain


# Doing it


def test_repaired_from_the_message_over_the_archive(
    user: User, restorable: Path, protected: bytes
) -> None:
    before = restorable.read_bytes()
    user.open(restorable)
    user.verify()
    user.click(message_button(user, "Repair…"))
    dialog = known(user)
    user.press("Return", dialog.repair_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    card = user.wait_for_job()
    fixed = restorable.with_name("safe (repaired).tar.zst")
    assert fixed.read_bytes() == protected
    assert restorable.read_bytes() == before
    assert card.title.text() == (
        "safe (repaired).tar.zst is repaired and proven: byte for byte as it was"
    )
    assert set(card.job.worker.frame_states) == {PartState.GOOD, PartState.REPAIRED}
    user.click(user.result_button("Show report"))
    report = user.dialog(RepairReportDialog)
    assert report.summary.title.text() == "Repaired, and proven"
    assert set(fates(report).values()) == {"Brought back"}
    assert Cell.REPAIRED in report.summary.map.map.cells.cells
    assert report.summary.map.legend[PartState.REPAIRED].text.text() == "1 repaired"
    user.click(report.open_button)
    user.wait(lambda: user.window.session.path == str(fixed) and user.window.session.archive)
    assert user.window.archive_status.proof.text() == "Proven, verified today"
    assert "recovery record of 5 %" in user.window.archive_status.totals.text()


def test_saved_with_what_is_left_of_lost_files(user: User, beyond: Path) -> None:
    dialog = looked_at(user, beyond)
    lost = len(fates(dialog))
    user.press("Space", dialog.target.keep_partial)
    user.click(dialog.repair_button)
    card = user.wait_for_job()
    assert card.title.text() == f"album (repaired).tar.zst has what was whole; {lost} files lost"
    assert card.model.problem_count() == lost
    parts = beyond.with_name("album (parts).tar.zst")
    assert (parts.exists(), card.job.worker.report.partial > 0) == (True, True)
    user.click(user.result_button("Show report"))
    report = user.dialog(RepairReportDialog)
    assert len(report.places) == 2
    assert str(parts) in report.places[1].text()
    user.click(report.verify_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    assert user.wait_for_job().title.text().startswith("album (repaired).tar.zst is proven")


def test_an_archive_that_cannot_be_opened(user: User, protected: bytes, tmp_path: Path) -> None:
    path = tmp_path / "headless.tar.zst"
    path.write_bytes(bytes(200) + protected[200:-200] + bytes(200))
    user.window.session.open(str(path))
    state = user.window.browser.state
    user.wait(lambda: any(made.text() == "Repair…" for made in state._made))
    user.click(next(made for made in state._made if made.text() == "Repair…"))
    dialog = known(user)
    assert dialog.summary.title.text() == "Everything comes back"
    user.click(dialog.repair_button)
    card = user.wait_for_job()
    assert Path(card.job.request.target).read_bytes() == protected


def test_the_report_of_a_verification_offers_it(
    user: User, restorable: Path, protected: bytes, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.tar.zst"
    whole.write_bytes(protected)
    for path, offered in ((whole, False), (restorable, True)):
        user.open(path)
        user.verify()
        user.click(user.window.archive_status.proof)
        report = user.dialog(VerifyDialog)
        assert report.repair_button.isVisible() is offered
        if not offered:
            report.close()
    user.click(report.repair_button)
    assert known(user).summary.title.text() == "Everything comes back"


def test_an_archive_of_which_no_file_is_whole(user: User, tmp_path: Path) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    (root / "a.txt").write_text("Some text.\n" * 5000)
    path = tmp_path / "x.tar.zst"
    data = bytearray(archive_of(root, path))
    data[60] ^= 1
    path.write_bytes(data)
    dialog = looked_at(user, path)
    assert dialog.summary.title.text() == "No file in it is whole"
    assert not dialog.repair_button.isEnabled()
    user.press("Space", dialog.target.keep_partial)
    assert dialog.repair_button.isEnabled()


# What can go wrong


def test_a_file_that_is_gone(user: User, restorable: Path) -> None:
    elsewhere = restorable.with_name("moved")
    restorable.rename(elsewhere)
    dialog = looked_at(user, restorable)
    assert dialog.summary.title.text() == "A file or folder was not found"
    assert str(restorable) in dialog.summary.meaning.text()
    assert not dialog.repair_button.isVisible()
    elsewhere.rename(restorable)
    user.click(dialog.again_button)
    user.wait(lambda: dialog.summary.title.text() == "Everything comes back")
    assert not dialog.again_button.isVisible()


def test_the_damaged_archive_is_never_the_target(user: User, restorable: Path) -> None:
    link = restorable.with_name("link.tar.zst")
    link.symlink_to(restorable)
    dialog = looked_at(user, restorable)
    for name in ("safe.tar.zst", "link.tar.zst"):
        dialog.target.name.setText(name)
        assert dialog.fault.isVisible()
        assert not dialog.repair_button.isEnabled()
    for name in ("", "a/b", "nul\0"):
        dialog.target.name.setText(name)
        assert not dialog.fault.isVisible()
        assert not dialog.repair_button.isEnabled()
    dialog.target.name.setText("fine.tar.zst")
    assert dialog.repair_button.isEnabled()


def test_nothing_is_replaced_without_asking(user: User, restorable: Path, protected: bytes) -> None:
    there = restorable.with_name("there.tar.zst")
    there.write_text("mine")
    dialog = looked_at(user, restorable)
    dialog.target.name.setText("there.tar.zst")
    user.click(dialog.repair_button)
    user.click(user.dialog(QuestionDialog).no_button)
    assert there.read_text() == "mine"
    user.click(dialog.repair_button)
    user.click(user.dialog(QuestionDialog).yes_button)
    user.wait(user.window.jobs_panel.cards)
    user.wait_for_job()
    assert there.read_bytes() == protected


def test_a_name_that_is_taken_is_not_suggested(user: User, restorable: Path) -> None:
    restorable.with_name("safe (repaired).tar.zst").touch()
    dialog = looked_at(user, restorable)
    assert dialog.target.name.text() == "safe (repaired 2).tar.zst"


def test_a_place_that_takes_nothing_and_trying_again(user: User, beyond: Path) -> None:
    dialog = looked_at(user, beyond)
    dialog.target.place.set_place("/proc")  # where not even root can write
    dialog.target.keep_partial.setChecked(True)
    user.click(dialog.repair_button)
    card = user.wait_for_job()
    assert card.job.worker.state is JobState.FAILED
    user.click(user.result_button("Try again…"))
    again = known(user)
    assert again.target.path() == "/proc/album (repaired).tar.zst"
    assert again.target.keep_partial.isChecked()
    assert again.repair_button.isEnabled()


def test_leaving_ends_the_looking(user: User, restorable: Path) -> None:
    dialog = user.window.repairs.ask(str(restorable))
    user.press("Escape", dialog)
    user.wait(user.window.bridge.is_idle)
    assert not user.has_dialog(RepairDialog)


def test_a_repair_that_is_cancelled_leaves_nothing(user: User, restorable: Path) -> None:
    request = RepairRequest(str(restorable), str(restorable.with_name("fixed.tar.zst")))
    there = sorted(restorable.parent.iterdir())
    job = user.window.starter.start(request)
    job.cancel()
    card = user.wait_for_job()
    assert card.title.text() == "Repairing safe.tar.zst was cancelled"
    assert sorted(restorable.parent.iterdir()) == there


# Keys and names


def test_everything_has_a_name_and_can_be_reached(user: User, beyond: Path) -> None:
    dialog = looked_at(user, beyond)
    reached: list[QWidget] = []
    widget = dialog.repair_button
    assert dialog.focusWidget() is widget
    while widget not in reached:
        reached.append(widget)
        user.press("Tab", widget)
        widget = dialog.focusWidget()
    summary, target = dialog.summary, dialog.target
    for wanted in (
        summary.map.map,
        summary.view,
        target.name,
        target.place.line,
        target.keep_partial,
        dialog.add_copy_button,
        dialog.cancel_button,
    ):
        assert wanted in reached, wanted
    for each in reached:
        text = each.text() if isinstance(each, QAbstractButton) else ""
        assert each.accessibleName() or text, each
    assert all(each.accessibleName() for each in target.findChildren(QLineEdit))
    assert summary.bar.accessibleName()


def test_the_menu_offers_it_for_whatever_is_open(user: User, restorable: Path) -> None:
    assert not user.window.actions_.repair.isEnabled()
    user.open(restorable)
    user.window.actions_.repair.trigger()
    assert known(user).summary.title.text() == "Everything comes back"
    assert user.window.repairs.ask(str(restorable))._damage is None
    user.wait(user.window.bridge.is_idle)

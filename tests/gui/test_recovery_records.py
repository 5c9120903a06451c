"""Recovery records in the window: made, added, shown."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.gui.user import User
from zpack.jobs import Control
from zpack.operations import InfoRequest, info
from zpack_gui.dialogs.add_recovery_dialog import AddRecoveryDialog
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.repair_dialog import RepairDialog
from zpack_gui.look.theme import Theme
from zpack_gui.models.settings import remember
from zpack_gui.widgets.recovery_choice import RecoveryChoice


def percent_of(archive: Path) -> int:
    return info(InfoRequest(str(archive)), Control()).recovery_percent


def test_choosing_a_size(qtbot: QtBot, theme: Theme) -> None:
    choice = RecoveryChoice()
    qtbot.addWidget(choice)
    choice.show()
    assert choice.percent() is None
    for percent, own in ((5, False), (10, False), (33, True), (None, False)):
        choice.choose(percent)
        assert choice.percent() == percent
        assert choice.own.isVisible() is own
        assert choice.hint.isVisible() is (percent is not None)
    must = RecoveryChoice(optional=False)
    qtbot.addWidget(must)
    assert must.percent() == 5


def test_created_with_a_record(user: User, photos: Path) -> None:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    dialog.recovery.choose(12)
    target = Path(dialog.target())
    user.click(dialog.create_button)
    user.wait_for_job()
    assert percent_of(target) == 12
    user.open(target)
    assert user.window.archive_status.totals.text().endswith("recovery record of 12 %")
    user.press("Ctrl+N")
    again = user.dialog(CreateDialog)
    assert again.recovery.percent() == 12  # remembered
    user.press("Escape", again)


def test_what_makes_no_sense_is_not_remembered(user: User) -> None:
    remember("create/recovery", "5000")
    user.press("Ctrl+N")
    assert user.dialog(CreateDialog).recovery.percent() is None


def test_a_failed_creation_is_asked_again_with_its_record(user: User, photos: Path) -> None:
    user.drop(photos)
    dialog = user.dialog(CreateDialog)
    dialog.recovery.choose(10)
    dialog.place.set_place("/proc")  # where not even root can write
    user.click(dialog.create_button)
    user.wait(user.window.jobs_panel.cards)
    user.wait_for_job()
    remember("create/recovery", "")
    user.click(user.result_button("Try again…"))
    assert user.dialog(CreateDialog).recovery.percent() == 10


def test_added_to_the_open_archive(user: User, photos: Path) -> None:
    archive = user.create(photos)
    assert not user.window.actions_.add_recovery.isEnabled()
    user.open(archive)
    user.window.actions_.add_recovery.trigger()
    dialog = user.dialog(AddRecoveryDialog)
    assert dialog.choice.percent() == 5
    assert dialog.cost.text().startswith("Takes about ")
    dialog.choice.choose(10)
    user.press("Return", dialog.add_main_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    card = user.wait_for_job()
    assert card.title.text() == "photos.tar.zst has a recovery record of 10 % now"
    assert percent_of(archive) == 10
    status = user.window.archive_status
    user.wait(lambda: "recovery record of 10 %" in status.totals.text())
    assert status.proof.text() == "Proven, verified today"
    user.window.actions_.add_recovery.trigger()
    again = user.dialog(AddRecoveryDialog)
    assert again.choice.percent() == 10
    user.press("Escape", again)
    assert percent_of(archive) == 10


def test_what_is_damaged_gets_none_but_can_be_repaired(user: User, photos: Path) -> None:
    archive = user.create(photos)
    data = bytearray(archive.read_bytes())
    data[500] ^= 1
    archive.write_bytes(data)
    user.open(archive)
    user.window.actions_.add_recovery.trigger()
    user.click(user.dialog(AddRecoveryDialog).add_main_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    card = user.wait_for_job()
    assert card.title.text() == "This archive is not whole"
    assert archive.read_bytes() == bytes(data)
    user.click(user.result_button("Repair…"))
    user.wait(user.dialog(RepairDialog).summary.bar.isHidden)

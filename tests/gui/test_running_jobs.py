"""Jobs while they run: progress, pause, cancel, and closing the window in the middle."""

import os
from pathlib import Path

import pytest

from tests.gui.user import User
from zpack.jobs import JobState
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.models.job_items_model import Shown


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """Enough to be busy with for some seconds at best."""
    root = tmp_path / "big"
    root.mkdir()
    for number in range(6):
        (root / f"{number}.bin").write_bytes(os.urandom(4_000_000))
    return root


def test_a_cancelled_creation_leaves_nothing(user: User, big: Path) -> None:
    target = user.start_to_create(big, preset="best")
    card = user.latest()
    user.wait(lambda: card.job.worker.items is not None)
    user.click(card.cancel_button)
    assert card.text.text() == "Stopping…"
    user.wait_for_job()
    assert card.job.worker.state == JobState.CANCELLED
    assert card.title.text() == "Creating big.tar.zst was cancelled"
    assert not target.exists()
    assert {path.name for path in big.parent.iterdir()} == {"big", "config", "home"}


def test_a_job_can_be_paused_and_goes_on(user: User, photos: Path) -> None:
    target = user.start_to_create(photos)
    card = user.latest()
    user.click(card.pause_button)  # before its process has even begun
    assert card.pause_button.accessibleName() == "Resume"
    for _ in range(10):
        with user.qtbot.waitSignal(card.job.sampled):
            pass
    assert card.job.running
    assert not target.exists()
    user.click(card.pause_button)
    user.wait_for_job()
    assert target.exists()


def test_files_in_work_stand_on_top(user: User, big: Path) -> None:
    user.start_to_create(big, preset="best")
    card = user.latest()
    user.wait(lambda: card.model.rowCount() == 6)
    user.click(card.files.chips[Shown.ACTIVE])
    user.wait(lambda: card.model.rowCount() < 6 or not card.job.running)
    user.click(card.files.chips[Shown.ALL])
    assert card.model.rowCount() == 6
    user.click(card.cancel_button)
    user.wait_for_job()


def test_closing_asks_and_can_be_taken_back(user: User, big: Path) -> None:
    user.start_to_create(big, preset="best")
    user.window.close()
    question = user.dialog(QuestionDialog)
    assert question.windowTitle() == "1 job still running"
    user.click(question.no_button)
    assert user.window.isVisible()
    assert user.latest().job.running
    user.click(user.latest().cancel_button)
    user.wait_for_job()


def test_closing_cancels_and_waits_for_the_end(user: User, big: Path) -> None:
    target = user.start_to_create(big, preset="best")
    worker = user.latest().job.worker
    user.press("Ctrl+Q")
    user.click(user.dialog(QuestionDialog).yes_button)
    user.wait(lambda: not user.window.isVisible())
    assert worker.join(0)
    assert worker.state == JobState.CANCELLED
    assert not target.exists()


def test_results_stay_until_dismissed(user: User, photos: Path) -> None:
    user.create(photos, "one")
    user.create(photos, "two")
    panel = user.window.jobs_panel
    assert [card.title.text() for card in panel.cards()] == [
        "two.tar.zst created",
        "one.tar.zst created",
    ]
    assert panel.cards()[1].files.isHidden()
    for card in panel.cards():
        user.click(card.dismiss_button)
    assert not panel.isVisible()


def test_many_short_jobs_all_end(user: User, tmp_path: Path) -> None:
    source = tmp_path / "small.txt"
    source.write_text("hello")
    for number in range(12):
        user.start_to_create(source, f"number {number}")
    user.wait(user.window.bridge.is_idle)
    assert all((tmp_path / f"number {n}.tar.zst").exists() for n in range(12))

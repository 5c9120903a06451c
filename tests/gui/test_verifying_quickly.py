"""Quick verification in the window: never green, and in the background if it is wanted."""

from pathlib import Path

import pytest

from tests.gui.user import User
from zpack.jobs import PartState
from zpack.operations import Depth, Proof
from zpack_gui.models.recents import RecentArchives, identity
from zpack_gui.models.settings import remember, remembered


def quickly(user: User) -> None:
    user.window.actions_.verify_quickly.trigger()
    user.wait_for_job()


def test_intact_is_not_green(user: User, photos: Path) -> None:
    user.open(user.create(photos))
    quickly(user)
    window = user.window
    assert window.archive_status.proof.text() == "Intact, verified quickly today"
    assert window.archive_status.proof.property("role") == "muted"
    card = user.latest()
    assert card.title.text() == "photos.tar.zst is intact: it is as it was written"
    states = {card.model.index(row, 2).data() for row in range(card.model.rowCount())}
    assert states <= {"As written"}


def test_what_was_proven_stays_proven_when_it_is_found_intact(user: User, photos: Path) -> None:
    user.open(user.create(photos))
    user.verify()
    quickly(user)
    status = user.window.archive_status
    assert status.proof.text() == "Proven, verified today"
    assert status.proof.property("role") == "good"


def test_damage_found_quickly_counts_for_more_than_an_old_proof(user: User, photos: Path) -> None:
    archive = user.create(photos)
    user.open(archive)
    user.verify()
    data = bytearray(archive.read_bytes())
    data[500] ^= 1
    with open(archive, "r+b") as file:
        file.write(data)
    user.press("F5")
    user.wait(lambda: user.window.archive_status.proof.text() == "Not verified yet")
    quickly(user)
    assert user.window.archive_status.proof.text() == "Damaged, verified quickly today"
    assert PartState.DAMAGED in user.latest().job.worker.frame_states


def test_recents_keep_both_dates(tmp_path: Path, theme: object) -> None:
    archive = tmp_path / "a.tar.zst"
    archive.write_bytes(b"one")
    was = identity(str(archive))
    assert was is not None
    recents = RecentArchives()
    recents.verified(str(archive), 1000, Proof.PROVEN, was)
    recents.verified(str(archive), 2000, Proof.INTACT, was)
    known = recents.get(str(archive))
    assert known is not None
    assert (known.finding(was), known.verified, known.intact) == (Proof.PROVEN, 1000, 2000)
    archive.write_bytes(b"other")
    now = identity(str(archive))
    assert now is not None
    recents.verified(str(archive), 3000, Proof.INTACT, now)
    known = recents.get(str(archive))
    assert known is not None
    assert (known.finding(now), known.verified) == (Proof.INTACT, 3000)
    recents.verified(str(archive), 4000, Proof.DAMAGED, now)
    known = recents.get(str(archive))
    assert known is not None
    assert (known.finding(now), known.intact) == (Proof.DAMAGED, 0)


def test_opening_checks_nothing_unless_it_is_wanted(user: User, photos: Path) -> None:
    user.open(user.create(photos))
    assert not user.window.actions_.check_opened.isChecked()
    assert user.window.archive_status.proof.text() == "Not verified yet"
    assert user.window.bridge.running_jobs() == []


@pytest.fixture
def checking(user: User) -> User:
    user.window.actions_.check_opened.setChecked(True)
    assert remembered("verify/when-opened", "") == "quick"
    return user


def test_opening_checks_in_the_background_once_a_day(checking: User, photos: Path) -> None:
    user = checking
    user.open(user.create(photos))
    cards = len(user.window.jobs_panel.cards())
    status = user.window.archive_status.proof
    user.wait(lambda: status.text() == "Intact, verified quickly today")
    assert len(user.window.jobs_panel.cards()) == cards
    user.press("F5")
    user.wait(lambda: user.window.session.archive is not None)
    assert user.window.bridge.running_jobs() == []
    user.window.actions_.check_opened.setChecked(False)
    assert remembered("verify/when-opened", "quick") == ""


def test_damage_found_in_the_background_is_said(checking: User, photos: Path) -> None:
    user = checking
    archive = user.create(photos)
    data = bytearray(archive.read_bytes())
    data[500] ^= 1
    archive.write_bytes(data)
    user.open(archive)
    user.wait(user.window.browser.message.isVisible)
    assert user.window.browser.message.tone == "bad"
    assert user.window.archive_status.proof.text() == "Damaged, verified quickly today"


def test_closing_the_archive_ends_its_check(checking: User, photos: Path) -> None:
    user = checking
    user.open(user.create(photos))
    user.window.session.close()
    user.wait(user.window.bridge.is_idle)
    remember("verify/when-opened", "")
    assert not user.window.archive_status.proof.isVisible()


def test_the_setting_lasts(user: User, photos: Path, checking: User) -> None:
    from zpack_gui.windows.main_window import MainWindow

    other = MainWindow()
    assert other.actions_.check_opened.isChecked()
    other.bridge.shut_down()
    other.close()
    other.deleteLater()


def test_trying_again_keeps_the_depth(user: User, photos: Path) -> None:
    archive = user.create(photos)
    user.open(archive)
    archive.write_bytes(b"not an archive at all")
    quickly(user)
    user.click(user.result_button("Try again…"))
    user.wait_for_job()
    assert user.latest().job.request.depth is Depth.QUICK

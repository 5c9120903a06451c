"""Damage is shown: which files, where, and for as long as the file stays the same."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tests.gui.user import User
from zpack.jobs import Outcome
from zpack.operations import Proof
from zpack_gui.dialogs.verify_dialog import VerifyDialog
from zpack_gui.models.order import Column
from zpack_gui.models.recents import RecentArchives, identity


@pytest.fixture
def damaged(user: User, photos: Path) -> Path:
    """An archive with one byte flipped in the data of a file."""
    (photos / "random.bin").write_bytes(os.urandom(100_000))
    archive = user.create(photos)
    data = bytearray(archive.read_bytes())
    data[50_000] ^= 1
    archive.write_bytes(data)
    return archive


def test_damage_is_shown_where_it_is(user: User, damaged: Path) -> None:
    user.open(damaged)
    card = user.verify()
    window = user.window
    assert card.job.worker.report.proof == Proof.DAMAGED
    assert window.archive_status.proof.text() == "Damaged, verified today"
    assert window.browser.message.tone == "bad"
    assert "damaged" in window.browser.message.title.text()
    window.browser.show_folder(1)
    model = window.browser.model
    states = {
        name: model.index(row, Column.STATE).data() for row, name in enumerate(user.shown_names())
    }
    assert states["random.bin"] == "Damaged"
    assert Outcome.DAMAGED in card.job.worker.outcomes


def message_button(user: User, text: str) -> QAbstractButton:
    found = [each for each in user.window.browser.message.buttons() if each.text() == text]
    assert found, [each.text() for each in user.window.browser.message.buttons()]
    return found[0]


def test_only_damaged_files_are_shown_if_that_is_wanted(user: User, damaged: Path) -> None:
    user.open(damaged)
    user.verify()
    window = user.window
    user.click(message_button(user, "Show only damaged files"))
    assert user.shown_names() == ["photos"]
    window.browser.show_folder(1)
    shown = user.shown_names()
    assert "random.bin" in shown
    model = window.browser.model
    assert {model.index(row, Column.STATE).data() for row in range(len(shown))} <= {
        "Damaged",
        "Damage inside",
    }
    model.sort(Column.SIZE, Qt.SortOrder.DescendingOrder)
    assert sorted(user.shown_names()) == sorted(shown)
    window.browser.view.selectAll()
    members = tuple(f"photos/{name}" for name in user.shown_names())
    assert window.starter._selected_members() == members
    empty = window.browser.archive.listing.find(b"photos/empty")
    window.browser.show_folder(empty)
    window.browser.go_up()
    user.click(message_button(user, "Show all files"))
    assert len(user.shown_names()) == len(model.rows()) > len(shown)
    user.click(message_button(user, "Show only damaged files"))
    user.click(window.browser.message.close_button)  # and the button with it
    assert len(user.shown_names()) == len(model.rows())


def test_the_report_names_the_file_and_can_be_copied(user: User, damaged: Path) -> None:
    user.open(damaged)
    user.click(user.window.archive_status.proof)  # nothing is known yet, so it verifies
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    user.wait_for_job()
    user.click(user.window.archive_status.proof)
    dialog = user.dialog(VerifyDialog)
    assert dialog.title.text() == "Damaged"
    names = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    assert "photos/random.bin" in names
    user.click(dialog.copy_button)
    user.click(user.result_button("Show report"))


def test_a_finding_lasts_as_long_as_the_file_stays_the_same(user: User, photos: Path) -> None:
    archive = user.create(photos)
    user.open(archive)
    user.verify()
    user.press("Ctrl+W")
    rows = user.window.start_page.recent_list.rows()
    assert rows[0].accessibleName() == "photos.tar.zst, Proven, verified today"
    user.click(rows[0])
    status = user.window.archive_status
    user.wait(lambda: user.window.session.archive is not None)
    assert status.proof.text() == "Proven, verified today"
    os.utime(archive, ns=(1, 1))
    user.press("F5")
    user.wait(lambda: status.proof.text() == "Not verified yet")


def test_a_lost_proof_is_said_before_anybody_asks(user: User, photos: Path) -> None:
    archive = user.create(photos)
    archive.write_bytes(archive.read_bytes()[:-60])
    user.open(archive)
    window = user.window
    assert window.browser.message.isVisible()
    assert window.browser.message.tone == "attention"
    assert window.archive_status.proof.property("role") == "attention"
    card = user.verify()
    assert card.job.worker.report.proof in (Proof.PROOF_LOST, Proof.DAMAGED)
    assert window.archive_status.proof.property("role") != "good"


def test_recents_forget_what_was_found_of_another_file(tmp_path: Path, theme: object) -> None:
    archive = tmp_path / "a.tar.zst"
    archive.write_bytes(b"one")
    was = identity(str(archive))
    assert was is not None
    recents = RecentArchives()
    recents.verified(str(archive), 1_700_000_000, Proof.PROVEN, was)
    known = recents.get(str(archive))
    assert known is not None
    assert known.finding(identity(str(archive))) == Proof.PROVEN
    archive.write_bytes(b"other")
    assert known.finding(identity(str(archive))) is None

"""The file of the open archive is changed, replaced or removed by somebody else."""

import os
from pathlib import Path

import pytest

from tests.gui.user import User
from zpack_gui.models.order import Column


@pytest.fixture
def proven(user: User, photos: Path) -> Path:
    """Open, and verified in this session."""
    archive = user.create(photos)
    user.open(archive)
    user.verify()
    assert user.window.archive_status.proof.property("role") == "good"
    return archive


def test_what_was_replaced_is_no_longer_proven(user: User, proven: Path, photos: Path) -> None:
    other = photos.parent / "other.tar.zst"
    (photos / "more.txt").write_text("more")
    user.create(photos, "other")
    os.replace(other, proven)
    message = user.window.browser.message
    user.wait(lambda: message.title.text() == "This archive has changed on the disk")
    status = user.window.archive_status
    assert (status.proof.text(), status.proof.property("role")) == (
        "Changed since it was opened",
        "attention",
    )
    assert user.window.browser.view.isColumnHidden(Column.STATE)
    user.press("F5")
    user.wait(lambda: user.window.session.archive is not None)
    assert message.isHidden()
    assert status.totals.text().startswith("16 files")


def test_what_changed_is_read_again_with_its_button(user: User, proven: Path) -> None:
    os.utime(proven, ns=(0, 0))
    bar = user.window.browser.message
    user.wait(bar.isVisible)
    user.click(bar.buttons()[0])
    user.wait(lambda: user.window.session.archive is not None)
    assert bar.isHidden()
    assert user.window.archive_status.proof.text() == "Not verified yet"


def test_what_is_gone_is_said_to_be_gone(user: User, proven: Path) -> None:
    proven.unlink()
    bar = user.window.browser.message
    user.wait(lambda: bar.title.text() == "This archive is no longer there")
    assert not bar.buttons()
    assert user.shown_names() == ["photos"]


def test_a_finding_is_not_shown_for_rows_of_another_state(user: User, proven: Path) -> None:
    os.utime(proven, ns=(0, 0))
    user.wait(user.window.browser.message.isVisible)
    user.verify()
    assert user.window.archive_status.proof.text() == "Changed since it was opened"


def test_own_replacements_are_read_again(user: User, proven: Path, photos: Path) -> None:
    (photos / "more.txt").write_text("more")
    target = user.start_to_replace(photos)
    assert target == proven
    user.wait_for_job()
    user.wait(lambda: user.window.archive_status.totals.text().startswith("16 files"))
    assert user.window.browser.message.isHidden()

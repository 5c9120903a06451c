"""A question about a limit in the window."""

from pathlib import Path

import pytest

from tests.gui.user import User
from zpack.jobs import JobState, Limit, LimitQuestion
from zpack.operations import ExtractRequest, Limits
from zpack_gui.dialogs.limit_dialog import LimitDialog


@pytest.fixture
def archive(user: User, photos: Path) -> Path:
    return user.create(photos)


@pytest.mark.parametrize("allow", [True, False])
def test_asked_and_answered(user: User, archive: Path, tmp_path: Path, allow: bool) -> None:
    request = ExtractRequest(str(archive), str(tmp_path / "out"), limits=Limits(entries=2))
    job = user.window.starter.start(request)
    dialog = user.dialog(LimitDialog)
    user.click(dialog.yes_button if allow else dialog.no_button)
    user.wait_for_job()
    assert job.worker.state == (JobState.DONE if allow else JobState.FAILED)
    assert (tmp_path / "out").exists() == allow


def test_every_limit_has_words(qtbot) -> None:
    for limit in Limit:
        dialog = LimitDialog(LimitQuestion("/a\x1b<b>.tar.zst", limit, 90_000, 4000))
        qtbot.addWidget(dialog)
        assert "%" not in dialog.windowTitle()
        assert "\x1b" not in dialog.windowTitle()

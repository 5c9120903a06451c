"""A real tree by way of the window: dropped, created, extracted, and compared by other programs."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.real_tree import grow_tree
from tests.gui.user import User
from zpack_gui.dialogs.extract_dialog import ExtractDialog


@pytest.fixture
def real_tree(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "tree"
    grow_tree(root)
    yield root
    subprocess.run(["chmod", "-R", "u+rwX", str(tmp_path)], check=True)


@pytest.mark.timeout(300)
def test_created_and_extracted_by_the_window(user: User, real_tree: Path, tmp_path: Path) -> None:
    target = user.create(real_tree)
    assert target.stat().st_size > 10 << 20
    user.click(user.result_button("Open archive"))
    user.wait(lambda: user.window.session.archive is not None)
    user.press("Ctrl+Shift+E")
    dialog = user.dialog(ExtractDialog)
    dialog.place.line.clear()
    user.qtbot.keyClicks(dialog.place.line, str(tmp_path / "out"))
    user.click(dialog.extract_button)
    card = user.wait_for_job()
    assert card.job.worker.report.problems == ()
    extracted = tmp_path / "out" / "tree"
    ours, theirs = f"{real_tree}/", f"{extracted}/"
    assert said("rsync", "-nciaH", "--delete", ours, theirs) == b""
    assert said("diff", "-r", "--no-dereference", ours, theirs) == b""
    assert found_in(ours) == found_in(theirs)


def said(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def found_in(folder: str) -> list[bytes]:
    """Name, kind, mode, time to the nanosecond, link target and number of names, by ``find``."""
    return sorted(said("find", folder, "-printf", "%P %y %m %T@ %l %n\\0").split(b"\0"))

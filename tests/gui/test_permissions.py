"""What an ordinary user may not do is said, by name. Root may do everything, so these tests
give up its rights for as long as they run; workers are started without them, too."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.people import NOBODY, public_folder, remove_folder
from tests.gui.user import User
from zpack_gui.dialogs.create_dialog import CreateDialog


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of an ordinary user, and this process that user."""
    made = public_folder()
    was_root = os.geteuid() == 0
    if was_root:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    yield made
    if was_root:
        os.seteuid(0)
        os.setegid(0)
    remove_folder(made)


@pytest.fixture
def letters(folder: Path) -> Path:
    """Two files, one of which may not be read."""
    made = folder / "letters"
    made.mkdir()
    (made / "open.txt").write_text("hello")
    (made / "secret.txt").write_text("hush")
    (made / "secret.txt").chmod(0)
    return made


def test_a_file_that_may_not_be_read_is_named(user: User, letters: Path) -> None:
    user.create(letters)
    card = user.latest()
    assert card.title.text() == "letters.tar.zst created, but not whole"
    problems = card.files.problems
    row = [problems.index(0, column).data() for column in range(3)]
    assert row[0].endswith("secret.txt")
    assert row[1:] == ["Could not be read", "You do not have permission."]


def test_an_archive_that_may_not_be_read_says_so(user: User, letters: Path) -> None:
    target = user.create(letters)
    target.chmod(0)
    user.drop(target)
    state = user.window.browser.state
    user.wait(lambda: "you do not have permission" in state.text.text())


def test_a_folder_that_may_not_be_written_to_says_so(user: User, letters: Path) -> None:
    closed = letters.parent / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    user.drop(letters)
    dialog = user.dialog(CreateDialog)
    dialog.place.set_place(str(closed))
    user.click(dialog.create_button)
    user.wait(user.window.jobs_panel.cards)
    card = user.wait_for_job()
    assert card.title.text() == "The archive cannot be saved there"
    assert list(closed.iterdir()) == []


def test_the_archive_is_not_put_where_it_may_not_be(user: User, letters: Path) -> None:
    letters.parent.chmod(0o555)
    user.drop(letters)
    assert Path(user.dialog(CreateDialog).target()).parent == Path.home()
    letters.parent.chmod(0o755)

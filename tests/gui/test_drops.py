"""What a drop means: said while it hangs, done when it falls."""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tests.gui.user import User
from zpack.errors import NotAnArchive
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.question_dialog import QuestionDialog

ZIP = b"PK\x05\x06" + bytes(18)


def test_folders_say_how_many_there_are(user: User, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    area = user.window.start_page.drop_area
    kept = user.drag_over(*folders)
    assert area.title.text() == "Compress 3 folders"
    user.drag_away()
    assert area.title.text() == "Drop files to compress, or an archive to open"
    assert kept.hasUrls()


def test_an_archive_says_that_it_opens_and_does(user: User, photos: Path) -> None:
    archive = user.create(photos)
    kept = user.drag_over(archive)
    assert user.window.start_page.drop_area.title.text() == "Open photos.tar.zst"
    assert kept.hasUrls()
    user.open(archive)
    assert user.shown_names() == ["photos"]


def test_an_archive_opens_whatever_it_is_called(user: User, photos: Path) -> None:
    archive = user.create(photos)
    renamed = archive.rename(archive.with_name("what is this"))
    user.open(renamed)
    assert user.shown_names() == ["photos"]


def test_a_zip_is_named_and_can_be_compressed_instead(user: User, tmp_path: Path) -> None:
    archive = tmp_path / "old.zip"
    archive.write_bytes(ZIP)
    user.drop(archive)
    question = user.dialog(QuestionDialog)
    assert question.windowTitle() == "zpack cannot open zip archives yet"
    user.click(question.yes_button)
    dialog = user.dialog(CreateDialog)
    assert dialog.sources.paths() == (str(archive),)


def test_a_zip_can_be_left_alone(user: User, tmp_path: Path) -> None:
    archive = tmp_path / "old.zip"
    archive.write_bytes(ZIP)
    user.drop(archive)
    question = user.dialog(QuestionDialog)
    user.press("Escape", question)
    assert not user.has_dialog(CreateDialog)


@pytest.mark.parametrize(
    ("content", "title"),
    [(b"", "This file is empty"), (b"not at all", "This file is not an archive")],
)
def test_what_is_called_an_archive_but_is_none_says_so(
    user: User, tmp_path: Path, content: bytes, title: str
) -> None:
    broken = tmp_path / "broken.tar.zst"
    broken.write_bytes(content)
    user.drop(broken)
    state = user.window.browser.state
    user.wait(lambda: state.title.text() == title)
    assert "broken.tar.zst" in state.text.text()
    assert not user.window.actions_.verify.isEnabled()


def test_an_error_can_be_copied(user: User, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.zst"
    broken.write_bytes(b"not at all")
    user.drop(broken)
    state = user.window.browser.state
    user.wait(lambda: state.title.text() == "This file is not an archive")
    buttons = {button.text(): button for button in state.findChildren(QPushButton)}
    user.click(buttons["Copy details"])
    assert NotAnArchive(str(broken)).details in QGuiApplication.clipboard().text()


def test_files_and_folders_go_to_create(user: User, tmp_path: Path) -> None:
    paths = (tmp_path / "a.txt", tmp_path / "b")
    paths[0].write_text("hello")
    paths[1].mkdir()
    user.drop(*paths)
    dialog = user.dialog(CreateDialog)
    assert dialog.sources.paths() == tuple(map(str, paths))
    assert Path(dialog.target()) == tmp_path / f"{tmp_path.name}.tar.zst"


def test_a_pipe_is_not_waited_for(user: User, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    user.drop(pipe)
    assert user.dialog(CreateDialog).sources.paths() == (str(pipe),)


def test_over_an_open_archive_the_whole_page_says_it(user: User, photos: Path) -> None:
    user.open(user.create(photos))
    kept = user.drag_over(photos)
    areas = user.window.pages.findChildren(type(user.window.start_page.drop_area))
    shown = [area for area in areas if area.isVisible()]
    assert [area.title.text() for area in shown] == ["Compress photos"]
    user.drag_away()
    assert not shown[0].isVisible()
    assert kept.hasUrls()

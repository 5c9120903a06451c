"""The window in tests: offscreen, with settings of its own, and nothing left running."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.user import User
from zpack_gui.app import prepare
from zpack_gui.look.theme import Theme
from zpack_gui.windows.main_window import MainWindow

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says this of every dialog; nothing is wrong with them."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the window remembers goes into the test's folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The application as the program prepares it."""
    return prepare(qapp, Qt.ColorScheme.Light)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[MainWindow]:
    """A window, shown; its jobs are stopped in the end."""
    made = MainWindow()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.shut_down()
    made.close()
    made.deleteLater()


@pytest.fixture
def user(window: MainWindow, qtbot: QtBot) -> User:
    """Somebody in front of it."""
    return User(window, qtbot)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with a little of everything."""
    root = tmp_path / "photos"
    (root / "2026" / "may").mkdir(parents=True)
    (root / "empty").mkdir()
    for number in range(12):
        (root / "2026" / "may" / f"photo {number}.jpg").write_bytes(bytes([number]) * 5000)
    (root / "notes.txt").write_text("Some text.\n" * 2000, encoding="utf-8")
    (root / "2026" / "grüße & co.txt").write_text("hello", encoding="utf-8")
    (root / "link").symlink_to("notes.txt")
    return root

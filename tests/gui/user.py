"""What somebody does with mouse and keys, through real widgets and real events."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from zpack.jobs import JobState
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.widgets.job_card import JobCard
from zpack_gui.windows.main_window import MainWindow

Dialog = TypeVar("Dialog", bound=QDialog)
PATIENCE_MS = 30_000


class User:
    """Waits for what is to be seen, never for time to pass."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    # Mouse and keys

    def click(self, button: QAbstractButton) -> None:
        """With the mouse, and only if it can be."""
        self.wait(button.isVisible)
        assert button.isEnabled(), f"{button.text()!r} is disabled"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        """A key or shortcut, such as ``Ctrl+N``."""
        if widget is None:
            # A window manager does this when a dialog closes; offscreen there is none.
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow)
        self.qtbot.keySequence(widget or self.window, keys)

    def drag_over(self, *paths: Path) -> QMimeData:
        """Files come over the window. Keep what is returned until they are dropped or gone."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        middle = QPoint(self.window.width() // 2, self.window.height() // 2)
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(middle, copy, data, left, none)
            QApplication.sendEvent(self.window, event)
            assert event.isAccepted()
        return data

    def drag_away(self) -> None:
        """They leave it again."""
        QApplication.sendEvent(self.window, QDragLeaveEvent())

    def drop(self, *paths: Path) -> None:
        """Files are dropped on the window."""
        data = self.drag_over(*paths)
        middle = QPointF(self.window.width() / 2, self.window.height() / 2)
        event = QDropEvent(
            middle,
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.window, event)
        assert event.isAccepted()

    # What is seen

    def wait(self, condition: Callable[[], object]) -> None:
        """Until it is so."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def dialog(self, kind: type[Dialog]) -> Dialog:
        """The dialog of a kind, as soon as it is shown."""
        found: list[Dialog] = []

        def shown() -> bool:
            found[:] = [d for d in self.window.findChildren(kind) if d.isVisible()]
            return bool(found)

        self.wait(shown)
        return found[0]

    def has_dialog(self, kind: type[QDialog]) -> bool:
        """Whether one is shown now."""
        return any(dialog.isVisible() for dialog in self.window.findChildren(kind))

    def latest(self) -> JobCard:
        """The card of the job started last."""
        return self.window.jobs_panel.cards()[0]

    def wait_for_job(self) -> JobCard:
        """Until the latest job has ended, and the window has said so."""
        card = self.latest()
        self.wait(card.dismiss_button.isVisible)
        assert card.job.worker.state != JobState.RUNNING
        return card

    def result_button(self, text: str) -> QAbstractButton:
        """A button of the latest job's result."""
        found = [b for b in self.latest().findChildren(QAbstractButton) if b.text() == text]
        assert found, f"no button {text!r}"
        return found[0]

    def shown_names(self) -> list[str]:
        """The browser's rows, top to bottom."""
        model = self.window.browser.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    # Whole jobs

    def create(self, source: Path, name: str = "", preset: str = "") -> Path:
        """Drop a folder, make an archive of it with the dialog, and wait for it."""
        target = self.start_to_create(source, name, preset)
        self.wait_for_job()
        assert target.exists()
        return target

    def start_to_create(self, source: Path, name: str = "", preset: str = "") -> Path:
        """The same, without waiting."""
        self.drop(source)
        dialog = self.dialog(CreateDialog)
        if name:
            dialog.name.clear()
            self.qtbot.keyClicks(dialog.name, name)
        if preset:
            self.click(dialog.presets.cards[preset])
        target = Path(dialog.target())
        before = len(self.window.jobs_panel.cards())
        self.click(dialog.create_button)
        self.wait(lambda: len(self.window.jobs_panel.cards()) > before)
        return target

    def start_to_replace(self, source: Path) -> Path:
        """Make an archive over one that exists, and say that this is meant."""
        self.drop(source)
        dialog = self.dialog(CreateDialog)
        target = Path(dialog.target())
        before = len(self.window.jobs_panel.cards())
        self.click(dialog.create_button)
        self.click(self.dialog(QuestionDialog).yes_button)
        self.wait(lambda: len(self.window.jobs_panel.cards()) > before)
        return target

    def open(self, archive: Path) -> None:
        """Drop an archive and wait until it is shown."""
        self.drop(archive)
        self.wait(lambda: self.window.session.archive is not None)

    def verify(self) -> JobCard:
        """Verify the open archive with the button."""
        self.click(self.window.toolbar.verify_button)
        return self.wait_for_job()

"""The line from threads to the window: nothing lost, nothing left, nothing swallowed."""

import sys
import threading

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.user import User
from zpack.errors import NotAnArchive
from zpack.jobs import Control
from zpack_gui.dialogs.explanation_dialog import ExplanationDialog
from zpack_gui.jobs.background import Background
from zpack_gui.jobs.bridge import JobBridge
from zpack_gui.windows.unexpected import Unexpected


class Emitter(QObject):
    """What one release of Qt for Python could not do more than some hundred times."""

    said = Signal(bool, object)


def test_5000_signals_arrive(qtbot: QtBot) -> None:
    emitter, heard = Emitter(), []
    emitter.said.connect(lambda flag, number: heard.append((flag, number)))
    for number in range(5000):
        emitter.said.emit(True, 5_000_000_000 + number)
    assert heard[-1] == (True, 5_000_004_999)
    assert len(heard) == 5000


def test_results_arrive_in_the_gui_thread(qtbot: QtBot) -> None:
    bridge, heard = JobBridge(), []
    for number in range(50):
        task = bridge.run(lambda _control, number=number: number)
        task.done.connect(lambda result: heard.append((result, threading.current_thread())))
    with qtbot.waitSignal(bridge.idle):
        pass
    assert sorted(result for result, _ in heard) == list(range(50))
    assert {thread for _, thread in heard} == {threading.main_thread()}
    assert threading.active_count() == 1 or not any(
        thread.name.startswith("zpack-") for thread in threading.enumerate()
    )


def test_faults_are_explained(qtbot: QtBot) -> None:
    def refuse(_control: Control) -> None:
        raise NotAnArchive("/x")

    bridge = JobBridge()
    task = bridge.run(refuse)
    with qtbot.waitSignal(task.failed) as failed:
        pass
    assert failed.args is not None
    assert failed.args[0].code == "not-an-archive"
    bridge.shut_down()


def test_nothing_is_heard_of_what_is_no_longer_wanted(qtbot: QtBot) -> None:
    bridge, heard = JobBridge(), []
    go = threading.Event()
    task: Background = bridge.run(lambda _control: go.wait(30))
    task.done.connect(heard.append)
    task.cancel()
    go.set()
    with qtbot.waitSignal(bridge.idle):
        pass
    assert heard == []


def test_the_timer_rests_while_nothing_runs(user: User) -> None:
    assert user.window.bridge.is_idle()
    assert not user.window.bridge.is_sampling()


def test_an_exception_in_a_slot_is_shown(
    user: User, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: object
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    unexpected = Unexpected(qapp)
    unexpected.install()
    try:
        raise ZeroDivisionError("nobody thought of it")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    shown = [w for w in qapp.topLevelWidgets() if isinstance(w, ExplanationDialog)]
    assert any("nobody thought of it" in dialog.details.text() for dialog in shown)
    for dialog in shown:
        dialog.close()


def test_what_goes_wrong_again_and_again_is_shown_once(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: object
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    unexpected = Unexpected(qapp)
    unexpected.install()
    for _ in range(3):
        unexpected.tell(KeyError, KeyError("again"), None)
    shown = [w for w in qapp.topLevelWidgets() if isinstance(w, ExplanationDialog)]
    open_now = [dialog for dialog in shown if dialog.isVisible()]
    assert len(open_now) == 1
    open_now[0].close()


def test_a_mistake_on_a_thread_is_said_once_and_the_bridge_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slip(_control: Control) -> None:
        raise KeyError("nobody thought of it")

    said: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: said.append(what[1]))
    bridge, explained = JobBridge(), []
    task = bridge.run(slip)
    task.failed.connect(explained.append)
    with qtbot.waitSignal(bridge.idle):
        pass
    assert len(said) == 1
    assert [each.code for each in explained] == ["unexpected"]
    assert not bridge.is_sampling()

"""Sources and problems."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from zpack.errors import EntryDamaged, EntryUnreadable
from zpack_gui.models.problems_model import ProblemsModel
from zpack_gui.models.sources_model import SourcesModel

_FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture(autouse=True)
def looks(theme: object, qtbot: QtBot) -> None:
    """Icons and colours need an application."""


def test_sources_are_there_once_and_can_go() -> None:
    model = SourcesModel()
    tester = QAbstractItemModelTester(model, _FATAL)
    assert model.add(("/a", "/b", "/a")) == ("/a", "/b")
    assert model.add(("/b", "/c")) == ("/c",)
    counted = model.counted("/b")
    assert counted is not None
    counted.bytes, counted.files = 5, 2
    model.tell_counts()
    assert model.index(1, 1).data() == "2 files"
    assert model.index(1, 2).data() == "5 bytes…"
    assert not model.total().finished
    model.remove([0, 2])
    assert model.paths() == ("/b",)
    assert model.counted("/a") is None
    assert tester.model() is model


def test_problems_say_file_what_and_why() -> None:
    problems = (
        EntryUnreadable("/etc/\x1b[31mshadow", "you do not have permission").explain(),
        EntryDamaged("a.txt", "its content is not what was put in").explain(),
    )
    model = ProblemsModel()
    tester = QAbstractItemModelTester(model, _FATAL)
    model.set_problems(problems)
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(2)]
    assert cells == [
        [r"/etc/\x1b[31mshadow", "Could not be read", "You do not have permission."],
        ["a.txt", "Damaged", "Its content is not what was put in."],
    ]
    assert model.as_text().count("\n") == 1
    assert tester.model() is model

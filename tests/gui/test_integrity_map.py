"""The map: what is painted, pointing at it, and the keys."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.gui.user import User
from zpack.jobs import PartState
from zpack_gui.dialogs.verify_dialog import VerifyDialog
from zpack_gui.look.theme import Theme, colour
from zpack_gui.models.frame_cells import Cell
from zpack_gui.widgets.integrity_map import IntegrityMap, cell_colour
from zpack_gui.widgets.job_card import JobCard


def shown(qtbot: QtBot, states: bytearray, width: int = 220, height: int = 66) -> IntegrityMap:
    made = IntegrityMap()
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show_states(states)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour_at(made: IntegrityMap, cell: int) -> QColor:
    image = made.grab().toImage()
    scale = image.devicePixelRatio()
    point = made._rect(cell).topLeft() + QPoint(2, 2)
    return image.pixelColor(int(point.x() * scale), int(point.y() * scale))


def test_cells_have_the_colours_of_their_states(qtbot: QtBot, theme: Theme) -> None:
    states = bytearray([PartState.GOOD, PartState.DAMAGED, PartState.WAITING, PartState.REPAIRED])
    made = shown(qtbot, states)
    found = [colour_at(made, cell) for cell in range(4)]
    cells = (Cell.GOOD, Cell.DAMAGED, Cell.WAITING, Cell.REPAIRED)
    assert found == [cell_colour(cell, "good") for cell in cells]
    assert found[0] == colour("good")
    states[2] = PartState.GOOD
    made.look_at([2])
    assert colour_at(made, 2) == colour("good")


def test_what_is_not_proven_is_not_green(qtbot: QtBot, theme: Theme) -> None:
    made = shown(qtbot, bytearray([PartState.GOOD]))
    made.show_states(made.cells.states, "muted")
    assert colour_at(made, 0) not in (colour("good"), colour("line"))


def test_pointing_and_keys(qtbot: QtBot, theme: Theme) -> None:
    states = bytearray([PartState.GOOD] * 25)
    states[17] = PartState.DAMAGED
    made = shown(qtbot, states)
    heard: list[range | None] = []
    made.pointed.connect(heard.append)
    qtbot.mouseMove(made, QPoint(30, 30))  # second row, second column of ten
    assert heard[-1] == range(11, 12)
    qtbot.mouseMove(made, QPoint(215, 60))
    assert heard[-1] is None
    made.setFocus()
    made.go_to_damage()
    assert heard[-1] == range(17, 18)
    keys = Qt.Key
    for key, frame in (
        (keys.Key_Right, 18),
        (keys.Key_Up, 8),
        (keys.Key_Up, 8),
        (keys.Key_Left, 7),
        (keys.Key_Down, 17),
        (keys.Key_End, 24),
        (keys.Key_Right, 24),
        (keys.Key_Home, 0),
    ):
        qtbot.keyClick(made, key)
        assert made.cells.frames(made.current or 0) == range(frame, frame + 1)


def test_a_million_frames_are_painted_in_one_widget(qtbot: QtBot, theme: Theme) -> None:
    states = bytearray([PartState.GOOD]) * 1_000_000
    states[999_999] = PartState.DAMAGED
    made = shown(qtbot, states, 700, 132)
    assert len(made.cells) < 5000
    assert len(made.children()) == 0
    made.go_to_damage()
    assert made.current == len(made.cells) - 1
    assert 999_999 in made.cells.frames(made.current)


def test_another_size_keeps_the_place(qtbot: QtBot, theme: Theme) -> None:
    made = shown(qtbot, bytearray(3000), 300, 60)
    made.go_to(1234)
    assert made.current is not None
    before = made.cells.frames(made.current).start
    made.resize(120, 40)
    assert made.current is not None
    assert before in made.cells.frames(made.current)


def test_sizes_that_fit_nothing(qtbot: QtBot, theme: Theme) -> None:
    made = shown(qtbot, bytearray(9), 3, 3)
    made.grab()
    made.show_states(b"")
    made.grab()
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.current is None


# In the window


@pytest.fixture
def damaged(user: User, tmp_path: Path) -> Path:
    """An archive of a large file and some small ones; the large one's second piece is damaged."""
    root = tmp_path / "photos"
    root.mkdir()
    (root / "film.bin").write_bytes(os.urandom(30 << 20))
    (root / "notes.txt").write_text("notes")
    archive = user.create(root)
    data = bytearray(archive.read_bytes())
    data[10 << 20] ^= 1
    archive.write_bytes(data)
    return archive


def shown_report(user: User) -> VerifyDialog:
    user.click(user.window.archive_status.proof)
    return user.dialog(VerifyDialog)


def test_pointing_tells_what_is_there(user: User, damaged: Path) -> None:
    user.open(damaged)
    card = user.verify()
    dialog = shown_report(user)
    panel = dialog.map
    assert panel.isVisible()
    bad = list(card.job.worker.frame_states).index(PartState.DAMAGED)
    assert panel.legend[PartState.DAMAGED].text.text() == "1 damaged"
    assert not panel.legend[PartState.WAITING].isVisible()
    user.click(panel.next_button)
    assert panel.where.text().startswith(f"Piece {bad + 1} of ")
    assert "damaged" in panel.where.text()
    assert panel.inside.text() == "In it: photos/film.bin"
    assert panel.map.accessibleName() == "Integrity map"
    assert "photos/film.bin" in panel.map.accessibleDescription()
    last = len(card.job.worker.frame_states) - 1
    panel.map.go_to(last)
    assert panel.inside.text() == "No files are in it."


def test_a_file_leads_to_its_place_in_the_map(user: User, damaged: Path) -> None:
    user.open(damaged)
    card = user.verify()
    dialog = shown_report(user)
    row = next(
        row for row in range(dialog.model.rowCount()) if "film" in dialog.model.index(row, 0).data()
    )
    dialog.view.selectRow(row)
    bad = list(card.job.worker.frame_states).index(PartState.DAMAGED)
    assert dialog.map.map.current == dialog.map.map.cells.cell_of(bad)
    affected = dialog.model.index(row, 2).data()
    assert affected.endswith("of 31 MB")
    assert " to " in affected


def test_the_map_is_alive_while_it_runs(user: User, photos: Path) -> None:
    (photos / "film.bin").write_bytes(os.urandom(40 << 20))
    archive = user.create(photos)
    user.open(archive)
    user.click(user.window.toolbar.verify_button)
    user.wait(lambda: len(user.window.jobs_panel.cards()) == 2)
    card: JobCard = user.latest()
    card.job.worker.pause()
    user.click(user.result_button("Show map"))
    dialog = user.dialog(VerifyDialog)
    assert dialog.report is None
    assert dialog.title.text() == "Verifying…"
    card.job.worker.resume()
    user.wait(lambda: dialog.report is not None)
    assert dialog.title.text() == "Proven"
    assert set(dialog.map.map.cells.cells) == {Cell.GOOD}
    user.wait(card.dismiss_button.isVisible)
    labels = [made.text() for made in card._offered]
    assert labels == ["Show report"]


def test_a_dialog_outlives_its_card(user: User, damaged: Path) -> None:
    user.open(damaged)
    card = user.verify()
    dialog = shown_report(user)
    user.click(card.dismiss_button)
    user.wait(lambda: card not in user.window.jobs_panel.cards())
    dialog.map.map.go_to(0)
    assert dialog.map.where.text().startswith("Piece 1 of ")

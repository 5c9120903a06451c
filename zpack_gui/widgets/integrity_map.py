"""The integrity map: each frame of an archive a cell, or each cell some frames."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zpack_gui.look.theme import colour
from zpack_gui.models.frame_cells import Cell, FrameCells

_PITCHES = (22, 18, 16, 14, 12, 10, 9, 8, 7, 6)  # a cell and its gap, in pixels; the largest fits
_CROSSED_FROM = 8  # damage is a shape, too, where there is room for it
_USUAL_WIDTH, _MOST_HEIGHT = 560, 132
_NOTHING = max(Cell) + 1
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def cell_colour(cell: int, good: str) -> QColor:
    """Of a cell; ``good`` is the role of those that are."""
    if cell in (Cell.GOOD, Cell.PARTLY):
        full = colour(good) if good == "good" else _between(colour(good), colour("line"))
        return full if cell == Cell.GOOD else _between(full, colour("line"))
    return colour({Cell.REPAIRED: "accent", Cell.DAMAGED: "bad"}.get(Cell(cell), "line"))


def _between(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )


class IntegrityMap(QWidget):
    """``pointed`` brings the frames (a range) of the cell that the mouse or the keys are at, None
    when they leave. Painted from one byte a cell. GUI thread only."""

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = FrameCells()
        self.current: int | None = None
        self._good = "good"
        self._pitch, self._columns = _PITCHES[0], 1
        self.setAccessibleName(self.tr("Integrity map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # What is shown

    def show_states(self, states: bytes | bytearray, good: str = "good") -> None:
        """Show these frames, which may change later (:meth:`look_at`). ``good`` is the role that
        good ones are painted in: green is only what is proven."""
        self._point(None)
        self.cells.states, self._good = states, good
        self._spread()

    def look_at(self, frames: Iterable[int]) -> None:
        """The states of these have changed."""
        changed = self.cells.look_at(frames)
        if len(changed) > 64:
            self.update()
        else:
            for cell in changed:
                self.update(self._rect(cell))

    def go_to(self, frame: int) -> None:
        """As if pointed at."""
        self._point(self.cells.cell_of(frame) if len(self.cells) else None)

    def go_to_damage(self) -> None:
        """To the next damaged cell."""
        found = self.cells.next_damaged(-1 if self.current is None else self.current)
        if found is not None:
            self._point(found)

    def sizeHint(self) -> QSize:
        """Room for some hundred cells; less if there are fewer."""
        across = max(1, (self.width() or _USUAL_WIDTH) // _PITCHES[0])
        rows = max(1, -(-len(self.cells.states) // across))
        return QSize(_USUAL_WIDTH, min(_MOST_HEIGHT, rows * _PITCHES[0]))

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other cells fit."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        total, width, height = len(self.cells.states), self.width(), self.height()
        at = None if self.current is None else self.cells.frames(self.current).start
        for pitch in _PITCHES:
            self._pitch, self._columns = pitch, max(1, width // pitch)
            most = self._columns * max(1, height // pitch)
            if most >= total:
                break
        self.cells.spread(most)
        self.current = None
        if at is not None:
            self.go_to(at)
        self.updateGeometry()
        self.update()

    def _rect(self, cell: int) -> QRect:
        row, column = divmod(cell, self._columns)
        return QRect(column * self._pitch, row * self._pitch, self._pitch, self._pitch)

    def cell_at(self, position: QPoint) -> int | None:
        """The cell under a point."""
        column, row = position.x() // self._pitch, position.y() // self._pitch
        cell = row * self._columns + column
        inside = 0 <= column < self._columns and 0 <= cell < len(self.cells)
        return cell if inside else None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """One picture of a pixel a cell, enlarged; the gaps; crosses; the cell in focus."""
        del event
        count = len(self.cells)
        if not count:
            return
        painter = QPainter(self)
        rows = -(-count // self._columns)
        area = QRect(0, 0, self._columns * self._pitch, rows * self._pitch)
        painter.drawImage(area, self._image(rows))
        self._paint_gaps(painter, rows, area)
        if self._pitch >= _CROSSED_FROM:
            self._cross_damage(painter)
        if self.current is not None:
            self._paint_current(painter, self._rect(self.current))

    def _image(self, rows: int) -> QImage:
        room = rows * self._columns - len(self.cells)
        pixels = bytes(self.cells.cells) + bytes([_NOTHING]) * room
        kind = QImage.Format.Format_Indexed8
        image = QImage(pixels, self._columns, rows, self._columns, kind)
        table = [cell_colour(cell, self._good).rgba() for cell in Cell]
        image.setColorTable([*table, QColor(0, 0, 0, 0).rgba()])
        return image.copy()  # the bytes end with this call

    def _paint_gaps(self, painter: QPainter, rows: int, area: QRect) -> None:
        gap, ground = self._gap(), self.palette().window().color()
        for column in range(1, self._columns + 1):
            painter.fillRect(column * self._pitch - gap, 0, gap, area.height(), ground)
        for row in range(1, rows + 1):
            painter.fillRect(0, row * self._pitch - gap, area.width(), gap, ground)

    def _gap(self) -> int:
        return 2 if self._pitch > _CROSSED_FROM else 1

    def _cross_damage(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().window().color(), 1.5))
        cell = self.cells.cells.find(Cell.DAMAGED)
        while cell >= 0:
            inset = max(2, self._pitch // 5)
            end = -inset - self._gap()
            box = self._rect(cell).adjusted(inset, inset, end, end)
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.topRight(), box.bottomLeft())
            cell = self.cells.cells.find(Cell.DAMAGED, cell + 1)

    def _paint_current(self, painter: QPainter, box: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("text"), 2))
        painter.drawRect(box.adjusted(0, 0, -self._gap(), -self._gap()))

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a cell."""
        self._point(self.cell_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """What the keys are at stays."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first damage, or the first cell."""
        super().focusInEvent(event)
        if self.current is None and len(self.cells):
            self._point(self.cells.next_damaged(-1) or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Home and End to the first and last."""
        last = len(self.cells) - 1
        key = Qt.Key(event.key())
        if last < 0 or key not in (*_STEPS, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        elif key in _STEPS:
            across, down = _STEPS[key]
            wanted = (self.current or 0) + across + down * self._columns
            self._point(wanted if 0 <= wanted <= last else self.current)
        else:
            self._point(0 if key == Qt.Key.Key_Home else last)

    def _point(self, cell: int | None) -> None:
        if cell == self.current:
            return
        self.current = cell
        self.update()
        self.pointed.emit(None if cell is None else self.cells.frames(cell))

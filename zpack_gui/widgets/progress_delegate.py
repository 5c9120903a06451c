"""Draws a file's progress: a thin bar with the percentage beside it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from zpack_gui.look.theme import colour

_THICK = 4.0
_TEXT_WIDTH = 44


class ProgressDelegate(QStyledItemDelegate):
    """For cells that answer ``role`` with a permille; others are drawn as usual."""

    def __init__(self, role: int) -> None:
        super().__init__()
        self._role = role

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One cell."""
        permille = index.data(self._role)
        if permille is None:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(option.rect).adjusted(8, 0, -10, 0)
        bar = QRectF(
            inside.left(),
            inside.center().y() - _THICK / 2,
            max(0.0, inside.width() - _TEXT_WIDTH),
            _THICK,
        )
        _draw_bar(painter, bar, permille)
        painter.setPen(colour("text"))
        painter.setFont(option.font)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(right), index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()


def _draw_bar(painter: QPainter, bar: QRectF, permille: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("line"))
    painter.drawRoundedRect(bar, _THICK / 2, _THICK / 2)
    done = QRectF(bar)
    done.setWidth(bar.width() * permille / 1000)
    painter.setBrush(colour("accent"))
    painter.drawRoundedRect(done, _THICK / 2, _THICK / 2)

"""What each cell of the browser shows, by role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from zpack.entries import Kind
from zpack.errors import shown
from zpack.jobs import Outcome
from zpack_gui.look.icons import icon
from zpack_gui.look.theme import colour
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.file_types import icon_name, type_words
from zpack_gui.models.order import Column, worst_state

if TYPE_CHECKING:
    from zpack_gui.models.folder_model import FolderModel


class StateWords(QObject):
    """What verification found, in a word."""

    def word(self, outcome: int, is_folder: bool) -> str:
        """Empty where nothing was checked."""
        if outcome == Outcome.DAMAGED:
            return self.tr("Damage inside") if is_folder else self.tr("Damaged")
        return self.tr("Good") if outcome == Outcome.DONE else ""


state_words = StateWords()


def state_of(model: FolderModel, row: int) -> int:
    """The outcome of a row, WAITING before verification."""
    return worst_state(model.listing, model.states, row) if model.states else Outcome.WAITING


def _text(model: FolderModel, row: int, column: int) -> str:
    listing = model.listing
    if column == Column.NAME:
        return shown(listing.name(row))
    if column == Column.SIZE:
        return _size(model, row)
    if column == Column.TYPE:
        return type_words.of(listing, row)
    if column == Column.MODIFIED:
        return words.moment(listing.mtime[row]) if listing.has_entry(row) else ""
    return state_words.word(state_of(model, row), listing.kind[row] == Kind.DIRECTORY)


def _size(model: FolderModel, row: int) -> str:
    kind = model.listing.kind[row]
    if kind == Kind.DIRECTORY:
        return words.size(model.folder_size(row))
    return words.size(model.listing.size[row]) if kind == Kind.FILE else ""


def _tooltip(model: FolderModel, row: int, column: int) -> str | None:
    listing, kind = model.listing, model.listing.kind[row]
    if column == Column.SIZE and kind in (Kind.FILE, Kind.DIRECTORY):
        size = listing.size[row] if kind == Kind.FILE else model.folder_size(row)
        return plain_tooltip(words.exact_size(size))
    if column == Column.NAME:
        target = listing.link(row)
        name = shown(listing.name(row))
        return plain_tooltip(name if target is None else f"{name} → {shown(target)}")
    return None


def _icon(model: FolderModel, row: int, column: int) -> Any:
    if column == Column.NAME:
        kind = model.listing.kind[row]
        role = "accent" if kind == Kind.DIRECTORY else "muted"
        return icon(icon_name(kind, model.listing.name(row)), role)
    if column == Column.STATE:
        state = state_of(model, row)
        if state == Outcome.DONE:
            return icon("check", "good")
        if state == Outcome.DAMAGED:
            return icon("alert", "bad")
    return None


def _colour(model: FolderModel, row: int, column: int) -> Any:
    if column == Column.NAME:
        return colour("bad") if state_of(model, row) == Outcome.DAMAGED else None
    if column == Column.STATE and state_of(model, row) == Outcome.DAMAGED:
        return colour("bad")
    return colour("muted")


_Answer = Callable[["FolderModel", int, int], Any]
ANSWERS: dict[int, _Answer] = {
    Qt.ItemDataRole.DisplayRole: _text,
    Qt.ItemDataRole.ToolTipRole: _tooltip,
    Qt.ItemDataRole.DecorationRole: _icon,
    Qt.ItemDataRole.ForegroundRole: _colour,
}

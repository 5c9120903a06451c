"""What each cell of a job's files shows, by role."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from zpack.entries import Kind
from zpack.errors import shown
from zpack.jobs import Outcome
from zpack_gui.look.icons import icon
from zpack_gui.look.theme import colour
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.file_types import icon_name

if TYPE_CHECKING:
    from zpack_gui.models.job_items_model import JobItemsModel

PROGRESS_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # permille of a file in work, else None


class JobColumn(IntEnum):
    """Of a job's table."""

    NAME = 0
    SIZE = 1
    STATE = 2


class Verb(Enum):
    """What a job does to its files."""

    CREATE = "create"
    EXTRACT = "extract"
    VERIFY = "verify"
    CHECK = "check"  # without unpacking: less is known
    REPAIR = "repair"
    PROTECT = "protect"  # add a recovery record


class OutcomeWords(QObject):
    """Outcomes as words; the same outcome means something else for each verb."""

    def word(self, verb: Verb, outcome: int) -> str:
        """For a file's row."""
        if outcome == Outcome.DONE:
            return {
                Verb.VERIFY: self.tr("Good"),
                Verb.CHECK: self.tr("As written"),
                Verb.REPAIR: self.tr("Saved"),
            }.get(verb, self.tr("Done"))
        if outcome == Outcome.DAMAGED and verb == Verb.REPAIR:
            return self.tr("Lost")
        if outcome == Outcome.FAILED:
            return self._failed(verb)
        return {
            int(Outcome.WAITING): self.tr("Waiting"),
            int(Outcome.CHANGED): self.tr("Changed while it was read"),
            int(Outcome.SKIPPED): self.tr("Skipped"),
            int(Outcome.DAMAGED): self.tr("Damaged"),
        }.get(outcome, "")

    def not_reached(self) -> str:
        """The job ended before it came to the file."""
        return self.tr("Not reached")

    def _failed(self, verb: Verb) -> str:
        if verb == Verb.CREATE:
            return self.tr("Could not be read")
        return self.tr("Could not be extracted")


outcome_words = OutcomeWords()

_ICONS = {
    int(Outcome.DONE): ("check", "good"),
    int(Outcome.CHANGED): ("alert", "attention"),
    int(Outcome.SKIPPED): ("skipped", "muted"),
    int(Outcome.FAILED): ("error", "bad"),
    int(Outcome.DAMAGED): ("alert", "bad"),
}


def _text(model: JobItemsModel, row: int, column: int) -> str:
    listing = model.listing
    if column == JobColumn.NAME:
        return shown(listing.path(row))
    if column == JobColumn.SIZE:
        return words.size(listing.size[row]) if listing.kind[row] == Kind.FILE else ""
    outcome = model.outcomes[row]
    if outcome == Outcome.WAITING and row in model.active:
        return f"{_permille(model, row) // 10} %"
    if outcome == Outcome.WAITING and model.ended:
        return outcome_words.not_reached()
    return outcome_words.word(model.verb, outcome)


def _permille(model: JobItemsModel, row: int) -> int:
    size = model.listing.size[row]
    return min(1000, 1000 * model.active[row] // size) if size else 0


def _progress(model: JobItemsModel, row: int, column: int) -> int | None:
    if column != JobColumn.STATE or row not in model.active:
        return None
    return _permille(model, row) if model.outcomes[row] == Outcome.WAITING else None


def _tooltip(model: JobItemsModel, row: int, column: int) -> str | None:
    if column == JobColumn.NAME:
        return plain_tooltip(shown(model.listing.path(row)))
    if column == JobColumn.SIZE and model.listing.kind[row] == Kind.FILE:
        return plain_tooltip(words.exact_size(model.listing.size[row]))
    return None


def _icon(model: JobItemsModel, row: int, column: int) -> Any:
    if column == JobColumn.NAME:
        listing = model.listing
        return icon(icon_name(listing.kind[row], listing.name(row)), "muted")
    found = _ICONS.get(model.outcomes[row]) if column == JobColumn.STATE else None
    if found is None:
        return None
    name, role = found
    return icon(name, "muted" if model.verb == Verb.CHECK and role == "good" else role)


def _colour(model: JobItemsModel, row: int, column: int) -> Any:
    outcome = model.outcomes[row]
    if column != JobColumn.STATE:
        waiting = outcome == Outcome.WAITING and row not in model.active
        return colour("muted") if waiting or column == JobColumn.SIZE else None
    if outcome in (Outcome.FAILED, Outcome.DAMAGED):
        return colour("bad")
    return colour("attention") if outcome == Outcome.CHANGED else colour("muted")


_Answer = Callable[["JobItemsModel", int, int], Any]
ANSWERS: dict[int, _Answer] = {
    Qt.ItemDataRole.DisplayRole: _text,
    Qt.ItemDataRole.ToolTipRole: _tooltip,
    Qt.ItemDataRole.DecorationRole: _icon,
    Qt.ItemDataRole.ForegroundRole: _colour,
    PROGRESS_ROLE: _progress,
}

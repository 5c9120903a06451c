"""A line of progress that is redrawn in place."""

import os
import time
import unicodedata
from typing import TextIO

from zpack.cli.sizes import counted, percent, size, time_left
from zpack.entries import Listing
from zpack.errors import shown
from zpack.jobs import Rate, Sample

_BAR = 20
_CLEAR = "\r\x1b[K"
_COLOUR, _PLAIN = "\x1b[36m", "\x1b[0m"
_NARROWEST_NAME = 12
_FALLBACK_COLUMNS = 80
_COUNTING = ("scanning", "reading")  # phases in which the totals are not yet known


class ProgressLine:
    """Draws samples on a terminal, in one line that is never wider than it. For one thread.

    Without colour if ``NO_COLOR`` is set. A terminal that goes away is ignored.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rate = Rate()
        self._drawn = False
        self._dumb = os.environ.get("TERM") == "dumb"
        self._colour = not os.environ.get("NO_COLOR") and not self._dumb

    def show(self, sample: Sample, items: object) -> None:
        """Draw ``sample`` over what was drawn before."""
        self._rate.update(time.monotonic(), sample.bytes_done)
        columns = self._columns() - 1  # in the last one some terminals go to the next line
        text = progress_text(sample, self._rate, _active_name(sample, items), columns)
        if self._colour:
            text = _coloured(text)
        self._write((f"\r{' ' * columns}\r" if self._dumb else _CLEAR) + text)
        self._drawn = True

    def clear(self) -> None:
        """Leave the line empty."""
        if self._drawn:
            self._write(f"\r{' ' * (self._columns() - 1)}\r" if self._dumb else _CLEAR)
            self._drawn = False

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or _FALLBACK_COLUMNS
        except (OSError, ValueError):
            return _FALLBACK_COLUMNS

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            pass


def progress_text(sample: Sample, rate: Rate, name: str, columns: int) -> str:
    """The line: as many of its parts as fit into ``columns``, the most telling first."""
    line = ""
    for part in _parts(sample, rate):
        longer = f"{line}  {part}" if line else part
        if len(longer) > columns:
            break
        line = longer
    room = columns - len(line) - 2
    if name and room >= _NARROWEST_NAME:
        line += "  " + elided(name, room)
    return line


def _parts(sample: Sample, rate: Rate) -> list[str]:
    if sample.phase in _COUNTING or not sample.bytes_total:
        found = [counted(sample.items_total, "entry", "entries")] if sample.items_total else []
        found += [size(sample.bytes_total)] if sample.bytes_total else []
        return [sample.phase.capitalize() or "Starting", *found]
    done = min(sample.bytes_done, sample.bytes_total)
    parts = [
        f"{percent(done, sample.bytes_total):>5}",
        _bar(done, sample.bytes_total),
        f"{size(done)} of {size(sample.bytes_total)}",
    ]
    if rate.speed is not None:
        parts.append(f"{size(int(rate.speed))}/s")
    left = rate.seconds_left(sample.bytes_total)
    if left is not None:
        parts.append(time_left(left))
    return parts


def _bar(done: int, total: int) -> str:
    filled = _BAR * done // total
    return "[" + "=" * filled + " " * (_BAR - filled) + "]"


def _coloured(text: str) -> str:
    before, opening, rest = text.partition("[")
    bar, closing, after = rest.partition("]")
    if not closing or len(bar) != _BAR:
        return text
    return f"{before}{opening}{_COLOUR}{bar}{_PLAIN}{closing}{after}"


def _active_name(sample: Sample, items: object) -> str:
    if not sample.active or not isinstance(items, Listing):
        return ""
    return shown(items.path(sample.active[0][0]))


def elided(text: str, columns: int) -> str:
    """``text`` with its middle left out so that it fits: beginning and ending tell the most."""
    if _width(text) <= columns:
        return text
    start, end = text[:columns], text[-columns:]
    while start and _width(start) > (columns - 1) // 2:
        start = start[:-1]
    while end and _width(end) > columns - 1 - _width(start):
        end = end[1:]
    return f"{start}…{end}"


def _width(text: str) -> int:
    """Columns on a terminal: East Asian characters are two wide, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

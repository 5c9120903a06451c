"""Limits on what an archive may ask for, and the guard that asks before one is passed."""

import time
from collections.abc import Callable
from functools import cached_property
from threading import Lock

from zpack import jobs
from zpack.errors import BadLimit, LimitReached, ZpackError
from zpack.jobs import Choice, Control, Limit, LimitQuestion
from zpack.records import record

_TIB = 1 << 40
# Little that becomes at most this much harms nobody, whatever its ratio.
RATIO_FROM = 8 << 30
_LEAST_MEMORY = 256 << 20


@record
class Limits:
    """Past these a job asks, and stops if nobody allows it; 0 is no limit. docs/security.md says
    why they are what they are.

    ``size``: bytes of content, holes of sparse files included. ``ratio``: bytes of content for each
    byte of the archive, looked at from 8 GiB of content on. ``entries``: how many. ``memory``:
    bytes for the listing of an archive without an index; None: half of what this process may use.
    ``entry_seconds``: for one entry. ``space``: whether content must fit the destination's disk.
    """

    size: int = 8 * _TIB
    ratio: int = 1000
    entries: int = 20_000_000
    memory: int | None = None
    entry_seconds: int = 86_400
    space: bool = True


USUAL_LIMITS = Limits()


class LimitGuard:
    """Asks, once for each kind of limit, whether an archive may go past it. For any thread."""

    def __init__(self, path: str, limits: Limits, control: Control) -> None:
        self.limits = limits
        self.control = control
        self._path = path
        self._lock = Lock()
        self._allowed: set[Limit] = set()

    @cached_property
    def _memory(self) -> int:
        """For a listing, in bytes; the system is asked only where a listing grows."""
        if self.limits.memory is not None:
            return self.limits.memory
        known = jobs.memory_limit()
        return 0 if known is None else max(_LEAST_MEMORY, known // 2)

    def check(self, limit: Limit, wanted: int, most: int, path: str = "") -> None:
        """Raises :class:`LimitReached` if ``wanted`` is over ``most`` and nobody allows that."""
        if not most or wanted <= most or limit in self._allowed:
            return
        with self._lock:
            if limit in self._allowed:
                return
            question = LimitQuestion(path or self._path, limit, wanted, most)
            if self.control.ask(question).choice is not Choice.ALLOW:
                raise LimitReached(question.path, question.says(), FLAGS[limit])
            self._allowed.add(limit)

    def scanned(self, entries: int, bytes_read: int, decoded: int, memory: int) -> None:
        """While an archive is read through: so much of it has been so far."""
        self.check(Limit.ENTRIES, entries, self.limits.entries)
        self.check(Limit.MEMORY, memory, self._memory)
        self.content(decoded, bytes_read)

    def chosen(self, entries: int, size: int, packed: int) -> None:
        """Before so many entries of ``size`` bytes come of an archive of ``packed``."""
        self.check(Limit.ENTRIES, entries, self.limits.entries)
        self.content(size, packed)

    def content(self, size: int, packed: int) -> None:
        """Before ``size`` bytes come of ``packed``."""
        self.check(Limit.SIZE, size, self.limits.size)
        if size > RATIO_FROM:
            self.check(Limit.RATIO, size // max(1, packed), self.limits.ratio)


class EntryClock:
    """The time that one entry takes; pauses and questions do not count. For one thread."""

    def __init__(self, guard: LimitGuard) -> None:
        self._guard = guard
        self._started = self._now()

    def _now(self) -> float:
        return time.monotonic() - self._guard.control.waited

    def check(self, path: Callable[[], str]) -> None:
        """Raises :class:`LimitReached` if it takes too long and nobody allows that."""
        most = self._guard.limits.entry_seconds
        seconds = int(self._now() - self._started)
        if most and seconds > most:
            self._guard.check(Limit.TIME, seconds, most, path())


def limit_faults(limits: Limits) -> list[ZpackError]:
    """Those that make no sense."""
    numbers = (limits.size, limits.ratio, limits.entries, limits.memory, limits.entry_seconds)
    return [BadLimit(number) for number in numbers if number is not None and number < 0]


FLAGS = {
    Limit.SIZE: "--max-size",
    Limit.RATIO: "--max-ratio",
    Limit.ENTRIES: "--max-entries",
    Limit.MEMORY: "--max-memory",
    Limit.TIME: "--max-entry-seconds",
    Limit.SPACE: "--no-space-check",
}

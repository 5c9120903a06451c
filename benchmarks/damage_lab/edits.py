"""Damage as edits of a file, so that it is known of every byte what became of it."""

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes ``start`` to ``end`` (exclusive) of a file give way to ``content``."""

    start: int
    end: int
    content: bytes = b""

    @property
    def keeps_length(self) -> bool:
        """Whether what follows stays in its place."""
        return len(self.content) == self.end - self.start

    def describe(self) -> str:
        """In a few words."""
        length = self.end - self.start
        if self.keeps_length:
            return f"{length} bytes overwritten at {self.start}"
        if not self.content:
            return f"{length} bytes removed at {self.start}"
        gone = f", {length} removed" if length else ""
        return f"{len(self.content)} bytes inserted at {self.start}{gone}"


def settle(edits: Iterable[Edit]) -> list[Edit]:
    """In the file's order, without overlap: what an edit takes that another took before it in the
    file is taken once."""
    settled: list[Edit] = []
    at = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if edit.start >= at:
            settled.append(edit)
        elif edit.end > at:
            cut = at - edit.start if edit.keeps_length else 0
            settled.append(Edit(at, edit.end, edit.content[cut:]))
        at = max(at, edit.end)
    return settled


def real_edits(path: Path, edits: Iterable[Edit]) -> list[Edit]:
    """What is left of edits without bytes that are replaced by themselves."""
    with path.open("rb") as file:
        return [real for edit in settle(edits) for real in _without_same(file, edit)]


def _without_same(file: BinaryIO, edit: Edit) -> Iterator[Edit]:
    if not edit.keeps_length:
        yield edit
        return
    before = os.pread(file.fileno(), len(edit.content), edit.start)
    if before == edit.content:
        return
    pairs = enumerate(zip(before, edit.content, strict=True))
    first = next(at for at, (old, new) in pairs if old != new)
    pairs = enumerate(zip(reversed(before), reversed(edit.content), strict=True))
    behind = next(at for at, (old, new) in pairs if old != new)
    content = edit.content[first : len(edit.content) - behind]
    yield Edit(edit.start + first, edit.end - behind, content)


def apply(original: Path, edits: Sequence[Edit], damaged: Path) -> None:
    """Write a damaged file. ``edits`` are settled."""
    with original.open("rb") as source, damaged.open("wb") as target:
        for edit in edits:
            _copy(source, target, edit.start - source.tell())
            target.write(edit.content)
            source.seek(edit.end)
        _copy(source, target, os.fstat(source.fileno()).st_size - source.tell())


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length > 0:
        piece = source.read(min(length, _PIECE))
        target.write(piece)
        length -= len(piece)


class Remains:
    """What is left of a file, in stretches that are together still."""

    def __init__(self, size: int, edits: Sequence[Edit]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._shifts: list[int] = []
        at = shift = 0
        for edit in (*edits, Edit(size, size)):
            if edit.start > at:
                self._starts.append(at)
                self._ends.append(edit.start)
                self._shifts.append(shift)
            shift += len(edit.content) - (edit.end - edit.start)
            at = edit.end

    def has(self, start: int, end: int) -> bool:
        """Whether these bytes of the original are there, together and in their order."""
        return start == end or self.shift(start, end) is not None

    def shift(self, start: int, end: int) -> int | None:
        """How far behind their place these bytes are; None if they are not there."""
        number = bisect_right(self._starts, start) - 1
        if number < 0 or self._ends[number] < end:
            return None
        return self._shifts[number]

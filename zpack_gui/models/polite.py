"""Sorting that leaves the interpreter to the window.

A long ``sorted`` holds the interpreter from start to end, on whatever thread it runs, and a busy
loop makes each of a repaint's thousand calls wait for its turn. So a big sort goes in small steps
with a pause after each.
"""

import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Key: TypeAlias = Any  # whatever compares: numbers, or texts
Check: TypeAlias = Callable[[], None]

_STEP = 2000  # rows in a few milliseconds
_PAUSE = 0.001


def sort_rows(rows: Sequence[int], key: Callable[[int], Key], check: Check) -> "array[int]":
    """Ascending rows by key, ties by row. ``check`` is called between the steps and may raise."""
    if len(rows) <= _STEP:
        return array("I", sorted(rows, key=key))
    borders = _borders(rows, key)
    same, between = _spread(rows, key, borders, check)
    result = array("I")
    for number, (keys, bucket) in enumerate(between):
        result.extend(row for _, row in sorted(zip(keys, bucket, strict=True)))
        result.extend(same[number])
        keys.clear()
        _breathe(check)
    return result


_Keyed: TypeAlias = "tuple[list[Key], array[int]]"


def _spread(
    rows: Sequence[int], key: Callable[[int], Key], borders: list[Key], check: Check
) -> "tuple[list[array[int]], list[_Keyed]]":
    """For each border the rows whose key it is, which need no sorting however many they are; and
    the rows before each border and after the last, few enough to be sorted at once."""
    same = [array("I") for _ in range(len(borders) + 1)]
    between: list[_Keyed] = [([], array("I")) for _ in range(len(borders) + 1)]
    for start in range(0, len(rows), _STEP):
        for row in rows[start : start + _STEP]:
            own = key(row)
            at = bisect_left(borders, own)
            if at < len(borders) and borders[at] == own:
                same[at].append(row)
            else:
                between[at][0].append(own)
                between[at][1].append(row)
        _breathe(check)
    return same, between


def _borders(rows: Sequence[int], key: Callable[[int], Key]) -> list[Key]:
    wanted = len(rows) // _STEP
    sample = sorted(map(key, rows[:: max(1, len(rows) // (8 * wanted))]))
    return sorted(set(sample[:: max(1, len(sample) // wanted)]))


def _breathe(check: Check) -> None:
    check()
    time.sleep(_PAUSE)

"""What a request to create wants left out."""

import os

from zpack.errors import BadPattern, PatternsUnreadable, RequestRefused, ZpackError, reason
from zpack.filesystem import Exclusions, PatternError, Patterns
from zpack.operations.requests import CreateRequest

_LONGEST_LIST = 1 << 20


def exclusions_of(request: CreateRequest) -> Exclusions | None:
    """What decides what is left out; None if nothing is. Reads the lists of patterns.

    Raises :class:`RequestRefused` with every pattern that makes no sense.
    """
    faults: list[ZpackError] = []
    lines = list(request.exclude)
    for path in request.exclude_from:
        try:
            lines += _read_list(path)
        except ZpackError as fault:
            faults.append(fault)
    good = [line for line in lines if _is_good(line, faults)]
    patterns = None
    try:
        patterns = Patterns(good) if good else None
    except PatternError as error:  # too many
        faults.append(BadPattern(error.pattern, str(error)))
    if faults:
        raise RequestRefused(faults)
    if patterns is None and not (request.exclude_vcs or request.exclude_caches):
        return None
    return Exclusions(patterns, vcs=request.exclude_vcs, caches=request.exclude_caches)


def _is_good(line: str, faults: list[ZpackError]) -> bool:
    try:
        Patterns([line])
    except PatternError as error:
        faults.append(BadPattern(error.pattern, str(error)))
        return False
    return True


def _read_list(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:
            data = file.read(_LONGEST_LIST + 1)
    except OSError as error:
        raise PatternsUnreadable(path, reason(error)) from error
    except ValueError:
        raise PatternsUnreadable(path, "its name has a NUL") from None
    if len(data) > _LONGEST_LIST:
        raise PatternsUnreadable(path, "it is longer than 1 MiB")
    return [os.fsdecode(line.removesuffix(b"\r")) for line in data.split(b"\n")]

"""Calls to the system that fail when told to: where a real disk cannot be made to."""

import os
from collections.abc import Callable
from threading import Lock
from typing import Any

Strike = Callable[[str, int], int]


class Faults:
    """Stands in for functions of ``os`` while entered, and lets some of their calls fail.

    ``strike(name, nth)`` decides: it returns the errno with which the nth call (from 1) of that
    function fails, or 0. ``calls`` counts them. Threads may call.
    """

    def __init__(self, names: tuple[str, ...], strike: Strike = lambda name, nth: 0) -> None:
        self.calls = dict.fromkeys(names, 0)
        self._strike = strike
        self._lock = Lock()
        self._real: dict[str, Any] = {}

    def __enter__(self) -> "Faults":
        for name in self.calls:
            self._real[name] = getattr(os, name)
            setattr(os, name, self._stand_in(name, self._real[name]))
        return self

    def __exit__(self, *_: object) -> None:
        for name, real in self._real.items():
            setattr(os, name, real)

    def _stand_in(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            with self._lock:
                self.calls[name] += 1
                number = self._strike(name, self.calls[name])
            if number:
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        return call


def once(name: str, at: int, number: int) -> Strike:
    """That call fails; those after it don't."""
    return lambda called, nth: number if (called, nth) == (name, at) else 0


def from_then_on(name: str, at: int, number: int) -> Strike:
    """That call fails, and all that follow it, as on a disk that is full or gone."""
    return lambda called, nth: number if called == name and nth >= at else 0

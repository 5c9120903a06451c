"""Speed and time left, from samples of a byte counter."""

from collections import deque

_WINDOW_SECONDS = 5.0
_MIN_SECONDS = 0.5


class Rate:
    """Bytes per second over the last five seconds. Feed it at any pace; not thread-safe."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, int]] = deque()

    def update(self, now: float, done: int) -> None:
        """``done`` bytes were through at ``now`` (seconds of any steady clock)."""
        self._points.append((now, done))
        while self._points[-1][0] - self._points[0][0] > _WINDOW_SECONDS:
            self._points.popleft()

    @property
    def speed(self) -> float | None:
        """Bytes per second, or None while there is too little to tell."""
        if not self._points:
            return None
        (start, first), (end, last) = self._points[0], self._points[-1]
        if end - start < _MIN_SECONDS or last <= first:
            return None
        return (last - first) / (end - start)

    def seconds_left(self, total: int) -> float | None:
        """Until ``total`` bytes are through at this speed, or None."""
        speed = self.speed
        if speed is None:
            return None
        return max(0.0, (total - self._points[-1][1]) / speed)

"""Pieces of content as a source that is read from."""

from collections.abc import Iterator


class Pieces:
    """None of ``pieces`` is empty; each is good until the next one. For one thread."""

    def __init__(self, pieces: "Iterator[bytes] | Iterator[memoryview[int]]") -> None:
        self._pieces = pieces
        self._left: memoryview[int] = memoryview(b"")

    def readinto(self, view: "memoryview[int]") -> int:
        """Fill at most a view; 0 at the end."""
        if not self._left:
            self._more()
        count = min(len(view), len(self._left))
        view[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def skip(self, length: int) -> None:
        """Pass over what is known to be zeros."""
        while length and (self._left or self._more()):
            part = len(self._left[:length])
            self._left = self._left[part:]
            length -= part

    def _more(self) -> bool:
        self._left = memoryview(next(self._pieces, b""))
        return bool(self._left)


class TarPieces(Pieces):
    """A tar of unknown size; ``name`` is for messages."""

    size: int | None = None

    def __init__(self, name: str, pieces: Iterator[bytes]) -> None:
        super().__init__(pieces)
        self.name = name

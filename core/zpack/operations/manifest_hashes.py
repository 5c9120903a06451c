"""Digests of a manifest, taken of files while they are verified."""

import hashlib
from collections.abc import Callable
from typing import Protocol

import blake3
import xxhash

from zpack.operations.manifest_lines import Algorithm


class Hasher(Protocol):
    """Of the content of one file."""

    def update(self, data: "bytes | memoryview[int]", /) -> object:
        """More of it."""
        ...

    def digest(self) -> bytes:
        """Of all that came."""
        ...


_SIZES = {Algorithm.SHA256: 32, Algorithm.BLAKE3: 32, Algorithm.XXH128: 16}


class RowHashes:
    """A digest for each of some rows. Any thread may :meth:`keep`, but one for each row."""

    def __init__(self, algorithm: Algorithm, rows: int) -> None:
        self._size = _SIZES[algorithm]
        self._digests = bytearray(rows * self._size)
        self.hasher = _maker(algorithm)

    def keep(self, row: int, hasher: Hasher) -> None:
        """The row's content has been hashed."""
        self._digests[row * self._size : (row + 1) * self._size] = hasher.digest()

    def get(self, row: int) -> bytes:
        """What was kept for a row."""
        return bytes(self._digests[row * self._size : (row + 1) * self._size])


def _maker(algorithm: Algorithm) -> Callable[[], Hasher]:
    if algorithm is Algorithm.SHA256:
        return hashlib.sha256
    if algorithm is Algorithm.XXH128:
        return xxhash.xxh3_128
    return blake3.blake3

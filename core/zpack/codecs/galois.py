"""The field GF(2^8) of the recovery record, and what solving for lost shares needs of it
(docs/format.md, section 6)."""

from collections.abc import Sequence
from functools import cache

_POLYNOMIAL = 0x11D
_ORDER = 255

Matrix = list[list[int]]


def _tables() -> tuple[bytes, bytes]:
    powers, logs, value = bytearray(2 * _ORDER), bytearray(256), 1
    for exponent in range(_ORDER):
        powers[exponent] = powers[exponent + _ORDER] = value
        logs[value] = exponent
        value <<= 1
        if value > 0xFF:
            value ^= _POLYNOMIAL
    return bytes(powers), bytes(logs)


_POWERS, _LOGS = _tables()


def multiply(a: int, b: int) -> int:
    """Product of two elements, each 0 to 255."""
    return _POWERS[_LOGS[a] + _LOGS[b]] if a and b else 0


def inverse(a: int) -> int:
    """The element that ``a``, not 0, times it is 1."""
    if not a:
        raise ZeroDivisionError("0 has no inverse")
    return _POWERS[_ORDER - _LOGS[a]]


@cache
def bit_rows(a: int) -> tuple[int, ...]:
    """Multiplication by ``a`` as an 8x8 matrix of bits: of each bit of a product the bits of the
    factor that it is the sum of, as a mask."""
    columns = [multiply(a, 1 << bit) for bit in range(8)]
    return tuple(
        sum((column >> row & 1) << bit for bit, column in enumerate(columns)) for row in range(8)
    )


def invert(matrix: Sequence[Sequence[int]]) -> Matrix:
    """The inverse of a square matrix. Raises :class:`ZeroDivisionError` if there is none."""
    size = len(matrix)
    rows = [[*row, *(int(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for at in range(size):
        pivot = next((row for row in range(at, size) if rows[row][at]), at)
        rows[at], rows[pivot] = rows[pivot], rows[at]
        factor = inverse(rows[at][at])
        rows[at] = [multiply(factor, value) for value in rows[at]]
        for other in range(size):
            if other != at and rows[other][at]:
                factor = rows[other][at]
                rows[other] = [
                    value ^ multiply(factor, mine)
                    for value, mine in zip(rows[other], rows[at], strict=True)
                ]
    return [row[size:] for row in rows]

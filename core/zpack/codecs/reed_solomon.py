"""Reed-Solomon shares by XOR of long integers (docs/format.md, section 6).

A share is eight packets; multiplying it by an element of the field is XOR of packets. Of each four
packets the 16 sums are made once, so that any product is two of them for each packet. Python's
integers do that at memory speed, and nothing else is needed.
"""

from collections.abc import Sequence

from zpack.codecs.galois import bit_rows, inverse, invert, multiply

MAX_SHARES = 256  # of a group, data and recovery
_PACKETS = 8
_SLICE = 16 << 10  # bytes of a packet at a time: all sums of it stay in the cache

Plan = tuple[tuple[int, int], ...]
Bytes = "bytes | bytearray | memoryview[int]"


def coefficient(recovery: int, data: int) -> int:
    """What the data share number ``data`` counts in the recovery share number ``recovery``."""
    return inverse((MAX_SHARES - 1 - recovery) ^ data)


class Accumulator:
    """Sums of multiples of shares, of ``size`` bytes each: one sum for each of ``sums``. For one
    thread."""

    def __init__(self, size: int, sums: int) -> None:
        width = size // _PACKETS
        self._width = width
        self._slices = [(at, min(width, at + _SLICE)) for at in range(0, width, _SLICE)]
        self._values = [[0] * (_PACKETS * sums) for _ in self._slices]
        self._sums = sums

    def add(self, share: "memoryview[int]", plan: Plan) -> None:
        """Add a multiple of the share to each sum: as ``plan_of`` the factors."""
        width = self._width
        for number, (start, end) in enumerate(self._slices):
            packets = [
                int.from_bytes(share[base + start : base + end], "little")
                for base in range(0, _PACKETS * width, width)
            ]
            low, high = _sums_of(*packets[:4]), _sums_of(*packets[4:])
            self._values[number] = [
                value ^ low[first] ^ high[second]
                for value, (first, second) in zip(self._values[number], plan, strict=True)
            ]

    def results(self) -> list[bytes]:
        """The sums, each of the size of a share."""
        return [self._result(number) for number in range(self._sums)]

    def _result(self, number: int) -> bytes:
        parts = []
        for packet in range(number * _PACKETS, (number + 1) * _PACKETS):
            for (start, end), values in zip(self._slices, self._values, strict=True):
                parts.append(values[packet].to_bytes(end - start, "little"))
        return b"".join(parts)


def _sums_of(a: int, b: int, c: int, d: int) -> tuple[int, ...]:
    """All sums of four packets; the number of a sum has a bit for each of them."""
    ab, cd = a ^ b, c ^ d
    return (
        *(0, a, b, ab, c, a ^ c, b ^ c, ab ^ c),
        *(d, a ^ d, b ^ d, ab ^ d, cd, a ^ cd, b ^ cd, ab ^ cd),
    )


def plan_of(factors: Sequence[int]) -> Plan:
    """What :meth:`Accumulator.add` needs to multiply by each of the factors."""
    return tuple((row & 15, row >> 4) for factor in factors for row in bit_rows(factor))


def encoding_plans(data: int, recovery: int) -> list[Plan]:
    """For each of ``data`` shares of a group how it counts in the ``recovery`` shares."""
    return [plan_of([coefficient(j, i) for j in range(recovery)]) for i in range(data)]


def restoring_plans(data: int, lost: Sequence[int], used: Sequence[int]) -> dict[int, Plan]:
    """How each share that is there counts in the lost data shares, when as many recovery shares are
    ``used``: by number, data shares as they are, recovery shares from ``data`` on.

    The lost shares are the inverse of their part of the code, times what the recovery shares have
    beyond the shares that are there.
    """
    solution = invert([[coefficient(j, i) for i in lost] for j in used])
    plans = {data + j: plan_of([row[at] for row in solution]) for at, j in enumerate(used)}
    gone = set(lost)
    for i in range(data):
        if i not in gone:
            plans[i] = plan_of([_factor(row, used, i) for row in solution])
    return plans


def _factor(row: Sequence[int], used: Sequence[int], data: int) -> int:
    total = 0
    for value, j in zip(row, used, strict=True):
        total ^= multiply(value, coefficient(j, data))
    return total

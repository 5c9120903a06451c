"""Ascending numbers, such as those of damaged frames, as stretches."""

from collections.abc import Iterator, Sequence


def consecutive(numbers: Sequence[int]) -> Iterator[range]:
    """Those that follow one another, together."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield range(numbers[start], numbers[at - 1] + 1)
            start = at

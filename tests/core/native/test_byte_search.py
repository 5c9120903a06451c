"""Bytes are found wherever they stand, and no more is read than may be."""

from zpack.native import byte_search
from zpack.native.byte_search import occurrences

DATA = b"abcab" + b"-" * 20 + b"abcabc"


def find(begin: int = 0, end: int = len(DATA), budget: int = 10**6) -> tuple[list[int], list[int]]:
    """Where it was found, and how much each read was."""
    reads: list[int] = []

    def spend(count: int) -> bool:
        if sum(reads) >= budget:
            return False
        reads.append(count)
        return True

    def pread(length: int, offset: int) -> bytes:
        return DATA[offset : offset + length]

    return list(occurrences(pread, b"abc", begin, end, spend)), reads


def test_also_across_the_borders_of_reads(monkeypatch):
    for piece in range(1, len(DATA) + 1):
        monkeypatch.setattr(byte_search, "_PIECE", piece)
        assert find()[0] == [0, 25, 28]


def test_only_what_is_all_between_the_offsets():
    assert find(1)[0] == [25, 28]
    assert find(0, 30)[0] == [0, 25]
    assert find(5, 5) == ([], [])


def test_no_more_is_read_than_may_be(monkeypatch):
    monkeypatch.setattr(byte_search, "_PIECE", 10)
    assert find(budget=20) == ([0], [12, 12])

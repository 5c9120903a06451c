"""Recovery frames are found wherever they stand, and what only looks like one is not."""

import random
from dataclasses import replace

import pytest

from zpack.native import recovery_search
from zpack.native.recovery_geometry import HEAD_SIZE, choose_geometry, encode_head
from zpack.native.recovery_search import FoundHead, find_heads

GEOMETRY = replace(choose_geometry(10_000, 9000, 5), name=bytes(16))
NOISE = random.Random(1)


def heads(data: bytes, start: int = 0) -> list[FoundHead]:
    def pread(length: int, offset: int) -> bytes:
        return data[offset : offset + length]

    return list(find_heads(pread, start, len(data), lambda: None))


def test_the_last_first():
    data = bytearray(NOISE.randbytes(9000))
    for part, at in ((0, 100), (1, 4000), (2, 9000 - HEAD_SIZE)):
        data[at : at + HEAD_SIZE] = encode_head(GEOMETRY, part)
    found = heads(bytes(data))
    assert [(head.part, head.at) for head in found] == [(2, 8920), (1, 4000), (0, 100)]
    assert {head.geometry for head in found} == {GEOMETRY}
    assert found[2].shift == 100 - GEOMETRY.part_at(0)
    assert heads(bytes(data), 200) == found[:2]


@pytest.mark.parametrize("chunk", [16, 80, 81, 100, 1000])
def test_at_any_border_of_what_is_read_at_once(chunk: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recovery_search, "_CHUNK", chunk)
    for at in range(0, 300, 7):
        data = bytes(at) + encode_head(GEOMETRY, 1) + bytes(150)
        assert [head.at for head in heads(data)] == [at]


def test_what_looks_like_one():
    head = encode_head(GEOMETRY, 0)
    assert heads(b"zpkrecov" * 100) == []
    assert heads(head[8:]) == []
    assert heads(head[:-1]) == []
    assert heads(b"zpkrecov" + head + b"zpkrecov")[0].at == 8


def test_no_more_than_a_record_may_have(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recovery_search, "_MOST_HEADS", 3)
    assert len(heads(encode_head(GEOMETRY, 0) * 9)) == 3

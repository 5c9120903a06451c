"""Threads that fit the memory."""

import pytest

from zpack.jobs import memory
from zpack.operations.coding_threads import coding_threads
from zpack.operations.presets import find_preset

MIB = 1 << 20


@pytest.mark.parametrize(("name", "most"), [("balanced", 8), ("best", 7)])
def test_slower_presets_have_fewer_where_memory_is_short(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    monkeypatch.setattr(memory, "memory_limit", lambda: 2048 * MIB)
    monkeypatch.setattr(memory, "core_count", lambda wanted: wanted or 8)
    assert 1 <= coding_threads(0, find_preset(name), None) <= most
    assert coding_threads(0, find_preset("balanced"), None) == 8
    assert coding_threads(5, find_preset(name), None) == 5


def test_a_level_of_ones_own_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_limit", lambda: 1024 * MIB)
    monkeypatch.setattr(memory, "core_count", lambda wanted: wanted or 16)
    balanced = find_preset("balanced")
    assert coding_threads(0, balanced, 22) < coding_threads(0, balanced, 1)

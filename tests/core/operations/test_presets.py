"""Presets."""

import pytest

from zpack.errors import BadLevel, UnknownPreset
from zpack.native.layout import MAX_FRAME_CONTENT
from zpack.operations import DEFAULT_PRESET, PRESETS
from zpack.operations.presets import check_level, find_preset


def test_from_fast_to_small() -> None:
    assert [preset.name for preset in PRESETS] == ["fast", "balanced", "best"]
    assert [preset.level for preset in PRESETS] == sorted(preset.level for preset in PRESETS)
    assert find_preset(DEFAULT_PRESET).title == "Balanced"


def test_frames_are_as_the_format_allows() -> None:
    for preset in PRESETS:
        assert preset.frame_content <= MAX_FRAME_CONTENT
        assert preset.frame_content % 512 == 0


def test_what_is_no_preset_or_level() -> None:
    with pytest.raises(UnknownPreset, match="balanced"):
        find_preset("Balanced")
    for level in (0, 23, -1):
        with pytest.raises(BadLevel):
            check_level(level)
    for level in (None, 1, 22):
        check_level(level)

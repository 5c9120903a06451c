"""Presets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zpack.errors import BadLevel, PresetOfOtherEnding, UnknownPreset
from zpack.operations import DEFAULT_PRESET, PRESETS, Preset
from zpack.operations.presets import check_level, choose_preset, find_preset


def test_from_fast_to_small() -> None:
    assert [preset.name for preset in PRESETS] == ["fastest", "fast", "balanced", "best"]
    assert [preset.level for preset in PRESETS] == sorted(preset.level for preset in PRESETS)
    assert find_preset(DEFAULT_PRESET).title == "Balanced"
    assert [preset.ending for preset in PRESETS] == [".tar.lz4", *[".tar.zst"] * 3]


def test_frames_and_levels_are_as_the_format_allows() -> None:
    for preset in PRESETS:
        assert preset.frame_content <= preset.profile.most_content
        assert preset.frame_content % 512 == 0
        assert preset.level in preset.profile.levels


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("a.tar.zst", "balanced"),
        ("a", "balanced"),
        ("a.backup", "balanced"),
        ("a.tar.lz4", "fastest"),
        ("A.TLZ4", "fastest"),
        ("a.lz4", "fastest"),
        ("a.zip", "balanced"),
    ],
)
def test_without_a_name_the_ending_chooses(target: str, expected: str) -> None:
    assert choose_preset(None, target).name == expected


def test_a_name_and_an_ending_that_agree_or_say_nothing() -> None:
    for target in ("a.tar.lz4", "a.tlz4", "a", "a.backup"):
        assert choose_preset("fastest", target).name == "fastest"
    for target in ("a.tar.zst", "a.tzst", "a.zst", "a"):
        assert choose_preset("best", target).name == "best"


@pytest.mark.parametrize(
    ("name", "target", "ending"),
    [("fastest", "a.tar.zst", ".tar.lz4"), ("balanced", "a.tar.lz4", ".tar.zst")],
)
def test_a_name_and_an_ending_that_contradict(name: str, target: str, ending: str) -> None:
    with pytest.raises(PresetOfOtherEnding, match=ending):
        choose_preset(name, target)


def test_what_is_no_preset_or_level() -> None:
    with pytest.raises(UnknownPreset, match="balanced"):
        choose_preset("Balanced", "a.tar.zst")
    for level in (0, 23, -1):
        with pytest.raises(BadLevel):
            check_level(level)
    for level in (None, 1, 22):
        check_level(level)
    with pytest.raises(BadLevel, match="12"):
        check_level(13, find_preset("fastest").profile.levels)


@given(st.integers(0, 1 << 40), st.integers(1, 1 << 24), st.sampled_from(PRESETS))
def test_frames_share_the_content_equally(content: int, rows: int, preset: Preset) -> None:
    capacity = preset.frame_capacity(rows, content)
    assert 0 < capacity <= preset.frame_content
    assert capacity % 512 == 0
    total = content + 1024 * rows
    fewest = -(-total // preset.frame_content)
    assert -(-total // capacity) == fewest or capacity < 1.02 * total / fewest + (1 << 20)


def test_two_frames_are_as_long_as_each_other() -> None:
    best = find_preset("best")
    assert best.frame_capacity(0, 40 << 20) == pytest.approx(20 << 20, rel=0.02)
    assert best.frame_capacity(0, best.frame_content) == best.frame_content

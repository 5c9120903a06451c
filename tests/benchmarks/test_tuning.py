"""Experiments with the coder: what they count, and what they advise."""

from pathlib import Path

import pytest
import zstandard

from benchmarks.coder_trials import MIB, Outcome, Setting, time_on_cores, try_setting, worthwhile
from benchmarks.frames import frames_of
from benchmarks.tuning import BOTH, Reference, advice, best_settings, quick_settings, trials_table

PEER = Reference("tar", 1.0, 2.0, 1000)


def outcome(cpu: float, size: int, level: int = 3) -> Outcome:
    return Outcome(Setting(level, 8 * MIB), cpu, cpu / 2, size)


def test_cores_take_the_next_task_when_they_are_free() -> None:
    assert time_on_cores([4, 1, 1, 1], 2) == 4
    assert time_on_cores([2, 2, 2], 2) == 4
    assert time_on_cores([], 2) == 0


def test_what_is_slower_and_larger_is_not_worth_it() -> None:
    quick, good, bad, small = outcome(1, 950), outcome(2, 900), outcome(3, 920), outcome(4, 800)
    assert worthwhile([bad, small, good, quick]) == [quick, good, small]


def test_the_quickest_of_the_small_ones_is_advised() -> None:
    trials = [outcome(1, 950, 1), outcome(2, 900, 2), outcome(3, 800, 3)]
    text = advice(trials, PEER, 0.90)
    assert "level 2, 8 MiB" in text
    assert "0.900 x" in text


def test_none_that_is_small_enough_is_said() -> None:
    text = advice([outcome(1, 950, 1), outcome(2, 940, 2)], PEER, 0.90)
    assert text.startswith("None is at most 0.90 x")
    assert "0.940 x: level 2" in text


def test_the_table_marks_what_is_worth_it() -> None:
    rows = trials_table([outcome(1, 950, 1), outcome(2, 960, 2)], PEER).splitlines()[2:]
    assert [row.split("|")[1].strip() for row in rows] == ["*", ""]
    assert rows[0].rstrip(" |").endswith("0.950")


def test_a_setting_is_tried_on_every_frame() -> None:
    frames = [b"a" * 5000, b"b" * 5000]
    found = try_setting(Setting(1, MIB), frames, repeats=2)
    assert found.size == sum(len(Setting(1, MIB).compressor().compress(frame)) for frame in frames)


@pytest.mark.parametrize("setting", [*quick_settings(BOTH), *best_settings()], ids=str)
def test_every_setting_codes_frames_that_zstd_reads(setting: Setting) -> None:
    content = b"some content, some more content" * 10
    coded = setting.compressor().compress(content)
    assert zstandard.ZstdDecompressor(max_window_size=1 << 27).decompress(coded) == content


def test_a_window_as_large_as_a_frame() -> None:
    assert Setting(3, 8 * MIB).on_whole_frames().window_log == 23
    assert Setting(3, 4096).on_whole_frames().window_log == 12


def test_frames_hold_whole_entries_or_pieces_of_one(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name, size in (("a.py", 600), ("b.txt", 5000), ("c.py", 700)):
        (source / name).write_bytes(name[:1].encode() * size)
    frames = list(frames_of(source, 4096, by_type=True))
    assert all(len(frame) % 512 == 0 and len(frame) <= 4096 for frame in frames)
    text = b"".join(frames)
    assert text.count(b"a" * 600) == text.count(b"b" * 5000) == text.count(b"c" * 700) == 1
    assert text.index(b"c" * 700) < text.index(b"b" * 5000)
    by_path = b"".join(frames_of(source, 4096, by_type=False))
    assert by_path.index(b"b" * 5000) < by_path.index(b"c" * 700)

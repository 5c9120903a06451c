"""The model: more content is more, less known is less sure, and nothing known is no crash."""

import pytest

from zpack.filesystem import ScannedTree
from zpack.operations import PRESETS
from zpack.operations.estimate_model import Machine, estimate_preset
from zpack.operations.estimate_samples import Findings, Reading, Tally
from zpack.operations.estimate_scan import Census

MB = 1_000_000
FAST, BALANCED, BEST = PRESETS[-3:]


def census(*, files: int = 100, counted: bool = True) -> Census:
    return Census(ScannedTree(), counted, files, 1, 0, 100 * MB, 0.1)


def learned() -> dict[str, Findings]:
    """A third of the size quickly, 0.8 of that slowly."""
    found = {preset.name: Findings() for preset in PRESETS}
    for preset in (FAST, BALANCED):
        found[preset.name].spread = Tally(10 * MB, 3 * MB, 0.03)
        found[preset.name].ratios = {place * 5 * MB: 0.3 for place in range(20)}
        found[preset.name].frames = Tally(20 * MB, 6 * MB, 0.06)
        found[preset.name].pieces = Tally(5 * MB, 1_500_000, 0.02)
    found["best"].stand_in = Tally(20 * MB, 5_400_000, 0.1)
    found["best"].base = Tally(20 * MB, 6 * MB, 0.06)
    found["best"].easy = Tally(2 * MB, 600_000, 0.01)
    found["best"].hard = Tally(2 * MB, 510_000, 0.4)
    return found


READING = Reading(1000, 0.02, 50 * MB, 0.02)


def say(preset=BALANCED, *, found=None, content=100 * MB, tail=10_000, threads=2, **more):
    return estimate_preset(
        preset,
        census(**more),
        content,
        tail,
        learned() if found is None else found,
        READING,
        Machine(threads, 2),
    )


def test_quick_presets_are_as_their_samples() -> None:
    assert say().size.expected == pytest.approx(30 * MB, rel=0.05)


def test_frames_show_what_short_pieces_lack() -> None:
    found = learned()
    found["balanced"].pieces = Tally(5 * MB, 3_000_000, 0.02)
    assert say(found=found).size.expected == pytest.approx(19 * MB, rel=0.05)


def test_slow_presets_gain_on_quick_ones() -> None:
    quick = say().size.expected
    assert say(BEST).size.expected == pytest.approx(quick * 0.9 * 0.85**1.6, rel=0.01)
    assert say(BEST).seconds.expected > 10 * say().seconds.expected


def test_what_was_coded_as_a_whole_counts_as_it_is() -> None:
    found = learned()
    found["balanced"].small = True
    found["balanced"].frames = Tally(100 * MB, 40 * MB, 0.3)
    sure = say(found=found).size
    assert sure.expected == pytest.approx(40 * MB, rel=0.01)
    assert sure.high < 1.03 * sure.expected


def test_the_less_is_known_the_wider_the_range() -> None:
    found = learned()
    found["balanced"].ratios = {place * 5 * MB: place % 2 * 0.6 for place in range(20)}
    assert say(found=found).size.high > say().size.high
    assert say(counted=False).size.high > say().size.high
    assert say(counted=False).seconds.high > say().seconds.high


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_nothing_learned(preset) -> None:
    nothing = {preset.name: Findings() for preset in PRESETS}
    said = say(preset, found=nothing)
    assert 0 < said.size.low < said.size.expected <= 101 * MB
    assert said.seconds.expected > 0


def test_frames_that_do_not_compress_are_quick() -> None:
    stiff = learned()
    stiff["balanced"].ratios = dict.fromkeys(stiff["balanced"].ratios, 1.0)
    stiff["best"].stiff = stiff["best"].hard
    scattered = learned()
    scattered["best"].stiff = scattered["best"].hard
    quick, slow = say(BEST, found=stiff), say(BEST, found=scattered)
    assert quick.seconds.expected < slow.seconds.expected / 10


def test_a_busy_machine_takes_longer() -> None:
    census_of_few, machine = census(files=1), Machine(2, 2, crowding=3.0)
    alone, crowded = (
        estimate_preset(BEST, census_of_few, 100 * MB, 10_000, learned(), READING, each)
        for each in (Machine(2, 2), machine)
    )
    assert crowded.seconds.expected > 2 * alone.seconds.expected
    assert crowded.size == alone.size


def test_what_does_not_compress_gains_nothing() -> None:
    found = {preset.name: Findings() for preset in PRESETS}
    for preset in (FAST, BALANCED):
        found[preset.name].spread = Tally(10 * MB, 10 * MB, 0.01)
        found[preset.name].ratios = dict.fromkeys(range(0, 100 * MB, 5 * MB), 1.0)
    assert say(BEST, found=found).size.expected == pytest.approx(100 * MB, rel=0.01)
    found["best"].easy = found["best"].hard = found["best"].stiff = Tally(MB, MB, 0.1)
    assert say(BEST, found=found).size.expected == pytest.approx(100 * MB, rel=0.01)
    half = learned()
    half["best"].easy, half["best"].hard = Tally(4 * MB, 2 * MB, 0.1), Tally(4 * MB, 1_800_000, 1)
    half["best"].stiff = Tally(MB, MB, 0.1)
    gain = say(BEST, found=half).size.expected / say(BALANCED, found=half).size.expected
    assert gain == pytest.approx(0.9 * (1 + 0.8**1.6) / 2, rel=0.01)


def test_a_single_frame_is_coded_by_one_thread() -> None:
    for content in (25 * MB, 30 * MB):
        one, two = (say(BEST, content=content, threads=threads) for threads in (1, 2))
        assert one.seconds == two.seconds


def test_more_threads_and_fewer_files_take_less_time() -> None:
    assert say(BEST, threads=2).seconds.expected < say(BEST, threads=1).seconds.expected
    assert say(files=100_000).seconds.expected > 2 * say().seconds.expected

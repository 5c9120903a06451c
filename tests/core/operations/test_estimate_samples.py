"""What is sampled: from all over, in bounded amounts, and what is half done does not count."""

import random
from pathlib import Path

import pytest

from zpack.filesystem import archive_order, scan_sources
from zpack.jobs import Cancelled, Control
from zpack.operations import PRESETS, estimate_samples
from zpack.operations.estimate_samples import Sampler, Tally, is_slow
from zpack.operations.estimate_stream import MemberStream


@pytest.fixture
def streams(tmp_path: Path) -> dict[bool, MemberStream]:
    """12 MB with little in it."""
    chance = random.Random(4)
    for number in range(10):
        (tmp_path / f"{number}.txt").write_bytes(chance.randbytes(4000) * 300)
    tree = scan_sources((str(tmp_path),), lambda: None, lambda rows, size: None)
    return {
        by_type: MemberStream(tree, archive_order(tree, by_type=by_type).files, lambda: None)
        for by_type in (False, True)
    }


def test_all_of_what_is_small(streams: dict[bool, MemberStream]) -> None:
    sampler = Sampler(PRESETS, streams, lambda: True, Control())
    sampler.run(2)
    assert sampler.finished
    for preset in PRESETS:
        found = sampler.findings[preset.name]
        assert found.small
        coded = (found.stand_in if is_slow(preset) else found.frames).content
        assert coded == pytest.approx(streams[True].size, rel=0.01)


def test_a_bounded_part_of_what_is_large(
    streams: dict[bool, MemberStream], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_WHOLE", 1 << 20), ("_LONG", 2 << 20), ("_SHORTS", 8), ("_FRAMES", 1)):
        monkeypatch.setattr(estimate_samples, name, value)
    sampler = Sampler(PRESETS, streams, lambda: True, Control())
    sampler.run(2)
    best, balanced = sampler.findings["best"], sampler.findings["balanced"]
    assert not best.small
    assert best.stand_in.content == best.base.content == 4 << 20
    assert best.hard.content == best.easy.content == 15 << 18
    assert balanced.spread.content == 8 << 19
    assert len(balanced.ratios) == 8
    assert 8 << 20 < balanced.frames.content <= 12 << 20


@pytest.mark.parametrize("looks", [1, 20, 100, 300])
def test_what_is_compared_is_whole(streams: dict[bool, MemberStream], looks: int) -> None:
    left = iter(range(looks))
    sampler = Sampler(PRESETS, streams, lambda: next(left, None) is not None, Control())
    sampler.run(2)
    best = sampler.findings["best"]
    assert best.hard.content == best.easy.content
    assert best.stand_in.content == best.base.content


def test_cancel(streams: dict[bool, MemberStream]) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        Sampler(PRESETS, streams, lambda: True, control).run(2)


def test_a_tally() -> None:
    tally = Tally()
    assert (tally.ratio, tally.pace) == (1.0, 0.0)
    tally.add(Tally(100, 25, 2.0))
    tally.add(Tally(100, 75, 2.0))
    assert (tally.ratio, tally.pace) == (0.5, 0.02)

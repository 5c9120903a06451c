"""What a recovery record adds is what it will be."""

from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.operations import EstimateRequest, PresetEstimate, Range, estimate
from zpack.operations.estimate_recovery import with_recovery


def test_the_size_is_exact(tree: Path, make: Maker) -> None:
    plain, protected = make(tree).bytes_out, make(tree, target="p.tar.zst", recovery=20).bytes_out
    size = Range(plain, plain, plain)
    grown = with_recovery(PresetEstimate("fast", size, Range(1.0, 2.0, 3.0)), 20)
    # The locator and the seek table are not protected, and each frame adds to the latter.
    assert abs(grown.size.expected - protected) < 400
    assert grown.preset == "fast"
    assert 2.0 < grown.seconds.expected < 2.1


def test_more_percent_are_more_bytes_and_seconds() -> None:
    plain = PresetEstimate("fast", Range(1e9, 2e9, 3e9), Range(1.0, 2.0, 3.0))
    last = plain
    for percent in (1, 5, 20, 100):
        grown = with_recovery(plain, percent)
        assert grown.size.expected > last.size.expected
        assert grown.seconds.expected >= last.seconds.expected
        assert grown.size.low < grown.size.expected < grown.size.high
        last = grown
    assert 2.0e9 * 1.99 < last.size.expected < 2.0e9 * 2.02


def test_asked_for(tree: Path) -> None:
    plain = estimate(EstimateRequest((str(tree),)), Control())
    protected = estimate(EstimateRequest((str(tree),), recovery=100), Control())
    for one, other in zip(plain.presets, protected.presets, strict=True):
        assert other.size.expected > one.size.expected * 1.5
    with pytest.raises(RequestRefused):
        estimate(EstimateRequest((str(tree),), recovery=0), Control())

"""Statistics, with numbers from textbooks and by hand."""

import math

import pytest

from benchmarks import statistics
from benchmarks.statistics import Interval

CLOSE = 1e-9


def test_a_summary_tells_mean_median_deviation_and_ends() -> None:
    summary = statistics.summarize([2, 4, 4, 4, 5, 5, 7, 9])
    assert summary.mean == 5
    assert summary.median == 4.5
    assert summary.deviation == pytest.approx(math.sqrt(32 / 7), rel=CLOSE)
    assert (summary.least, summary.most) == (2, 9)


def test_the_interval_of_a_mean_is_students() -> None:
    # Mean 5, deviation sqrt(32/7), seven degrees of freedom: 2.365.
    reach = 2.365 * math.sqrt(32 / 7) / math.sqrt(8)
    interval = statistics.interval_of_mean([2, 4, 4, 4, 5, 5, 7, 9])
    assert interval.low == pytest.approx(5 - reach, rel=CLOSE)
    assert interval.high == pytest.approx(5 + reach, rel=CLOSE)


def test_one_sample_says_nothing_about_its_error() -> None:
    assert statistics.interval_of_mean([3.0]) == Interval(3.0, -math.inf, math.inf)
    assert statistics.summarize([3.0]).deviation == 0


def test_the_same_each_time_leaves_no_doubt() -> None:
    assert statistics.interval_of_mean([3.0, 3.0, 3.0]) == Interval(3.0, 3.0, 3.0)
    assert statistics.exactly(3.0) == Interval(3.0, 3.0, 3.0)


@pytest.mark.parametrize(
    ("freedom", "expected"), [(1, 12.706), (2, 4.303), (10, 2.228), (30, 2.042), (31, 1.96)]
)
def test_quantiles(freedom: int, expected: float) -> None:
    assert statistics.t_quantile(freedom) == expected


def test_no_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="data point"):
        statistics.summarize([])


class TestPairs:
    def test_what_slows_both_of_a_pair_does_not_count(self) -> None:
        # The machine was ten times slower for the second pair.
        ratio = statistics.ratio_of_pairs([1.0, 10.0, 3.0], [2.0, 20.0, 6.0])
        assert ratio.value == pytest.approx(0.5, rel=CLOSE)
        assert ratio.low == pytest.approx(0.5, rel=CLOSE)
        assert ratio.high == pytest.approx(0.5, rel=CLOSE)

    def test_twice_and_half_cancel_out(self) -> None:
        assert statistics.ratio_of_pairs([2.0, 1.0], [1.0, 2.0]).value == pytest.approx(1.0)

    def test_the_interval_holds_the_ratio_and_is_wider_the_less_pairs_agree(self) -> None:
        calm = statistics.ratio_of_pairs([1.0, 1.1, 0.9], [2.0, 2.0, 2.0])
        noisy = statistics.ratio_of_pairs([1.0, 2.0, 0.5], [2.0, 2.0, 2.0])
        assert calm.low < calm.value < calm.high
        assert noisy.low < calm.low < calm.high < noisy.high

    def test_sides_of_different_length_are_refused(self) -> None:
        with pytest.raises(ValueError, match="zip"):
            statistics.ratio_of_pairs([1.0], [1.0, 2.0])

    def test_what_the_clock_could_not_see_is_no_division_by_zero(self) -> None:
        assert statistics.ratio_of_pairs([0.0, 0.0], [1.0, 1.0]).value == pytest.approx(1e-6)

    def test_differences(self) -> None:
        found = statistics.difference_of_pairs([1.0, 2.0, 3.0], [0.5, 1.5, 2.5])
        assert found == Interval(0.5, 0.5, 0.5)

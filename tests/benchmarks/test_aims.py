"""The aims, and the verdict on them."""

import pytest

from benchmarks.aims import AIMS, Measure, Verdict, judge, verdict_on
from benchmarks.statistics import Interval
from tests.benchmarks.bouts import bout


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.7, 0.8, Verdict.MET),
        (0.7, 0.85, Verdict.MET),
        (0.8, 0.9, Verdict.UNSURE),
        (0.86, 0.9, Verdict.MISSED),
    ],
)
def test_a_verdict_heeds_the_interval(low: float, high: float, expected: Verdict) -> None:
    assert verdict_on(Interval((low + high) / 2, low, high), 0.85) is expected


def test_all_aims_of_a_duel_are_judged() -> None:
    found = {one.aim.measure: (one.found.value, one.verdict) for one in judge(bout())}
    assert found == {
        Measure.TIME: (pytest.approx(0.5), Verdict.MET),
        Measure.SIZE: (pytest.approx(0.9), Verdict.MET),
        Measure.MEMORY: (50_000_000, Verdict.MET),
    }


def test_a_duel_without_an_aim_is_not_judged() -> None:
    assert judge(bout(work="create fast")) == []


def test_a_start_is_judged_by_what_it_takes_longer() -> None:
    start = bout((0.15, 0.16), (0.02, 0.03), work="start", corpus="nothing", peer="python3")
    (judged,) = judge(start)
    assert judged.found.value == pytest.approx(0.13)
    assert judged.verdict is Verdict.MISSED


def test_each_aim_is_about_another_thing() -> None:
    assert len({(aim.duel, aim.measure) for aim in AIMS}) == len(AIMS)

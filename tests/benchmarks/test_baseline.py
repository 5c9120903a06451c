"""The comparison with a baseline: what counts as worse, and what does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import baseline
from benchmarks.baseline import Baseline, Change, Mark, NoBaseline
from benchmarks.statistics import Interval, exactly
from tests.benchmarks.bouts import bout

DUEL = "create balanced, small, against tar + zstd"


def mark(value: float, low: float | None = None, high: float | None = None) -> Mark:
    ends = (value if low is None else low, value if high is None else high)
    return Mark(DUEL, "time", Interval(value, *ends))


def is_worse(before: Mark, now: Mark) -> bool:
    return Change(before, now).is_worse


class TestWorse:
    def test_more_than_five_percent_is(self) -> None:
        assert is_worse(mark(1.0), mark(1.051))

    def test_five_percent_is_not(self) -> None:
        assert not is_worse(mark(1.0), mark(1.05))

    def test_less_is_not(self) -> None:
        assert not is_worse(mark(1.0), mark(0.5))

    def test_what_the_noise_of_now_could_explain_is_not(self) -> None:
        assert not is_worse(mark(1.0), mark(1.2, low=1.04, high=1.4))

    def test_what_the_noise_of_then_could_explain_is_not(self) -> None:
        assert not is_worse(mark(1.0, low=0.8, high=1.25), mark(1.2, low=1.15, high=1.24))

    def test_what_is_past_both_is(self) -> None:
        assert is_worse(mark(1.0, low=0.9, high=1.1), mark(1.2, low=1.15, high=1.25))


def test_a_baseline_of_a_run_has_every_ratio() -> None:
    marks = baseline.marks_of([bout(), bout(work="verify", made=None)])
    assert [(one.duel, one.measure) for one in marks] == [
        (DUEL, "time"),
        (DUEL, "cpu"),
        (DUEL, "size"),
        ("verify, small, against tar + zstd", "time"),
        ("verify, small, against tar + zstd", "cpu"),
    ]
    assert marks[0].ratio.value == pytest.approx(0.5)
    assert marks[2].ratio == exactly(0.9)


def test_a_run_compared_with_itself_is_not_worse() -> None:
    marks = baseline.marks_of([bout()])
    comparison = baseline.compare(Baseline("2026-01-01", 1.0, marks), marks)
    assert not comparison.is_worse
    assert [change.now.measure for change in comparison.changes] == ["time", "cpu", "size"]
    assert (comparison.missing, comparison.new) == ((), ())


def test_one_size_that_grew_fails_it_all() -> None:
    before = Baseline("2026-01-01", 1.0, baseline.marks_of([bout(made=(90, 100))]))
    comparison = baseline.compare(before, baseline.marks_of([bout(made=(96, 100))]))
    assert comparison.is_worse
    assert [change.now.measure for change in comparison.changes if change.is_worse] == ["size"]
    assert "0.900 × -> 0.960 ×" in str(comparison.changes[2])
    assert str(comparison.changes[2]).endswith("+6.7 %: WORSE")


def test_what_is_in_one_of_both_only_is_told_and_does_not_fail() -> None:
    old, new = bout(made=None), bout(work="verify", made=None)
    comparison = baseline.compare(
        Baseline("2026-01-01", 1.0, baseline.marks_of([old])), baseline.marks_of([new])
    )
    assert not comparison.is_worse
    assert comparison.missing == (f"{old.name}: time", f"{old.name}: cpu")
    assert comparison.new == (f"{new.name}: time", f"{new.name}: cpu")


def test_corpora_of_another_size_are_not_compared() -> None:
    with pytest.raises(NoBaseline, match=r"--size 0\.1"):
        baseline.check_size(Baseline("2026-01-01", 0.1, ()), 1.0)


class TestFile:
    def test_what_is_saved_is_loaded(self, tmp_path: Path) -> None:
        saved = Baseline("2026-01-01", 0.5, baseline.marks_of([bout()]))
        baseline.save(saved, tmp_path / "baseline.json")
        assert baseline.load(tmp_path / "baseline.json") == saved

    def test_one_that_is_missing_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(NoBaseline, match=r"none\.json cannot be read: No such file"):
            baseline.load(tmp_path / "none.json")

    @pytest.mark.parametrize(
        "text", ["", "[]", "{}", '{"date": "d", "factor": 1, "marks": [{"duel": 1, "measure": 2}]}']
    )
    def test_one_that_is_none_is_refused(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "odd.json"
        path.write_text(text)
        with pytest.raises(NoBaseline, match="is no baseline"):
            baseline.load(path)

    @pytest.mark.skipif(not baseline.BASELINE.exists(), reason="none was measured yet")
    def test_the_stored_one_can_be_loaded(self) -> None:
        assert baseline.load(baseline.BASELINE).marks


def test_better_is_said_only_where_it_is_sure() -> None:
    assert str(Change(mark(1.0), mark(0.8))).endswith("-20.0 %: better")
    noisy = replace(mark(0.8), ratio=Interval(0.8, 0.5, 1.2))
    assert str(Change(mark(1.0), noisy)).endswith("-20.0 %: within noise")

"""The arguments of the benchmarks."""

from pathlib import Path

import pytest

from benchmarks.baseline import BASELINE
from benchmarks.options import RESULTS, parse


def test_defaults_are_the_whole_programme_at_full_size() -> None:
    options = parse([])
    assert (options.factor, options.rounds) == (1.0, 7)
    assert [chapter.name for chapter in options.chapters] == [
        "start", "small", "source", "binary", "media", "mixed", "million",
    ]  # fmt: skip
    assert options.write == RESULTS
    assert (options.compare, options.save) == (None, None)


def test_chapters_keep_their_order() -> None:
    options = parse(["--corpus", "mixed", "--corpus", "start"])
    assert [chapter.name for chapter in options.chapters] == ["start", "mixed"]


def test_the_stored_baseline_is_meant_where_none_is_named() -> None:
    assert parse(["--compare"]).compare == BASELINE
    assert parse(["--compare", "other.json"]).compare == Path("other.json")
    assert parse(["--save-baseline"]).save == BASELINE


@pytest.mark.parametrize(
    "arguments", [["--size", "0"], ["--size", "101"], ["--rounds", "1"], ["--corpus", "none"]]
)
def test_what_makes_no_sense_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refusal:
        parse(arguments)
    assert refusal.value.code == 2
    assert capsys.readouterr().err

"""The shapes of an estimate."""

from zpack.errors import ExitCode
from zpack.operations import EstimateReport, PresetEstimate, Range
from zpack.worker.serial import from_json, to_json


def test_a_range_is_around_what_is_expected() -> None:
    assert Range.around(100, 0.1, 0.5) == Range(90, 100, 150)


def test_it_crosses_a_process_border() -> None:
    presets = (PresetEstimate("fast", Range(1.0, 2.0, 3.0), Range(0.5, 0.6, 0.7)),)
    report = EstimateReport(1, 2, 3, 4, False, 5, presets, 0.1)
    assert from_json(EstimateReport, to_json(report)) == report
    assert report.exit_code == ExitCode.DONE

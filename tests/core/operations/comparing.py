"""Runs comparisons, and reads what they found."""

from pathlib import Path

from zpack.jobs import Control
from zpack.operations import CompareReport, CompareRequest, compare


def run(
    archive: str, folder: Path, control: Control | None = None, **more: object
) -> CompareReport:
    request = CompareRequest(archive, str(folder), **more)  # type: ignore[arg-type]
    return compare(request, control or Control())


def found(report: CompareReport) -> dict[str, str]:
    """Path to what is said of it."""
    return {
        one.path: ",".join(each.value for each in one.aspects) or one.standing.value
        for one in report.differences
    }

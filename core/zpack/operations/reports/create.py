"""What creating returns."""

from zpack.errors import ExitCode, Explanation
from zpack.records import record


@record
class CreateReport:
    """``bytes_in`` is the content of all files, ``bytes_out`` the archive's size. ``excluded``
    counts what was left out by wish; a folder, with all that is in it, as one. ``verified``: it was
    read back and every file is proven. ``removed`` counts the originals that were removed.
    ``volumes`` is how many there are, 0 if it is one file; ``target`` is the first of them."""

    target: str
    files: int
    folders: int
    links: int
    bytes_in: int
    bytes_out: int
    seconds: float
    problems: tuple[Explanation, ...] = ()
    excluded: int = 0
    verified: bool = False
    removed: int = 0
    volumes: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Partial if something is missing from the archive."""
        return ExitCode.PARTIAL if self.problems else ExitCode.DONE


@record
class CreatedPart:
    """What became of one source of many: ``report`` of its archive, or the ``error`` instead."""

    source: str
    report: CreateReport | None
    error: Explanation | None = None


@record
class CreateEachReport:
    """A part for each source, in the order in which they were named; the archives are in
    ``folder``."""

    folder: str
    parts: tuple[CreatedPart, ...]
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        """Failed if there is no archive at all, partial if anything is missing."""
        reports = [part.report for part in self.parts if part.report is not None]
        if not reports:
            return ExitCode.FAILED
        if len(reports) < len(self.parts) or any(report.problems for report in reports):
            return ExitCode.PARTIAL
        return ExitCode.DONE

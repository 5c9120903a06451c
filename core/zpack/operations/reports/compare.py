"""What comparing returns."""

from zpack.errors import ExitCode, Explanation
from zpack.operations.differences import Difference
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


@record
class CompareReport:
    """``differences`` in the order of a listing, each folder before what is in it. ``same`` counts
    the archive's entries, folders too, that are on disk as they are in the archive; ``bytes_read``
    what was read of the files on disk. ``problems``: what could not be compared."""

    archive: str
    folder: str
    same: int
    differences: tuple[Difference, ...]
    bytes_read: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Partial if anything differs or could not be compared, damaged if the archive is."""
        code = worst_exit_code(self.problems)
        return ExitCode.PARTIAL if code == ExitCode.DONE and self.differences else code

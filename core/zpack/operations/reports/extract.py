"""What extracting returns."""

from zpack.errors import ExitCode, Explanation
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


@record
class ExtractReport:
    """``destination`` is where things went (the folder made for them, if one was);
    ``replaced`` names the files that were overwritten. ``skipped`` counts entries left out for
    what was there already, ``superseded`` those for a later entry of the same path, ``stripped``
    those of whose path nothing was left, and ``identical`` those that were there already with the
    same content, and were left alone: they count as nothing else."""

    destination: str
    files: int
    folders: int
    links: int
    skipped: int
    bytes_out: int
    seconds: float
    superseded: int = 0
    replaced: tuple[str, ...] = ()
    problems: tuple[Explanation, ...] = ()
    stripped: int = 0
    identical: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Damaged goes before partial."""
        return worst_exit_code(self.problems)


@record
class PipeReport:
    """What was written to a stream: files, and as a tar also folders and links; ``bytes_out`` of
    content."""

    archive: str
    files: int
    folders: int
    links: int
    bytes_out: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged goes before partial."""
        return worst_exit_code(self.problems)

"""What writing a manifest returns."""

from zpack.errors import ExitCode, Explanation
from zpack.operations.manifest_lines import Algorithm
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


@record
class ManifestReport:
    """``files`` are in the manifest, each under each of its names; ``left_out`` are neither files
    nor folders. ``proven``: their digests are known to be of what was put in. ``problems``: what
    is not in it because it is damaged, and what is wrong with the archive."""

    archive: str
    algorithm: Algorithm
    files: int
    left_out: int
    proven: bool
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if anything is."""
        return worst_exit_code(self.problems)

"""What listing returns."""

from zpack.entries import Listing
from zpack.errors import ExitCode, Explanation
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


@record
class ListReport:
    """``indexed``: read from the index, without the data. ``problems``: what is wrong with it.
    ``format`` and ``recovery_percent`` as in :class:`InfoReport`."""

    archive: str
    listing: Listing
    indexed: bool
    problems: tuple[Explanation, ...] = ()
    format: str = ""
    recovery_percent: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if the listing could not be read to its end, or its proof is gone."""
        return worst_exit_code(self.problems)

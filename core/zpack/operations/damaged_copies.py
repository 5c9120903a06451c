"""Damaged copies of an archive, open to be looked at."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from zpack.errors import ArchiveEmpty
from zpack.filesystem import Patience, SourceFile, open_damaged_source
from zpack.jobs import Control
from zpack.native.restore_plan import NotRestored, Plan, plan_restoration
from zpack.records import record


@record
class DamagedCopies:
    """``plan``: what their recovery record can do, None without one; ``why_not`` tells why one that
    is there is of no use."""

    sources: tuple[SourceFile, ...]
    plan: Plan | None
    why_not: str

    @property
    def path(self) -> str:
        """The first of them, for messages and reports."""
        return self.sources[0].path


@contextmanager
def open_damaged(paths: tuple[str, ...], control: Control) -> Iterator[DamagedCopies]:
    """Open them, and look for what can bring them back. Reads all of them.

    Volumes may be missing, and copies empty. Raises errors of ``open_source``,
    :class:`ArchiveEmpty` if all are, and ``Cancelled``.
    """
    with ExitStack() as opened:
        patience = Patience(control.check)
        sources = tuple(opened.enter_context(open_damaged_source(path, patience)) for path in paths)
        if not any(source.size for source in sources):
            raise ArchiveEmpty(paths[0])
        control.progress.phase = "looking"
        control.progress.bytes_total = sum(source.size for source in sources)
        check, plan, why_not = _counting(sources, control), None, "it has no recovery record"
        try:
            plan = plan_restoration(sources, check)
        except NotRestored as error:
            why_not = str(error)
        yield DamagedCopies(sources, plan, why_not)


def _counting(sources: tuple[SourceFile, ...], control: Control) -> Callable[[], None]:
    """Shows how much was read, most files no more than once."""
    lane = control.progress.lane()

    def check() -> None:
        lane.bytes_done = min(
            control.progress.bytes_total, sum(source.bytes_read for source in sources)
        )
        control.check()

    return check

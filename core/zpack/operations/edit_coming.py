"""What comes into an archive from the disk."""

from zpack.entries import NO_ROW, Paths
from zpack.errors import Explanation, ReplacementUnreadable, reason
from zpack.filesystem import ArchiveOrder, ExtrasReader, ScannedTree, SourceRules
from zpack.jobs import Control, Outcome
from zpack.native.edit_plan import EditPlan
from zpack.native.writer import ArchiveWriter
from zpack.operations.create_files import FileReader
from zpack.records import record


@record
class Coming:
    """Scanned sources, and the order that their files get."""

    tree: ScannedTree
    order: ArchiveOrder


class ComingFiles:
    """Reads them into the writer. ``dropped`` has the rows that are not in the archive after all.
    For one thread."""

    def __init__(
        self, coming: Coming, plan: EditPlan, writer: ArchiveWriter, control: Control
    ) -> None:
        self._tree = coming.tree
        self._plan = plan
        self._control = control
        self._replacing = {new for _, new in plan.tree.replaced}
        self._files = FileReader(self, writer, control)

    @property
    def rules(self) -> SourceRules:
        """How they are looked at."""
        return self._tree.rules

    @property
    def seen(self) -> None:
        """What was found of each is not kept."""
        return None

    @property
    def extras(self) -> ExtrasReader:
        """Reads extended attributes."""
        return self._tree.extras

    def source_path(self, row: int) -> bytes:
        """Where the file of a row is on the disk."""
        return self._tree.source_path(self._plan.tree.new[row])

    @property
    def dropped(self) -> set[int]:
        """Rows of what could not be read."""
        return self._files.dropped

    @property
    def problems(self) -> list[Explanation]:
        """What there is to report."""
        extras = self._tree.extras.problems()
        return [*self._tree.problems, *self._files.problems, *extras]

    @property
    def bytes_in(self) -> int:
        """Content that was read."""
        return self._files.bytes_in

    def add_all(self) -> None:
        """Store the files. Raises :class:`ReplacementUnreadable` if one of them should replace
        another: that one must not get lost for it."""
        known, paths = 0, Paths(self._plan.rows)
        for row in self._plan.files:
            self._control.check()
            self._files.add(row, paths.path(row))
            if len(self._files.problems) > known:
                self._mind(row, self._files.problems[-1])
                known = len(self._files.problems)

    def _mind(self, row: int, problem: Explanation) -> None:
        if self._plan.tree.new[row] in self._replacing:
            raise ReplacementUnreadable(problem.details, problem.path)

    def drop_links(self) -> None:
        """Hard links among them go too if the other file was dropped, or is not the same any
        more."""
        for row, carrier in self._plan.carriers.items():
            why = self._why_no_link(row, carrier)
            if why:
                self._files.leave_out(row, why)
                self._mind(row, self._files.problems[-1])

    def _why_no_link(self, row: int, carrier: int) -> str:
        """Empty if the file of ``row`` is still the one that was stored for its carrier."""
        if carrier in self.dropped:
            return "its content could not be read under its other name"
        try:
            same = self._files.is_name_of(row, carrier)
        except OSError as error:
            return reason(error)
        return "" if same else "another program replaced it, or its other name"

    def finish_links(self) -> None:
        """Links that came are stored."""
        lane = self._control.progress.lane()
        for row in (*self._plan.hard_links, *self._plan.others):
            if self._plan.tree.new[row] != NO_ROW and row not in self.dropped:
                self._control.progress.finish(lane, row, Outcome.DONE)

"""Saves the files of a damaged archive that has no index, or none that can be read."""

import os

from zpack.entries import Kind
from zpack.errors import Explanation, ZpackError
from zpack.filesystem import AtomicFile, SourceFile
from zpack.jobs import Control, NestedControl
from zpack.native.passage_reader import CutEntry, PassageReader, WholeEntry, entries_as_tar
from zpack.native.passages import find_passages
from zpack.native.record_copies import Copy, open_copies
from zpack.operations.byte_copies import append_bytes, stepper
from zpack.operations.create_from_tar import ArchiveFromTar
from zpack.operations.damaged_copies import DamagedCopies
from zpack.operations.limits import LimitGuard, Limits
from zpack.operations.reports import DamageReport, Proof, Remedy
from zpack.operations.requests import CreateRequest, VerifyRequest
from zpack.operations.verify import verify
from zpack.records import field, mutable_record

_ENTRY_MEMORY = 500  # bytes, about


@mutable_record
class FoundEntries:
    """``whole`` in the order of their archive, and of all copies; ``cut`` are those that are whole
    in none."""

    whole: list[WholeEntry] = field(default_factory=list)
    cut: dict[bytes, CutEntry] = field(default_factory=dict)
    marked: bool = False

    @property
    def files(self) -> int:
        """How many are no folders."""
        return sum(entry.kind != Kind.DIRECTORY for entry in self.whole)

    def doubtful(self) -> tuple[str, ...]:
        """Files that nothing vouches for, not even a checksum, by each of their names."""
        bad = {entry.path for entry in self.whole if entry.doubtful and entry.kind == Kind.FILE}
        links = (entry for entry in self.whole if entry.kind == Kind.HARD_LINK)
        return tuple(map(os.fsdecode, sorted(bad | {e.path for e in links if e.link in bad})))


def find_entries(copies: DamagedCopies, limits: Limits, control: Control) -> FoundEntries:
    """Read all passages of all copies. What is whole in several is taken from the first that
    vouches for it. Raises :class:`LimitReached`."""
    found = FoundEntries()
    tally = _Tally(found, copies, LimitGuard(copies.path, limits, control))
    known: dict[bytes, bool] = {}
    for copy in open_copies(copies.sources):
        _add(found, copy, known, tally)
    found.whole = [
        entry for entry in found.whole if entry.doubtful <= known.get(entry.path, entry.doubtful)
    ]
    for path in known:
        found.cut.pop(path, None)
    return found


def _add(found: FoundEntries, copy: Copy, known: dict[bytes, bool], tally: "_Tally") -> None:
    """``known`` tells of each path whether only doubtful entries have it."""
    before = dict(known)
    for passage in find_passages(copy, tally.check):
        reader = PassageReader(passage, tally.count)
        for entry in reader.entries():
            if entry.path in before and before[entry.path] <= entry.doubtful:
                continue  # an earlier copy has it, no worse
            found.whole.append(entry)
            known[entry.path] = known.get(entry.path, True) and entry.doubtful
        for cut in reader.cut:
            found.cut.setdefault(cut.path, cut)
        found.marked = found.marked or reader.marked


class _Tally:
    """Holds what is found against the limits, as it is found."""

    def __init__(self, found: FoundEntries, copies: DamagedCopies, guard: LimitGuard) -> None:
        self._found = found
        self._packed = sum(source.size for source in copies.sources)
        self._guard = guard
        self._decoded = 0
        self.check = guard.control.check

    def count(self, decoded: int) -> None:
        self._decoded += decoded
        self.check()
        entries = len(self._found.whole)
        self._guard.scanned(entries, self._packed, self._decoded, _ENTRY_MEMORY * entries)


def undamaged_report(copies: DamagedCopies, threads: int, control: Control) -> DamageReport | None:
    """Of an archive by another program that is all there; None if it is not."""
    nested = NestedControl(control)
    try:
        report = verify(VerifyRequest(copies.path, threads), nested)
    except ZpackError:
        return None
    nested.share()
    if report.proof not in (Proof.CHECKED, Proof.READABLE) or report.problems:
        return None
    return DamageReport(
        copies.path, Remedy.NONE_NEEDED, report.proof, report.files, (), (), 0, 0, (), 0, 0.0
    )


def copy_as_it_is(source: SourceFile, target: AtomicFile, control: Control) -> None:
    """Byte for byte."""
    append_bytes(target, source, 0, source.size, stepper(control))


class ScanWriter:
    """Writes a new archive of entries that were found. ``problems`` are what of them could not be
    taken, after that."""

    def __init__(
        self, copies: DamagedCopies, entries: FoundEntries, threads: int, control: Control
    ) -> None:
        self._copies = copies
        self._entries = entries
        self._threads = threads
        self._control = control
        self.problems: tuple[Explanation, ...] = ()

    def write(self, target: AtomicFile) -> None:
        """Write all of it. It has no digests: those would be of what is there now."""
        tar = entries_as_tar(self._copies.path, self._entries.whole)
        wishes = CreateRequest(target.target, (), threads=self._threads)
        job = ArchiveFromTar(wishes, tar, target, self._control, proven=False)
        job.run()
        self.problems = tuple(job.intake.problems)

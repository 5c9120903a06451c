"""What all changes of an archive have in common: a plan, and a new archive beside the old one."""

import time
from collections.abc import Callable

from zpack.codecs.coding import Encoder
from zpack.entries import NO_ROW, Kind, ListingBuilder, TreeEdit
from zpack.errors import Explanation, RequestRefused, ZpackError
from zpack.filesystem import AtomicFile
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.native.edit_frames import RunStep, Step, bytes_of, plan_frames
from zpack.native.edit_plan import EditPlan, plan_edit
from zpack.native.frame_pool import FramePool
from zpack.native.index import DIGEST_SIZE
from zpack.native.recovery_writer import RecordWriter
from zpack.native.rewrite import CopyFrames, Rewriter, Work, write_rest
from zpack.native.tail_check import read_record
from zpack.native.writer import ArchiveWriter
from zpack.operations.byte_copies import stepper
from zpack.operations.coding_threads import coding_threads
from zpack.operations.create_check import check_choices
from zpack.operations.edit_check import check_editable, check_plan, check_room, check_stamp
from zpack.operations.edit_coming import Coming, ComingFiles
from zpack.operations.edit_requests import AddRequest, EditRequest
from zpack.operations.opening import open_for
from zpack.operations.presets import Preset, check_level, preset_of
from zpack.operations.recovery_record import record_for
from zpack.operations.reports import EditReport
from zpack.operations.requests import CreateRequest
from zpack.records import field, mutable_record

_HINT = "Choose another name."


@mutable_record
class Change:
    """What a verb wants: ``edit`` has it, except for what comes from the disk. ``faults`` are what
    is wrong with the wish; ``hint`` says what to do where a name is taken."""

    edit: TreeEdit
    faults: list[ZpackError] = field(default_factory=list)
    coming: Coming | None = None
    hint: str = _HINT


def run_edit(
    request: EditRequest,
    control: Control,
    faults: list[ZpackError],
    choose: Callable[[Archive], Change],
) -> EditReport:
    """Change an archive as ``choose`` says. ``faults`` of the request are known already.

    The archive is the old one or the new one, whatever happens. Raises :class:`RequestRefused` with
    all faults, the errors of ``open_readable``, :class:`EditStopped`, :class:`ArchiveChanged`,
    errors of the system, and ``Cancelled``, each leaving the old one.
    """
    started = time.monotonic()
    faults = [*_check_choices(request), *faults]
    try:
        with open_for(request.archive, control, every_row=True) as archive:
            archive.source.check_in_place()
            check_stamp(archive, request.stamp)
            faults.extend(check_editable(archive))
            change = choose(archive)
            faults.extend(change.faults)
            preset = _preset(request, archive, faults)
            if faults:
                raise RequestRefused(faults)
            job = _Edit(request, archive, change, preset, control)
            job.run()
            return job.report(time.monotonic() - started)
    except RequestRefused:
        raise
    except ZpackError as error:
        if faults:
            raise RequestRefused([*faults, error]) from error
        raise


class _Edit:
    """One run of :func:`run_edit`."""

    def __init__(
        self,
        request: EditRequest,
        archive: Archive,
        change: Change,
        preset: Preset,
        control: Control,
    ) -> None:
        self._request = request
        self._archive = archive
        self._change = change
        self._control = control
        self._preset = preset
        self._plan: EditPlan = _plan(change, control)
        self._steps: list[RunStep] = plan_frames(archive, self._plan, self._preset.frame_content)
        self._work = Work()
        self._size = self._bytes_in = 0
        self._problems: list[Explanation] = []
        self._rows: ListingBuilder = self._plan.rows
        self._recovery = _recovery_of(archive)

    def run(self) -> None:
        """Write the new archive and put it in the old one's place."""
        faults = check_plan(self._plan, self._change.hint)
        if faults := faults or check_room(self._request.archive, self._size_kept()):
            raise RequestRefused(faults)
        self._announce()
        source, control = self._archive.source, self._control
        with AtomicFile(self._request.archive, overwrite=True, check=control.check) as target:
            self._write(target)
            control.check()
            control.progress.phase = "saving"
            target.keep_owner(source.found)
            target.commit(source.check_in_place)
            self._size = target.written

    def _size_kept(self) -> int:
        """Of what stays, in bytes as they are now."""
        sizes = self._archive.frames.csize
        runs = [each.run for each in self._steps if each.step is not Step.SKIP]
        kept = sum(sum(sizes[run.first : run.last]) for run in runs)
        return kept * (100 + (self._recovery or 0)) // 100

    def _announce(self) -> None:
        """Tell front ends what there is to do. Items are what comes from the disk; bytes, what is
        copied and the content of what is coded."""
        rows, new = self._plan.rows, self._plan.tree.new
        comes = []
        if self._change.coming is not None:
            comes = [row for row in range(len(rows)) if new[row] != NO_ROW]
        items = sum(rows.kind[row] != Kind.DIRECTORY for row in comes)
        total = sum(rows.size[row] for row in comes)
        total += sum(bytes_of(self._archive, self._plan, each) for each in self._steps)
        self._control.progress.start(rows.build(), items, total)
        self._control.progress.phase = "editing"

    def _write(self, target: AtomicFile) -> None:
        plan, control, capacity = self._plan, self._control, self._preset.frame_content
        threads = coding_threads(self._request.threads, self._preset, self._request.level)
        envelope = self._preset.profile.envelope(True)
        with FramePool(target.write, self._encoder, capacity, threads, control, envelope) as pool:
            implied = frozenset(row for row, is_so in enumerate(plan.tree.implied) if is_so)
            writer = ArchiveWriter(pool, capacity, plan.rows, target.write, control.check, implied)
            rewriter = Rewriter(self._archive, plan, writer, self._copier(target), control.check)
            rewriter.run(self._steps)
            dropped = self._add_coming(writer)
            write_rest(plan, writer, dropped, control.check)
            record = record_for(self._recovery, target, control, envelope)
            self._finish(writer, dropped, record)
            self._work = rewriter.work
        target.write_start(envelope.begin())

    def _copier(self, target: AtomicFile) -> CopyFrames:
        source, step = self._archive.source, stepper(self._control)

        def copy(offset: int, length: int) -> None:
            target.append_from(source.fd, offset, length, step)

        return copy

    def _add_coming(self, writer: ArchiveWriter) -> set[int]:
        if self._change.coming is None:
            return set()
        files = ComingFiles(self._change.coming, self._plan, writer, self._control)
        files.add_all()
        files.drop_links()
        files.finish_links()
        self._problems, self._bytes_in = files.problems, files.bytes_in
        return files.dropped

    def _finish(
        self, writer: ArchiveWriter, dropped: set[int], record: RecordWriter | None
    ) -> None:
        digests: bytes | bytearray = writer.digests
        if dropped:
            self._rows, kept = self._plan.rows.without(dropped)
            digests = b"".join(digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE] for row in kept)
        writer.finish(self._rows, digests, record)

    def _encoder(self) -> Encoder:
        return self._preset.encoder(self._request.level)

    def report(self, seconds: float) -> EditReport:
        """What was done."""
        plan, edit, kinds = self._plan, self._change.edit, self._rows.kind
        replaced = len({new for _, new in plan.tree.replaced})
        return EditReport(
            archive=self._request.archive,
            added=len(self._rows) - len(plan.rows) + plan.tree.old.count(NO_ROW),
            removed=_count_gone(edit) - plan.superseded,
            replaced=replaced,
            moved=_count_moved(plan),
            superseded=plan.superseded,
            files=kinds.count(Kind.FILE),
            folders=kinds.count(Kind.DIRECTORY) - 1,
            links=kinds.count(Kind.HARD_LINK) + kinds.count(Kind.SYMLINK),
            converted=self._archive.tail is None,
            bytes_in=self._bytes_in,
            bytes_copied=self._work.copied,
            bytes_decoded=self._work.decoded,
            bytes_out=self._size,
            seconds=seconds,
            problems=tuple(self._problems),
        )


def _recovery_of(archive: Archive) -> int | None:
    """The size in percent of the recovery record that it has."""
    record = None if archive.tail is None else read_record(archive.source, archive.tail)
    return None if record is None else record.percent


def _check_choices(request: EditRequest) -> list[ZpackError]:
    if isinstance(request, AddRequest):
        return []  # it has more of them, and has looked at them itself
    how = CreateRequest(request.archive, (), request.preset, request.level)
    return check_choices(how)


def _preset(request: EditRequest, archive: Archive, faults: list[ZpackError]) -> Preset:
    """One that makes archives of this kind; what is wrong is added to the faults."""
    try:
        preset = preset_of(request.preset, archive.profile, archive.source.path)
        check_level(request.level, preset.profile.levels)
    except ZpackError as fault:
        if all(type(each) is not type(fault) for each in faults):
            faults.append(fault)
        return preset_of(None, archive.profile, archive.source.path)
    return preset


def _plan(change: Change, control: Control) -> EditPlan:
    if change.coming is None:
        return plan_edit(change.edit, control.check)
    return plan_edit(change.edit, control.check, change.coming.order)


def _count_gone(edit: TreeEdit) -> int:
    gone = (row for row, is_gone in enumerate(edit.gone) if is_gone)
    return sum(map(edit.listing.has_entry, gone)) if 1 in edit.gone else 0


def _count_moved(plan: EditPlan) -> int:
    if 0 not in plan.tree.unmoved:
        return 0
    pairs = zip(plan.tree.old, plan.tree.unmoved, strict=True)
    return sum(old != NO_ROW and not unmoved for old, unmoved in pairs)

"""Writes a new archive of what is whole of a damaged one whose index can be read."""

from zpack.codecs.coding import Encoder
from zpack.entries import NO_ROW, ListingBuilder, TreeEdit
from zpack.filesystem import AtomicFile
from zpack.jobs import Control, Turn
from zpack.native.archive import Archive
from zpack.native.edit_frames import RunStep, plan_frames
from zpack.native.edit_plan import EditPlan, plan_edit
from zpack.native.frame_pool import FramePool
from zpack.native.pieces import Pieces
from zpack.native.rewrite import CopyFrames, Rewriter, write_rest
from zpack.native.run_reader import RunReader
from zpack.native.runs import Run, run_buffer
from zpack.native.writer import ArchiveWriter, settled_holes
from zpack.operations.byte_copies import append_bytes, stepper
from zpack.operations.coding_threads import coding_threads
from zpack.operations.presets import Preset, preset_of
from zpack.operations.recovery_record import record_for
from zpack.operations.repair_frames import Salvageable


class SalvageWriter:
    """Writes a new archive of what is whole. ``rows`` are those that are in it."""

    def __init__(self, found: Salvageable, threads: int, control: Control) -> None:
        self._found = found
        self._archive: Archive = found.image.archive
        self._control = control
        self._threads = threads
        self._preset: Preset = preset_of(None, self._archive.profile, self._archive.source.path)
        self._plan: EditPlan = self._plan_rows()

    @property
    def rows(self) -> ListingBuilder:
        """What is in the new archive."""
        return self._plan.rows

    def _plan_rows(self) -> EditPlan:
        edit = TreeEdit(self._archive.listing)
        for row in self._found.salvage.lost:
            edit.drop(row)
        return plan_edit(edit, self._control.check)

    def write(self, target: AtomicFile) -> None:
        """Write all of it."""
        control, capacity, plan = self._control, self._preset.frame_content, self._plan
        threads = coding_threads(self._threads, self._preset, None)
        envelope = self._preset.profile.envelope(True)
        implied = frozenset(row for row, is_so in enumerate(plan.tree.implied) if is_so)
        with FramePool(target.write, self._encoder, capacity, threads, control, envelope) as pool:
            writer = ArchiveWriter(pool, capacity, plan.rows, target.write, control.check, implied)
            rewriter = Rewriter(self._archive, plan, writer, self._copier(target), control.check)
            rewriter.run(self._whole_steps())
            for run in self._found.salvage.damaged:
                self._rescue(run, writer)
            write_rest(plan, writer, (), control.check)
            record = record_for(self._found.percent, target, control, envelope)
            digests = writer.digests if self._found.has_digests else None
            writer.finish(plan.rows, digests, record)
        target.write_start(envelope.begin())

    def _copier(self, target: AtomicFile) -> CopyFrames:
        source, step = self._archive.source, stepper(self._control)

        def copy(offset: int, length: int) -> None:
            append_bytes(target, source, offset, offset + length, step)

        return copy

    def _encoder(self) -> Encoder:
        return self._preset.encoder()

    def _whole_steps(self) -> list[RunStep]:
        damaged = {run.first for run in self._found.salvage.damaged}
        steps = plan_frames(self._archive, self._plan, self._preset.frame_content)
        return [each for each in steps if each.run.first not in damaged]

    def _rescue(self, run: Run, writer: ArchiveWriter) -> None:
        """Files of a damaged run that are whole: they come before the damage."""
        rescued = set(self._found.salvage.rescued.get(run.first, ()))
        archive, turn = self._archive, Turn()
        rows = [row for row in run.rows if row in rescued and self._plan.content[row] != NO_ROW]
        if not rows:
            return
        with turn:
            buffer = run_buffer(archive.frames)
            reader = RunReader(archive, run, buffer, turn, whole=False)
            for row in rows:
                self._control.check()
                header = reader.entry(row)
                new = self._plan.content[row]
                attributes = self._plan.rows.attributes(new)
                attributes.holes = settled_holes(header.attributes.holes)
                pieces = reader.content(header)
                source, path = Pieces(pieces), self._plan.rows.path(new)
                writer.add_file(new, path, attributes, source.readinto, source.skip)
                for _ in pieces:
                    pass

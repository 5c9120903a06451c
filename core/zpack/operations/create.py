"""Create an archive."""

import time
from collections.abc import Callable

from zpack.codecs import CheckedEncoder, Miscoded
from zpack.codecs.coding import Encoder
from zpack.entries import Kind, ListingBuilder, Paths
from zpack.errors import (
    EverythingExcluded,
    Explanation,
    NothingReadable,
    RequestRefused,
    VerificationFailed,
)
from zpack.filesystem import (
    ArchiveOrder,
    AtomicFile,
    ScannedTree,
    SourceRules,
    StreamTarget,
    VolumeSet,
    archive_order,
    scan_sources,
)
from zpack.jobs import Control, Outcome
from zpack.native.frame_pool import FramePool
from zpack.native.index import DIGEST_SIZE
from zpack.native.recovery_writer import RecordWriter
from zpack.native.writer import ArchiveWriter
from zpack.operations.coding_threads import coding_threads
from zpack.operations.create_check import check_create
from zpack.operations.create_exclusions import exclusions_of
from zpack.operations.create_files import FileReader
from zpack.operations.create_links import settle_hard_links
from zpack.operations.create_originals import remove_originals
from zpack.operations.create_target import Target, open_target, place_of, stream_identity
from zpack.operations.create_verify import verify_written
from zpack.operations.presets import Preset, choose_preset
from zpack.operations.recovery_record import record_for
from zpack.operations.reports import CreateReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import CreateRequest, Originals

_CHECKED_LEVEL = 9  # from here on unpacking each frame costs little of what packing it does


def create(request: CreateRequest, control: Control) -> CreateReport:
    """Create an archive. The target appears only when whole; each source is read once.

    Files that cannot be read, or change meanwhile, are reported and the rest goes on. Raises
    :class:`RequestRefused`, errors of the system, and ``Cancelled``, each leaving nothing behind.
    """
    check_types(request, CreateRequest)
    started = time.monotonic()
    check_create(request)
    tree = scan(request, control)
    preset = choose_preset(request.preset, request.target)
    order = archive_order(tree, by_type=preset.by_type)
    _make_hard_links(tree.rows, order.carriers)
    _announce(tree.rows, order, control)
    with open_target(request, control) as target:
        job = _Creation(request, preset, tree, order, target, control)
        try:
            job.run()
        except Miscoded as error:
            what = "a part of it did not unpack to what went in."
            raise VerificationFailed(request.target, what) from error
        control.check()
        if request.verifies and not isinstance(target, StreamTarget):
            verify_written(target, request.target, request.threads, control)
        control.progress.phase = "saving"
        target.commit()
    place = place_of(request)
    removed, kept = remove_originals(request, place, tree, order.carriers, control)
    kinds = job.rows.kind
    return CreateReport(
        target=place,
        files=kinds.count(Kind.FILE),
        folders=kinds.count(Kind.DIRECTORY) - 1,
        links=kinds.count(Kind.HARD_LINK) + kinds.count(Kind.SYMLINK),
        bytes_in=job.bytes_in,
        bytes_out=target.written,
        seconds=time.monotonic() - started,
        excluded=tree.excluded,
        verified=request.verifies,
        removed=removed,
        volumes=target.count if isinstance(target, VolumeSet) else 0,
        problems=(*tree.problems, *job.problems, *kept, *tree.extras.problems()),
    )


def encoder_for(request: CreateRequest, preset: Preset) -> Callable[[], Encoder]:
    """Makes the encoder of a thread: one that looks after itself if that is wanted, or cheap."""
    checked = request.verifies or (request.level or preset.level) >= _CHECKED_LEVEL

    def make() -> Encoder:
        encoder = preset.encoder(request.level)
        return CheckedEncoder(encoder, preset.profile.coding) if checked else encoder

    return make


def scan(request: CreateRequest, control: Control) -> ScannedTree:
    """Its sources, for a request that was checked."""
    progress = control.progress

    def count(rows: int, size: int) -> None:
        progress.items_total, progress.bytes_total = rows, size

    progress.phase = "scanning"
    rules = SourceRules(
        exclusions_of(request),
        request.dereference,
        request.owners,
        request.latest,
        remember=request.originals is not Originals.KEEP,
        archive=stream_identity() if request.to_stream else None,
    )
    return scan_sources(request.sources, control.check, count, rules)


def _make_hard_links(rows: ListingBuilder, carriers: dict[int, int]) -> None:
    """Of a file's names all but the carrier's become links to it."""
    for row, carrier in carriers.items():
        rows.kind[row] = Kind.HARD_LINK
        rows.size[row] = 0
        rows.links[row] = rows.path(carrier)


def _announce(rows: ListingBuilder, order: ArchiveOrder, control: Control) -> None:
    """Tell front ends what there is to do: the files, each with a row of its own."""
    items = sum(map(len, (order.files, order.hard_links, order.symlinks, order.nodes)))
    control.progress.start(rows.build(), items, sum(rows.size))
    control.progress.phase = "creating"


class _Creation:
    """One run of :func:`create`. ``rows`` are those that are in the archive, in the end."""

    def __init__(
        self,
        request: CreateRequest,
        preset: Preset,
        tree: ScannedTree,
        order: ArchiveOrder,
        target: Target,
        control: Control,
    ) -> None:
        self._recovery = request.recovery
        self._encoder = encoder_for(request, preset)
        self._preset = preset
        self._threads = coding_threads(request.threads, preset, request.level)
        self._tree = tree
        self._order = order
        self._target = target
        self._control = control
        self.rows: ListingBuilder = tree.rows
        self.problems: list[Explanation] = []
        self.bytes_in = 0

    def run(self) -> None:
        """Write the whole archive."""
        capacity = self._preset.frame_capacity(len(self.rows), sum(self.rows.size))
        file = isinstance(self._target, AtomicFile)
        envelope = self._preset.profile.envelope(file)
        write, check = self._target.write, self._control.check
        with FramePool(
            write, self._encoder, capacity, self._threads, self._control, envelope
        ) as pool:
            writer = ArchiveWriter(pool, capacity, self.rows, write, check)
            files = FileReader(self._tree, writer, self._control)
            paths = Paths(self.rows)
            for row in self._order.files:
                self._control.check()
                files.add(row, paths.path(row))
            self.problems = files.problems
            settle_hard_links(self.rows, self._order, files, self._control.check)
            self.bytes_in = files.bytes_in
            self._add_links(writer)
            writer.begin_folders()
            for row in self._order.folders:
                writer.add_entry(row, paths.path(row))
            record = record_for(self._recovery, self._target, self._control, envelope)
            self._finish(writer, files.dropped, record)
        if isinstance(self._target, AtomicFile):
            self._target.write_start(envelope.begin())

    def _check_not_empty(self) -> None:
        """An archive of nothing is not what was asked for."""
        if len(self.rows) == 1:
            problems = [*self._tree.problems, *self.problems]
            if not problems:
                raise RequestRefused([EverythingExcluded()])
            raise RequestRefused([NothingReadable(p.path, p.title.lower()) for p in problems])

    def _add_links(self, writer: ArchiveWriter) -> None:
        lane = self._control.progress.lane()
        for row in self._order.hard_links:
            if row not in self._order.carriers:
                continue  # it is a file of its own now
            writer.add_entry(row, self.rows.path(row), self.rows.links[row])
            self._control.progress.finish(lane, row, Outcome.DONE)
        for row in self._order.symlinks:
            writer.add_entry(row, self.rows.path(row), self.rows.links[row])
            self._control.progress.finish(lane, row, Outcome.DONE)
        for row in self._order.nodes:
            writer.add_entry(row, self.rows.path(row))
            self._control.progress.finish(lane, row, Outcome.DONE)

    def _finish(
        self, writer: ArchiveWriter, dropped: set[int], record: RecordWriter | None
    ) -> None:
        digests: bytes | bytearray = writer.digests
        if dropped:
            self.rows, kept = self.rows.without(dropped)
            digests = b"".join(digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE] for row in kept)
        self._check_not_empty()
        writer.finish(self.rows, digests, record)

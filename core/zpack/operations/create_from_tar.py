"""Create an archive of the entries of a tar, in one pass."""

import os
import time
from typing import Protocol

from zpack.codecs import Miscoded
from zpack.entries import NO_FRAME, NODES, ROOT, Kind, Listing, ListingBuilder, Paths
from zpack.errors import (
    ContraryWishes,
    EntryUnreadable,
    NothingReadable,
    RequestRefused,
    TarUnreadable,
    VerificationFailed,
    ZpackError,
)
from zpack.filesystem import AtomicFile, SourceRules, StreamSource, StreamTarget, VolumeSet
from zpack.jobs import Control, Lane
from zpack.native.frame_pool import FramePool
from zpack.native.index import DIGEST_SIZE
from zpack.native.writer import ArchiveWriter
from zpack.operations.coding_threads import coding_threads
from zpack.operations.create import encoder_for
from zpack.operations.create_check import check_choices, check_target, check_wishes
from zpack.operations.create_target import Target, open_target, place_of
from zpack.operations.create_verify import verify_written
from zpack.operations.presets import choose_preset
from zpack.operations.recovery_record import record_for
from zpack.operations.reports import CreateReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import CreateFromTarRequest, CreateRequest
from zpack.operations.tar_intake import COMES_LATER, TarIntake, one_row
from zpack.tar import BlockReader, TarError

_FIRST_AND_LAST = (Kind.FILE, Kind.DIRECTORY)
_ORDER = (Kind.HARD_LINK, Kind.SYMLINK, *NODES)
_MOST_HOPS = 64  # from hard link to hard link


def create_from_tar(request: CreateFromTarRequest, control: Control) -> CreateReport:
    """Create an archive with index and digests of a tar that is read once, from front to end.

    Files keep their order; links and folders follow them. Entries that cannot be taken are
    reported and the rest goes on. Raises :class:`RequestRefused`, :class:`TarUnreadable` if the
    tar is cut short or none, errors of the system, and ``Cancelled``, each leaving nothing behind.
    """
    check_types(request, CreateFromTarRequest)
    started = time.monotonic()
    wishes = request.wishes
    check_types(wishes, CreateRequest)
    _check(wishes)
    with (
        StreamSource(request.tar, control.check) as source,
        open_target(wishes, control) as target,
    ):
        job = ArchiveFromTar(wishes, source, target, control)
        try:
            job.run()
        except TarError as error:
            raise TarUnreadable(source.name, str(error), error.position) from error
        except Miscoded as error:
            what = "a part of it did not unpack to what went in."
            raise VerificationFailed(wishes.target, what) from error
        control.check()
        if wishes.verifies and not isinstance(target, StreamTarget):
            verify_written(target, wishes.target, wishes.threads, control)
        control.progress.phase = "saving"
        target.commit()
    kinds = job.rows.kind
    return CreateReport(
        target=place_of(wishes),
        files=kinds.count(Kind.FILE),
        folders=kinds.count(Kind.DIRECTORY) - 1,
        links=kinds.count(Kind.HARD_LINK) + kinds.count(Kind.SYMLINK),
        bytes_in=job.intake.bytes_in,
        bytes_out=target.written,
        seconds=time.monotonic() - started,
        verified=wishes.verifies,
        volumes=target.count if isinstance(target, VolumeSet) else 0,
        problems=tuple(job.intake.problems),
    )


def _check(wishes: CreateRequest) -> None:
    faults: list[ZpackError] = [*check_choices(wishes), *check_wishes(wishes)]
    plain = CreateRequest(wishes.target, ())
    for name in ("sources", "exclude", "exclude_from", "exclude_vcs", "exclude_caches"):
        if getattr(wishes, name) != getattr(plain, name):
            what = "What comes from a tar is taken as it is: all of it, and nothing else."
            faults.append(ContraryWishes(what, "Leave out what chooses files on the disk."))
            break
    if wishes.dereference or wishes.originals is not plain.originals:
        what = "The files in a tar have no originals on the disk."
        faults.append(ContraryWishes(what, "Leave out what is about files on the disk."))
    faults.extend(check_target(wishes))
    if faults:
        raise RequestRefused(faults)


class TarBytes(Protocol):
    """A tar that comes from front to end. ``size`` is None where it is not known."""

    name: str
    size: int | None

    def readinto(self, view: "memoryview[int]") -> int:
        """Some bytes, at least one unless that is the end."""
        ...


class ArchiveFromTar:
    """Writes an archive of a tar, as :func:`create_from_tar` does. ``rows`` are those that are in
    it. Without ``proven`` it gets no digests: they would vouch for what nothing vouches for."""

    def __init__(
        self,
        wishes: CreateRequest,
        source: TarBytes,
        target: Target,
        control: Control,
        *,
        proven: bool = True,
    ) -> None:
        self._proven = proven
        self._wishes = wishes
        self._source = source
        self._target = target
        self._control = control
        self._lane: Lane = control.progress.lane()
        self._read = 0
        self.rows = ListingBuilder()

    def run(self) -> None:
        """Write the whole archive. Raises :class:`TarError`."""
        wishes, control, write = self._wishes, self._control, self._target.write
        preset = choose_preset(wishes.preset, wishes.target)
        envelope = preset.profile.envelope(isinstance(self._target, AtomicFile))
        capacity = preset.frame_content
        threads = coding_threads(wishes.threads, preset, wishes.level)
        control.progress.phase = "creating"
        control.progress.bytes_total = self._source.size or 0
        encoder = encoder_for(wishes, preset)
        with FramePool(write, encoder, capacity, threads, control, envelope) as pool:
            row = one_row()
            writer = ArchiveWriter(pool, capacity, row, write, control.check)
            rules = SourceRules(owners=wishes.owners, latest=wishes.latest)
            blocks = BlockReader(self._source.readinto)
            name = self._source.name
            self.intake = TarIntake(blocks, row, writer, rules, control, name)
            self.intake.run()
            if not self.intake.entries:
                raise RequestRefused([NothingReadable(self._source.name, "the tar is empty")])
            self._settle_rows(writer)
            self._add_the_rest(writer)
            record = record_for(wishes.recovery, self._target, control, envelope)
            writer.finish(self.rows, writer.digests if self._proven else None, record)
        if isinstance(self._target, AtomicFile):
            self._target.write_start(envelope.begin())

    def _settle_rows(self, writer: ArchiveWriter) -> None:
        """Bring what came into tree order, and the digests with it."""
        rows = self.intake.tree.build_rows()
        dropped = self._settle_links(rows)
        self.rows = rows.without(dropped)[0] if dropped else rows
        rows = self.rows
        kinds = rows.kind
        files = [row for row, kind in enumerate(kinds) if kind == Kind.FILE]
        files.sort(key=lambda row: (rows.frame[row] << 64) | rows.offset[row])  # as they came
        digests = bytearray(DIGEST_SIZE * len(rows))
        for number, row in enumerate(files):
            digest = self.intake.digests[number * DIGEST_SIZE : (number + 1) * DIGEST_SIZE]
            digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE] = digest
        implied = [row for row, frame in enumerate(rows.frame) if frame == NO_FRAME]
        writer.go_on_with(rows, digests, frozenset(implied))

    def _add_the_rest(self, writer: ArchiveWriter) -> None:
        rows, paths = self.rows, Paths(self.rows)
        kinds = rows.kind
        others = [row for row, kind in enumerate(kinds) if kind not in _FIRST_AND_LAST]
        others.sort(key=lambda row: _ORDER.index(Kind(kinds[row])))
        for row in others:
            self._control.check()
            writer.add_entry(row, paths.path(row), rows.links.get(row, b""))
        writer.begin_folders()
        for row in range(len(rows) - 1, ROOT, -1):  # what is below comes before
            if kinds[row] == Kind.DIRECTORY and rows.frame[row] == COMES_LATER:
                self._control.check()
                writer.add_entry(row, paths.path(row))

    def _settle_links(self, rows: ListingBuilder) -> set[int]:
        """Let hard links point to files; returns rows that cannot be in the archive."""
        listing, dropped = rows.build(), set()
        for row in range(1, len(rows)):
            if rows.kind[row] in _FIRST_AND_LAST:
                continue
            if _is_replaced(rows, row):  # all files come before it, a later one of its path too
                dropped.add(row)
            elif rows.kind[row] == Kind.HARD_LINK and not _settle_link(listing, rows, row):
                dropped.add(row)
                path = os.fsdecode(rows.path(row))
                why = "the file that it is another name of is not in the tar"
                self.intake.problems.append(EntryUnreadable(path, why).explain())
        return dropped


def _is_replaced(rows: ListingBuilder, row: int) -> bool:
    """Whether a later entry has the same path: of one path they stand in the order they came."""
    after = row + 1
    return (
        after < len(rows)
        and rows.parent[after] == rows.parent[row]
        and rows.name(after) == rows.name(row)
    )


def _settle_link(listing: Listing, rows: ListingBuilder, row: int) -> bool:
    """Whether a hard link leads to a file. By way of others it is made to point to it; another
    name of a symbolic link, device or FIFO becomes one."""
    path, seen = rows.links[row], {row}
    for _ in range(_MOST_HOPS):
        found = [each for each in listing.find_all(path) if each not in seen]
        kinds = {rows.kind[each]: each for each in found}
        if Kind.FILE in kinds:
            rows.links[row] = path
            return True
        other = next((kinds[kind] for kind in (Kind.SYMLINK, *NODES) if kind in kinds), None)
        if other is not None:
            _make_alike(rows, row, other)
            return True
        if Kind.HARD_LINK not in kinds:
            return False
        seen.add(kinds[Kind.HARD_LINK])
        path = rows.links[kinds[Kind.HARD_LINK]]
    return False


def _make_alike(rows: ListingBuilder, row: int, other: int) -> None:
    """Make of a hard link what it is another name of, which stands after all hard links."""
    rows.kind[row] = rows.kind[other]
    del rows.links[row]
    if other in rows.links:
        rows.links[row] = rows.links[other]
    if other in rows.devices:
        rows.devices[row] = rows.devices[other]

"""Write entries as a tar."""

import os
import time

from zpack.entries import ROOT, Attributes, Kind
from zpack.errors import Explanation, LinkTargetMissing
from zpack.jobs import Control
from zpack.native.writer import leads_out
from zpack.operations.extract_check import check_choice
from zpack.operations.limits import LimitGuard
from zpack.operations.opening import open_for
from zpack.operations.pipe_reading import Chosen, Output, PipeReader, choose
from zpack.operations.pipe_requests import PipeRequest
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import PipeReport
from zpack.operations.request_types import check_types
from zpack.records import replace
from zpack.tar import END, encode_entry, padding


def write_tar(request: PipeRequest, output: Output, control: Control) -> PipeReport:
    """Write the chosen entries to ``output`` as a pax tar, in the archive's order. Each file is
    proven as it passes: a damaged one raises :class:`EntryDamaged`, and the tar has no end, so that
    whoever reads it notices.

    Raises what ``extract`` raises besides, and what ``output`` does.
    """
    check_types(request, PipeRequest)
    check_choice(request)
    started = time.monotonic()
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, every_row=True, guard=guard) as archive:
        chosen = choose(archive, request, guard)
        reader = PipeReader(chosen, control)
        writer = _TarWriter(chosen, output)
        for row, content in reader.entries([*chosen.selection.all_rows(), *chosen.places]):
            size = 0
            writer.begin(row)
            for piece in content:
                output.write(piece)
                size += len(piece)
            output.write(bytes(padding(size)))
            writer.written += size
        output.write(END)
        problems = [*chosen.selection.unmatched, *chosen.selection.refused, *reader.problems]
        problems += [*writer.problems, *description_problems(archive)]
    return PipeReport(
        request.archive,
        writer.kinds.count(Kind.FILE),
        writer.kinds.count(Kind.DIRECTORY),
        writer.kinds.count(Kind.HARD_LINK) + writer.kinds.count(Kind.SYMLINK),
        writer.written,
        time.monotonic() - started,
        tuple(problems),
    )


class _TarWriter:
    """Writes the headers."""

    def __init__(self, chosen: Chosen, output: Output) -> None:
        self._listing = chosen.listing
        self._selection = chosen.selection
        self._paths = chosen.selection.paths
        self._places = chosen.places
        self._data = {link: file for file, link in chosen.places.items()}
        self._output = output
        self._preludes: set[int] = set()
        self.kinds = bytearray()
        self.written = 0
        self.problems: list[Explanation] = []

    def begin(self, row: int) -> None:
        """The header of a row's entry; nothing for what has been written under another name, or
        has no name."""
        place = self._places.get(row, row)
        path, link = self._paths.path(place), b""
        attributes = replace(self._listing.attributes(row), holes=None)  # written as zeros
        if not path or row in self._data:
            return
        if attributes.kind == Kind.HARD_LINK:
            target = self._listing.hard_link_target(row)
            if target is None or not self._is_written(target):
                self._miss(row)
                return
            link = self._paths.path(self._places.get(target, target))
        elif attributes.kind == Kind.SYMLINK:
            link = self._listing.link(row) or b""
            self._prelude(row, link)
        self._write(path, attributes, link)

    def _write(self, path: bytes, attributes: Attributes, link: bytes = b"") -> None:
        self._output.write(encode_entry(path, attributes, link))
        self.kinds.append(attributes.kind)

    def _is_written(self, row: int) -> bool:
        return self._selection.wanted(row) or row in self._places

    def _prelude(self, row: int, link: bytes) -> None:
        """The folder's entry once more before its first link that leads out: GNU tar makes those
        links last, and must know of the folder's mode and time before (docs/format.md, 2)."""
        folder = self._listing.parent[row]
        named = folder != ROOT and self._selection.wanted(folder) and self._paths.path(folder)
        if named and leads_out(link) and folder not in self._preludes:
            self._preludes.add(folder)
            attributes = self._listing.attributes(folder)
            if self._listing.has_entry(folder):
                self._output.write(encode_entry(self._paths.path(folder), attributes))

    def _miss(self, row: int) -> None:
        path = os.fsdecode(self._listing.path(row))
        self.problems.append(LinkTargetMissing(path, self._listing.link(row) or b"").explain())

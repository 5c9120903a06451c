"""Write the content of files one after the other."""

import time

from zpack.entries import Kind
from zpack.jobs import Control
from zpack.operations.extract_check import check_choice
from zpack.operations.limits import LimitGuard
from zpack.operations.opening import open_for
from zpack.operations.pipe_reading import Output, PipeReader, choose
from zpack.operations.pipe_requests import PipeRequest
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import PipeReport
from zpack.operations.request_types import check_types


def write_contents(request: PipeRequest, output: Output, control: Control) -> PipeReport:
    """Write the content of the chosen files to ``output``, in the archive's order; a file with
    several names comes once. Each is proven as it passes: a damaged one raises
    :class:`EntryDamaged`, after some of it was written.

    Raises what ``extract`` raises besides, and what ``output`` does.
    """
    check_types(request, PipeRequest)
    check_choice(request)
    started, written = time.monotonic(), 0
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, every_row=True, guard=guard) as archive:
        chosen = choose(archive, request, guard)
        reader = PipeReader(chosen, control)
        rows = [*chosen.selection.of_kind(Kind.FILE), *chosen.places]
        files = 0
        for _, content in reader.entries(rows):
            files += 1
            for piece in content:
                output.write(piece)
                written += len(piece)
        problems = [*chosen.selection.unmatched, *chosen.selection.refused, *reader.problems]
        problems += description_problems(archive)
    seconds = time.monotonic() - started
    return PipeReport(request.archive, files, 0, 0, written, seconds, tuple(problems))

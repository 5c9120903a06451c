"""Estimate what an archive would be: its size and the time to make it, with each preset."""

import os
import time

from zpack.errors import (
    NothingToArchive,
    RequestRefused,
    SourceMissing,
    SourceUnreadable,
    ZpackError,
    reason,
)
from zpack.filesystem import SourceRules, archive_order
from zpack.jobs import Control, core_count
from zpack.operations.create_exclusions import exclusions_of
from zpack.operations.estimate_model import Machine, estimate_preset
from zpack.operations.estimate_recovery import with_recovery
from zpack.operations.estimate_report import EstimateReport
from zpack.operations.estimate_samples import Sampler
from zpack.operations.estimate_scan import Census, Clock, take_census
from zpack.operations.estimate_stream import MemberStream
from zpack.operations.estimate_tail import columns_size, headers_size
from zpack.operations.presets import PRESETS
from zpack.operations.recovery_record import check_percent
from zpack.operations.request_types import check_types
from zpack.operations.requests import CreateRequest, EstimateRequest

SECONDS = 1.6  # so that with starting and stopping a program it is two
_SCANNING = 0.5  # of them, at most


def estimate(
    request: EstimateRequest, control: Control, clock: Clock = time.monotonic
) -> EstimateReport:
    """Size and time for each preset, from samples of the files themselves, in two seconds.

    Raises :class:`RequestRefused` and ``Cancelled``. ``clock`` gives seconds; only differences
    count.
    """
    check_types(request, EstimateRequest)
    began = clock()
    rules = _rules(request)
    census = take_census(request.sources, rules, control, clock, _SCANNING)
    control.progress.items_total = census.rows
    streams = _streams(census, control)
    sampler = Sampler(PRESETS, streams, lambda: clock() - began < SECONDS, control)
    control.progress.phase = "sampling"
    sampler.run(core_count())
    machine = Machine(core_count(request.threads), core_count(), sampler.crowding)
    scanned = sum(census.tree.rows.size)
    scale = census.size / scanned if scanned else 1.0
    columns = columns_size(census)
    presets = [
        estimate_preset(
            preset,
            census,
            round(streams[preset.by_type].size * scale),
            columns + headers_size(census, preset),
            sampler.findings,
            sampler.reading,
            machine,
        )
        for preset in PRESETS
    ]
    if request.recovery is not None:
        presets = [with_recovery(each, request.recovery) for each in presets]
    return EstimateReport(
        files=census.files,
        folders=census.folders,
        links=census.links,
        bytes_in=census.size,
        counted=census.counted,
        bytes_sampled=sampler.reading.bytes,
        presets=tuple(presets),
        seconds=clock() - began,
        problems=tuple(census.tree.problems),
    )


def _rules(request: EstimateRequest) -> SourceRules:
    """Raises :class:`RequestRefused` with all faults."""
    faults: list[ZpackError] = [] if request.sources else [NothingToArchive()]
    faults += check_percent(request.recovery)
    for path in request.sources:
        try:
            os.stat(path, follow_symlinks=request.dereference)
        except (FileNotFoundError, NotADirectoryError):
            faults.append(SourceMissing(path))
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "its name has a NUL"
            faults.append(SourceUnreadable(path, why))
    exclusions = None
    try:
        exclusions = exclusions_of(
            CreateRequest(
                "",
                request.sources,
                exclude=request.exclude,
                exclude_from=request.exclude_from,
                exclude_vcs=request.exclude_vcs,
                exclude_caches=request.exclude_caches,
            )
        )
    except RequestRefused as refused:
        faults.extend(refused.faults)
    if faults:
        raise RequestRefused(faults)
    return SourceRules(exclusions, request.dereference)


def _streams(census: Census, control: Control) -> dict[bool, MemberStream]:
    streams = {}
    for by_type in (False, True):
        control.check()
        order = archive_order(census.tree, by_type=by_type)
        streams[by_type] = MemberStream(census.tree, order.files, control.check)
    return streams

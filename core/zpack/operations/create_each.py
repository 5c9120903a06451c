"""Create an archive of its own for each source."""

import os
import time
from contextlib import suppress

from zpack.entries import ROOT, Attributes, Kind, Listing, ListingBuilder
from zpack.errors import (
    NothingToArchive,
    RequestRefused,
    SameName,
    TargetUnwritable,
    ZpackError,
    reason,
    system_failure,
)
from zpack.filesystem import by_name, named_once, source_name
from zpack.jobs import Cancelled, Control, Lane, NestedControl, Outcome
from zpack.operations.create import create
from zpack.operations.create_check import check_choices, check_wishes
from zpack.operations.each_target import target_for
from zpack.operations.reports import CreatedPart, CreateEachReport, CreateReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import CreateEachRequest, CreateRequest
from zpack.records import replace


def create_each(request: CreateEachRequest, control: Control) -> CreateEachReport:
    """Create ``FOLDER/NAME.tar.zst`` for each source. One that fails does not stop the others.

    Raises :class:`RequestRefused` for what concerns them all, and ``Cancelled``, which names the
    archives that are finished; they stay.
    """
    check_types(request, CreateEachRequest)
    started = time.monotonic()
    each = request.each
    check_types(each, CreateRequest)
    _check(each)
    made = _make_folder(each.target)
    try:
        parts = _Batch(each, control).run()
    finally:
        if made:
            with suppress(OSError):  # it holds archives
                os.rmdir(each.target)
    return CreateEachReport(each.target, parts, time.monotonic() - started)


def _check(each: CreateRequest) -> None:
    faults = [*check_choices(each), *check_wishes(each)]
    if not each.sources:
        faults.append(NothingToArchive())
    names: dict[str, str] = {}
    for source in named_once(each.sources):
        other = names.setdefault(source_name(source), source)
        if other != source:
            faults.append(SameName(other, source))
    if not each.target or "\0" in each.target:
        faults.append(TargetUnwritable(each.target, "the folder has no name"))
    elif os.path.lexists(each.target) and not os.path.isdir(each.target):
        faults.append(TargetUnwritable(each.target, "it is not a folder"))
    if faults:
        raise RequestRefused(faults)


def _make_folder(path: str) -> bool:
    """Whether it was not there before."""
    if os.path.isdir(path):
        return False
    try:
        os.mkdir(path)
    except OSError as error:
        raise RequestRefused([TargetUnwritable(path, reason(error))]) from error
    return True


class _Batch:
    """One run of :func:`create_each`. Its progress has an item for each source."""

    def __init__(self, each: CreateRequest, control: Control) -> None:
        self._each = each
        self._control = control
        self._rows = {source: row for row, source in enumerate(by_name(each.sources), start=1)}
        self._parts: list[CreatedPart] = []

    def run(self) -> tuple[CreatedPart, ...]:
        progress = self._control.progress
        progress.start(_items(self._rows), len(self._rows), 0)
        lane = progress.lane()
        try:
            for source in named_once(self._each.sources):
                self._add(source, lane)
        except Cancelled:
            reports = [part.report for part in self._parts]
            raise Cancelled(tuple(report.target for report in reports if report)) from None
        return tuple(self._parts)

    def _add(self, source: str, lane: Lane) -> None:
        self._control.check()
        self._control.progress.phase = "creating"
        row = self._rows[source]
        lane.begin(row)
        try:
            report = self._create(source)
        except OSError as error:
            problem = system_failure(error, source)
            self._parts.append(CreatedPart(source, None, problem.explain()))
        except ZpackError as fault:
            self._parts.append(CreatedPart(source, None, fault.explain()))
        else:
            self._parts.append(CreatedPart(source, report))
        whole = self._parts[-1].error is None
        self._control.progress.finish(lane, row, Outcome.DONE if whole else Outcome.FAILED)

    def _create(self, source: str) -> CreateReport:
        nested = NestedControl(self._control)
        target = target_for(self._each.target, source, self._each.preset)
        try:
            return create(replace(self._each, target=target, sources=(source,)), nested)
        finally:
            nested.share()


def _items(sources: dict[str, int]) -> Listing:
    rows = ListingBuilder()
    for source in sources:
        kind = Kind.DIRECTORY if os.path.isdir(source) else Kind.FILE
        rows.append(ROOT, os.fsencode(source_name(source)), Attributes(kind))
    return rows.build()

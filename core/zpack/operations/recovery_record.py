"""The recovery record of an archive that is being written."""

import os

from zpack.errors import BadRecovery, ZpackError
from zpack.filesystem import AtomicFile, StreamTarget, VolumeSet, open_source
from zpack.jobs import Control
from zpack.native.profile import Envelope
from zpack.native.recovery_geometry import MOST_PERCENT
from zpack.native.recovery_writer import RecordWriter
from zpack.operations.byte_copies import stepper


def check_percent(percent: int | None) -> list[ZpackError]:
    """What is wrong with the size that a record should have; None is no record."""
    if percent is None or 1 <= percent <= MOST_PERCENT:
        return []
    return [BadRecovery(percent, MOST_PERCENT)]


def record_for(
    percent: int | None,
    target: AtomicFile | VolumeSet | StreamTarget,
    control: Control,
    envelope: Envelope,
) -> RecordWriter | None:
    """What writes the record of ``target``, if one of ``percent`` is wanted."""
    if percent is None or isinstance(target, StreamTarget):
        return None

    def start(length: int) -> None:
        if isinstance(target, AtomicFile):
            target.write_start(envelope.begin())
        control.progress.bytes_total += length
        control.progress.phase = "protecting"

    return RecordWriter(
        percent,
        lambda: open_source(target.temporary),
        target.write,
        os.path.dirname(target.temporary),
        start,
        stepper(control),
    )

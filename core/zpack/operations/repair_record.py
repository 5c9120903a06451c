"""Brings an archive back from its recovery record."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from zpack.filesystem import AtomicFile, SourceFile, Spool
from zpack.jobs import Control
from zpack.native.image_file import ImageFile
from zpack.native.restore import Restored, RestoredBytes, read_restored, write_rest
from zpack.native.restore_plan import NotRestored, Plan, Stretch
from zpack.operations.byte_copies import append_bytes, stepper
from zpack.records import record


@record
class Restoration:
    """What a record makes of damaged copies: ``image`` has all that it protects, ``gone`` is what
    cannot be had back (in ``image`` whatever stands there)."""

    plan: Plan
    image: SourceFile
    gone: tuple[Stretch, ...]


@contextmanager
def restored_image(plan: Plan, folder: str, control: Control) -> Iterator[Restoration]:
    """Compute what is lost, as far as that is possible; ``folder`` has room for it."""
    source = plan.record.copies[0].source
    with Spool(folder, source.path) as spool:
        known = RestoredBytes(plan, spool, stepper(control))
        with ImageFile(source, plan.geometry.protected, known.read) as image:
            yield Restoration(plan, image, tuple(known.gone))


def whole_description(restoration: Restoration) -> Restored:
    """What the archive that was restored says of itself. Raises :class:`NotRestored`."""
    if restoration.gone:
        raise NotRestored("its recovery record contradicts itself")
    return read_restored(restoration.plan, restoration.image)


def write_restored(
    restoration: Restoration, restored: Restored, target: AtomicFile, control: Control
) -> None:
    """Write the archive as it was. Raises :class:`NotRestored` if that does not come out."""
    plan, image, step = restoration.plan, restoration.image, stepper(control)
    control.progress.bytes_total += 2 * plan.geometry.protected
    append_bytes(target, image, 0, image.size, step)
    with Spool(os.path.dirname(target.temporary), target.target) as spool:
        write_rest(plan, image, restored, spool, target.write, step)

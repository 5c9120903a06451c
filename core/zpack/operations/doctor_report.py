"""What ``doctor`` returns."""

from typing import ClassVar

from zpack.errors import ExitCode
from zpack.filesystem import DiskAbilities
from zpack.records import record


@record
class Component:
    """A program or library and its version; empty if it is not installed."""

    name: str
    version: str


@record
class Note:
    """Something that the disk lacks (a field of :class:`DiskAbilities`), and what that means."""

    ability: str
    meaning: str


@record
class DoctorReport:
    """``cores`` are those that zpack uses of ``cores_present``; ``memory`` in bytes, None if the
    system does not tell. ``notes`` tell what the disk lacks,
    which is no failure."""

    exit_code: ClassVar[ExitCode] = ExitCode.DONE

    path: str
    system: str
    components: tuple[Component, ...]
    cores: int
    cores_present: int
    memory: int | None
    disk: DiskAbilities
    notes: tuple[Note, ...] = ()

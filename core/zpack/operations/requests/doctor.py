"""What can be asked of the doctor."""

from zpack.records import record


@record
class DoctorRequest:
    """What this machine can do, and the disk of the folder ``path``."""

    path: str = "."

"""What can be asked of the doctor."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """What this machine can do, and the disk of the folder ``path``."""

    path: str = "."

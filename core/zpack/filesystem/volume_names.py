"""Names of an archive's volumes: ``NAME.001``, ``NAME.002`` and so on, as ``cat NAME.*`` joins."""

import os

MOST_VOLUMES = 999  # so that all names have three digits, and shells sort them right
_DIGITS = 3


def volume_name(base: str, number: int) -> str:
    """The name of a volume, counted from 1."""
    return f"{base}.{number:03}"


def split_volume_name(path: str) -> tuple[str, int] | None:
    """The archive's name and the volume's number, if the path can be that of a volume."""
    base, _, digits = path.rpartition(".")
    if not base or len(digits) != _DIGITS or not digits.isdecimal():
        return None
    number = int(digits)
    return (base, number) if number else None


def volume_base(path: str) -> str | None:
    """The archive's name, if ``path`` is one of its volumes: there is a first one beside it."""
    split = split_volume_name(path)
    if split is None or not os.path.lexists(volume_name(split[0], 1)):
        return None
    return split[0]


def volumes_there(base: str) -> list[int]:
    """The numbers of all volumes of an archive that are there, ascending."""
    folder, name = os.path.split(base)
    try:
        entries = os.listdir(folder or ".")
    except OSError:
        return []
    splits = (split_volume_name(entry) for entry in entries if entry.startswith(name))
    return sorted(number for base, number in filter(None, splits) if base == name)

"""What a repaired archive is called if nobody says."""

import os
import re

from zpack_gui.dialogs.target_name import writable_folder

# A name, what it ends with, and the number of a volume.
_NAME = re.compile(r"(.+?)((?:\.tar)?\.(?:zst|zstd|lz4)|\.tzst|\.tlz4)(?:\.\d{3,})?$", re.I | re.S)


def split_name(name: str) -> tuple[str, str]:
    """An archive's name in two: the ending by which other programs know it, and what is before. A
    volume's number is no part of either."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else os.path.splitext(name)


def suggested_repaired(damaged: str, mark: str) -> str:
    """Beside the damaged one, with a mark such as ``(repaired)`` in its name; never one that is
    taken."""
    return suggested_in(writable_folder(os.path.dirname(damaged)), damaged, mark)


def suggested_in(folder: str, damaged: str, mark: str) -> str:
    """The same, in a folder that is known."""
    stem, ending = split_name(os.path.basename(damaged))
    return os.path.join(folder, free_name(folder, f"{stem} ({mark}", ending))


def free_name(folder: str, begin: str, ending: str) -> str:
    """``begin)ending``, or with the first number in the brackets that is free."""
    name, number = f"{begin}){ending}", 1
    while os.path.lexists(os.path.join(folder, name)):
        number += 1
        name = f"{begin} {number}){ending}"
    return name


def is_one_of(path: str, others: tuple[str, ...]) -> bool:
    """Whether it is the same file as one of them, whatever it is called."""
    return any(_same(path, each) for each in others)


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False

"""What an archive is called if nobody says."""

import os
from pathlib import Path

from zpack.operations import PRESETS

ENDINGS = tuple({preset.ending for preset in PRESETS})


def ending_of(preset: str) -> str:
    """The ending of archives that a preset makes."""
    return next(each.ending for each in PRESETS if each.name == preset)


def suggested_target(sources: tuple[str, ...], ending: str) -> str:
    """Beside the first source, named after it, or after the folder that holds them all."""
    first = sources[0]
    folder = os.path.dirname(first) or str(Path.home())
    name = _bare(first) if len(sources) == 1 else os.path.basename(folder)
    return os.path.join(writable_folder(folder), (name or "archive") + ending)


def writable_folder(folder: str) -> str:
    """The folder, or, if nothing can be put there, the user's own."""
    effective = os.access in os.supports_effective_ids
    if os.access(folder or os.curdir, os.W_OK, effective_ids=effective):
        return folder
    return str(Path.home())


def _bare(path: str) -> str:
    """A file's name without its ending, a folder's whole."""
    name = os.path.basename(path)
    if os.path.isdir(path):
        return name
    stem, ending = os.path.splitext(name)
    return stem if stem and len(ending) <= 6 else name


def with_ending(name: str, ending: str) -> str:
    """The name of an archive that other programs know by its ending, in place of another preset's
    ending if it has one."""
    if not name or name.endswith(ending):
        return name
    other = next((each for each in ENDINGS if name.endswith(each)), "")
    return name.removesuffix(other) + ending

"""What an archive is called if nobody says."""

import os
from pathlib import Path

ENDING = ".tar.zst"


def suggested_target(sources: tuple[str, ...]) -> str:
    """Beside the first source, named after it, or after the folder that holds them all."""
    first = sources[0]
    folder = os.path.dirname(first) or str(Path.home())
    name = _bare(first) if len(sources) == 1 else os.path.basename(folder)
    effective = os.access in os.supports_effective_ids
    if not os.access(folder, os.W_OK, effective_ids=effective):
        folder = str(Path.home())
    return os.path.join(folder, (name or "archive") + ENDING)


def _bare(path: str) -> str:
    """A file's name without its ending, a folder's whole."""
    name = os.path.basename(path)
    if os.path.isdir(path):
        return name
    stem, ending = os.path.splitext(name)
    return stem if stem and len(ending) <= 6 else name


def with_ending(name: str) -> str:
    """The name of an archive that other programs know by its ending."""
    return name if not name or name.endswith(ENDING) else name + ENDING

"""What dropped files are, and so what to do with them."""

import os
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QMimeData

from zpack.errors import ZpackError
from zpack.formats import promised_format, recognize


class Meaning(Enum):
    """What a drop leads to."""

    OPEN = "open"
    FOREIGN = "foreign"  # an archive that zpack cannot read
    COMPRESS = "compress"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Local paths and what they mean together; ``format_title`` names a foreign format."""

    meaning: Meaning
    paths: tuple[str, ...]
    format_title: str = ""

    @property
    def folders(self) -> int:
        """How many of them are folders."""
        return sum(map(os.path.isdir, self.paths))


def local_paths(data: QMimeData) -> tuple[str, ...]:
    """The local files of a drag, each once."""
    paths = (url.toLocalFile().rstrip("/") or "/" for url in data.urls() if url.isLocalFile())
    return tuple(dict.fromkeys(paths))


def understand(paths: tuple[str, ...]) -> Dropped:
    """One archive opens; anything else is to be compressed. Reads a few bytes of a single file."""
    # A pipe would wait for a writer forever, so only ordinary files are looked into.
    if len(paths) != 1 or not os.path.isfile(paths[0]):
        return Dropped(Meaning.COMPRESS, paths)
    try:
        found = recognize(paths[0]).format
    except (ZpackError, OSError):
        # Opening it will say what is wrong with an archive of ours that isn't one.
        promised = promised_format(paths[0])
        ours = promised is not None and promised.can_open
        return Dropped(Meaning.OPEN if ours else Meaning.COMPRESS, paths)
    if found.can_open:
        return Dropped(Meaning.OPEN, paths)
    return Dropped(Meaning.FOREIGN, paths, found.title)

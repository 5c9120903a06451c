"""Where the archive of one source of many goes."""

import os

from zpack.filesystem import source_name

_ENDING = ".tar.zst"


def target_for(folder: str, source: str) -> str:
    """The archive for ``source`` in ``folder``."""
    return os.path.join(folder, source_name(source) + _ENDING)

"""What a source is called in the archive."""

import os

_FALLBACK = "root"


def source_name(path: str) -> str:
    """The last part of the path as given; for ``.``, ``..`` and ``/`` that of the real folder."""
    name = os.path.basename(path.rstrip("/"))
    if name in ("", ".", ".."):
        name = os.path.basename(os.path.realpath(path)) or _FALLBACK
    return name

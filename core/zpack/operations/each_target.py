"""Where the archive of one source of many goes."""

import os

from zpack.filesystem import source_name
from zpack.operations.presets import choose_preset


def target_for(folder: str, source: str, preset: str | None) -> str:
    """The archive for ``source`` in ``folder``. Raises :class:`UnknownPreset`."""
    return os.path.join(folder, source_name(source) + choose_preset(preset, "").ending)

"""How many threads code an archive."""

from zpack.codecs import coder_memory
from zpack.jobs import threads_in_memory
from zpack.operations.presets import Preset


def coding_threads(wanted: int, preset: Preset, level: int | None) -> int:
    """``wanted``, or for 0 one a core, and no more than fit the memory."""
    each = coder_memory(
        level or preset.level, preset.frame_content, long_distance=preset.long_distance
    )
    return threads_in_memory(wanted, each)

"""Presets: what a person chooses instead of numbers. docs/design.md says why these numbers."""

from dataclasses import dataclass

from zpack.codecs import zstd_encoder
from zpack.codecs.coding import Encoder
from zpack.errors import BadLevel, UnknownPreset

DEFAULT_PRESET = "balanced"
_LEVELS = range(1, 23)


@dataclass(frozen=True, slots=True)
class Preset:
    """``frame_content`` in bytes; ``by_type``: files ordered by type and name, which compresses
    better, instead of folder by folder."""

    name: str
    title: str
    summary: str
    level: int
    long_distance: bool
    frame_content: int
    by_type: bool

    def encoder(self, level: int | None = None) -> Encoder:
        """For one thread; at another level if that is said."""
        return zstd_encoder(
            level or self.level, self.frame_content, long_distance=self.long_distance
        )


PRESETS = (
    Preset("fast", "Fast", "Ready soonest, somewhat larger", 1, False, 8 << 20, False),
    Preset("balanced", "Balanced", "Small and quick: right for everyday", 2, False, 8 << 20, True),
    Preset("best", "Best", "Smallest, takes much longer", 19, True, 64 << 20, True),
)


def find_preset(name: str) -> Preset:
    """Raises :class:`UnknownPreset`."""
    for preset in PRESETS:
        if preset.name == name:
            return preset
    raise UnknownPreset(name, tuple(preset.name for preset in PRESETS))


def check_level(level: int | None) -> None:
    """Raises :class:`BadLevel`."""
    if level is not None and level not in _LEVELS:
        raise BadLevel(level)

"""Presets: what a person chooses instead of numbers. docs/design.md says why these numbers."""

from zpack.codecs.coding import Encoder
from zpack.errors import BadLevel, PresetOfOtherEnding, UnknownPreset
from zpack.formats import promised_format
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.zstd_profile import TAR_ZST
from zpack.records import record
from zpack.tar import BLOCK

DEFAULT_PRESET = "balanced"
_ENTRY = 1024  # header and padding
_LOOSE = 64
_LEAST_FRAME = 1 << 20


@record
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
    profile: Profile = TAR_ZST

    def encoder(self, level: int | None = None) -> Encoder:
        """For one thread; at another level if that is said."""
        return self.profile.encoder(level or self.level, self.frame_content, self.long_distance)

    def frame_capacity(self, rows: int, content: int) -> int:
        """What a frame holds at most, in bytes, where there are ``content`` bytes in ``rows``
        entries: equal shares, so that threads have as much to do as each other to the end."""
        total = content + rows * _ENTRY
        frames = max(1, -(-total // self.frame_content))
        share = -(-total // frames)
        room = share + share // _LOOSE  # entries are not cut to fit
        return min(self.frame_content, max(_LEAST_FRAME, room + -room % BLOCK))

    @property
    def ending(self) -> str:
        """That of the archives' names, with its first point."""
        return f".{self.profile.name}"


PRESETS = (
    Preset("fastest", "Fastest", "For moving data now", 1, False, 4 << 20, False, TAR_LZ4),
    Preset("fast", "Fast", "Ready soonest, somewhat larger", 1, False, 8 << 20, True),
    Preset("balanced", "Balanced", "Small and quick: right for everyday", 2, False, 8 << 20, True),
    Preset("best", "Best", "Smallest, takes much longer", 18, True, 32 << 20, True),
)


def find_preset(name: str) -> Preset:
    """Raises :class:`UnknownPreset`."""
    for preset in PRESETS:
        if preset.name == name:
            return preset
    raise UnknownPreset(name, tuple(preset.name for preset in PRESETS))


def choose_preset(name: str | None, target: str) -> Preset:
    """The preset of a name; without one, that of the ending of ``target``.

    Raises :class:`UnknownPreset`, and :class:`PresetOfOtherEnding` if the two contradict.
    """
    promised = promised_format(target)
    for preset in PRESETS:
        if promised is not None and promised.title == preset.profile.name:
            return preset_of(name, preset.profile, target)
    return find_preset(name or DEFAULT_PRESET)


def preset_of(name: str | None, profile: Profile, target: str) -> Preset:
    """The preset of a name, or the usual one, that makes archives of a kind as ``target`` is.

    Raises :class:`UnknownPreset` and :class:`PresetOfOtherEnding`.
    """
    fitting = [preset for preset in PRESETS if preset.profile is profile]
    if name is None:
        default = find_preset(DEFAULT_PRESET)
        return default if default in fitting else fitting[0]
    preset = find_preset(name)
    if preset not in fitting:
        raise PresetOfOtherEnding(target, name, preset.ending)
    return preset


def check_level(level: int | None, levels: range = TAR_ZST.levels) -> None:
    """Raises :class:`BadLevel`."""
    if level is not None and level not in levels:
        raise BadLevel(level, levels[-1])

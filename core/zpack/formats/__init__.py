"""Which format a file has, told by its content, and what zpack can do with each."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.formats.names import promised_format, promises_tar, stem
    from zpack.formats.opening import open_readable, open_unread
    from zpack.formats.recognize import Recognized, other_ending, recognize
    from zpack.formats.registry import FORMATS, TAR_LZ4, TAR_ZST, Format

__all__ = [
    "FORMATS",
    "TAR_LZ4",
    "TAR_ZST",
    "Format",
    "Recognized",
    "open_readable",
    "open_unread",
    "other_ending",
    "promised_format",
    "promises_tar",
    "recognize",
    "stem",
]

make_lazy(
    __name__,
    {
        "names": (
            "promised_format",
            "promises_tar",
            "stem",
        ),
        "opening": (
            "open_readable",
            "open_unread",
        ),
        "recognize": (
            "Recognized",
            "other_ending",
            "recognize",
        ),
        "registry": (
            "FORMATS",
            "Format",
            "TAR_LZ4",
            "TAR_ZST",
        ),
    },
)

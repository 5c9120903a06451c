"""The zpack profile of tar.zst: its layout, index, reader and writer (docs/format.md)."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.native.unindexed import scan_unindexed
    from zpack.native.unread_search import find_unread

__all__ = ["find_unread", "scan_unindexed"]
make_lazy(__name__, {"unindexed": ("scan_unindexed",), "unread_search": ("find_unread",)})

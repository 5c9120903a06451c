"""zpack: standard archives that open at once and prove every byte."""

from zpack.version import __version__

__all__ = ["__version__"]

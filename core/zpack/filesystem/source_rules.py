"""How sources are looked at: what is left out and followed, and what is kept of each."""

from zpack.entries import NOBODY, Attributes
from zpack.filesystem.exclusions import Exclusions
from zpack.records import record


@record
class SourceRules:
    """``follow`` symbolic links: what they lead to is stored in their place. Without ``owners``
    everything is nobody's (ids 0, no names). Times later than ``latest``, in seconds since 1970,
    become that. ``archive`` is the device and inode of what is being written, which is left out.
    ``remember`` what the sources were, so that they can be removed afterwards."""

    exclusions: Exclusions | None = None
    follow: bool = False
    owners: bool = True
    latest: int | None = None
    remember: bool = False
    archive: tuple[int, int] | None = None

    @property
    def usual(self) -> bool:
        """Whether a source is stored just as it was found."""
        changed = not self.owners or self.latest is not None
        return not (changed or self.follow or self.remember or self.archive)

    def adjust(self, attributes: Attributes) -> Attributes:
        """Make a source's attributes what is to be stored of them; returns the same object."""
        if not self.owners:
            attributes.owner = NOBODY
        if self.latest is not None and attributes.mtime >= self.latest:
            attributes.mtime, attributes.mtime_ns = self.latest, 0
        return attributes

"""Where entries go in the destination: their paths, less the first components."""

from zpack.entries import ROOT, Listing, RecodedListing

MOST_STRIPPED = 4096


class OutputPaths:
    """Paths without their first ``strip`` components.

    Rows are in tree order, so those that have no more components come first: of all rows below
    ``top`` the folders become the destination itself, and everything else vanishes. ``level`` are
    the rows that lie directly in the destination. ``may_meet``: entries of different paths may get
    the same one. Read-only, for any thread. With ``strip`` the
    listing must have been checked to its last row.
    """

    def __init__(self, listing: Listing, strip: int = 0) -> None:
        self.listing = listing
        self.strip = strip
        self.may_meet = strip > 0 or isinstance(listing, RecodedListing)
        if strip:
            levels = listing.subtree(ROOT)
            self.top = levels[min(strip, len(levels) - 1)].stop
            below = levels[strip + 1 : strip + 2]
            self.level = below[0] if below else range(self.top, self.top)
        else:
            self.top = 1
            self.level = listing.children(ROOT)

    def path(self, row: int) -> bytes:
        """The row's path in the destination; empty for what becomes the destination itself."""
        path = self.listing.path(row)
        return b"/".join(path.split(b"/")[self.strip :]) if self.strip else path

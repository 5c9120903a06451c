"""Changes of a listing: rows that go, move and come."""

from zpack.entries.attributes import Attributes
from zpack.entries.builder import ListingBuilder
from zpack.entries.listing import ROOT, Listing
from zpack.records import field, mutable_record

NO_ROW = 0xFFFFFFFF


@mutable_record
class Place:
    """A path that a change names: what was moved there, and whether a folder was made there."""

    below: dict[bytes, "Place"] = field(default_factory=dict)
    moved: list[int] = field(default_factory=list)
    made: Attributes | None = None
    new: int = NO_ROW  # the folder of those that come, whose contents lie here


class TreeEdit:
    """Collects changes of ``listing``; :func:`build_edited_tree` carries them out. ``gone`` is 1
    for each row that goes, ``root`` has what paths name, ``coming`` what comes. With ``replace``
    files that come take the names of those that are there."""

    def __init__(self, listing: Listing, *, replace: bool = False) -> None:
        self.listing = listing
        self.gone = bytearray(len(listing))
        self._away = bytearray(len(listing))  # it, and so all below it, has another place
        self.replace = replace
        self.root = Place()
        self.coming = ListingBuilder()

    def drop(self, row: int) -> None:
        """The row goes, with all below it."""
        for part in self.listing.subtree(row):
            self.gone[part.start : part.stop] = b"\1" * len(part)

    def move(self, row: int, path: bytes) -> None:
        """The row, with all below it, has the place ``path`` from now on."""
        self._away[row] = 1
        self._place(path).moved.append(row)

    def make_folder(self, path: bytes, attributes: Attributes) -> None:
        """A folder comes, if there is none; one that is only implied gets an entry."""
        place = self._place(path)
        place.made = place.made or attributes

    def put(self, coming: ListingBuilder, folder: bytes) -> None:
        """What is in the root of ``coming`` comes into a folder. Only once."""
        self.coming = coming
        self._place(folder).new = ROOT

    def _place(self, path: bytes) -> Place:
        place = self.root
        for part in path.split(b"/") if path else ():
            place = place.below.setdefault(part, Place())
        return place

    def touches(self, rows: range) -> bool:
        """Whether one of the rows goes or moves."""
        part = slice(rows.start, rows.stop)
        return 1 in self.gone[part] or 1 in self._away[part]

    def stays(self, row: int) -> bool:
        """Whether the row is still where it was, if its folder is."""
        return not self.gone[row] and not self._away[row]

"""Entries of different paths that get the same one in the destination."""

from zpack.entries import ROOT, Kind
from zpack.operations.extract_paths import OutputPaths
from zpack.operations.extract_selection import Selection
from zpack.records import field, mutable_record

_Place = tuple[int, bytes]  # a folder's row, and a name in it


@mutable_record
class Collisions:
    """``late``: rows of files of whose path another file comes first in the archive; they are
    extracted after all others and one by one, so that threads don't decide which comes first.
    ``looks`` tells for a folder that several become which of them has its mode and time: the last
    in the archive, as in tar."""

    late: set[int] = field(default_factory=set)
    looks: dict[int, int] = field(default_factory=dict)


def find_collisions(selection: Selection, borrowed: dict[int, int]) -> Collisions:
    """Those of the wanted rows and the folders on the way to them. ``borrowed`` has for files that
    are wanted only under a hard link's name that link's row. Where paths
    stay as they are there are none: superseded entries are not wanted."""
    finder = _Finder(selection, borrowed)
    if selection.paths.may_meet:
        for row in range(selection.paths.top, len(selection.rows)):
            if selection.rows[row]:
                finder.place(row)
    return finder.found


class _Finder:
    """Takes rows in tree order."""

    def __init__(self, selection: Selection, borrowed: dict[int, int]) -> None:
        self._selection = selection
        self._data = {link: file for file, link in borrowed.items()}
        self._paths: OutputPaths = selection.paths
        self._listing = selection.paths.listing
        self._same: dict[int, int] = {}  # the folder that a folder is another row of
        self._folders: dict[_Place, int] = {}
        self._files: dict[_Place, int] = {}
        self.found = Collisions()

    def place(self, row: int) -> None:
        above = self._listing.parent[row]
        above = self._same.get(above, above) if above >= self._paths.top else ROOT
        place = above, self._listing.name(row)
        kind = self._listing.kind[row]
        if kind == Kind.DIRECTORY:
            self._place_folder(place, row)
        elif kind == Kind.FILE or row in self._data:
            self._place_file(place, row)

    def _place_folder(self, place: _Place, row: int) -> None:
        first = self._folders.setdefault(place, row)
        if first != row:
            self._same[row] = first
            looks = self.found.looks
            looks[first] = max(looks.get(first, first), row, key=self._rank)

    def _place_file(self, place: _Place, row: int) -> None:
        first = self._files.setdefault(place, row)
        if first != row:
            early, late = sorted((first, row), key=self._rank)
            self._files[place] = early
            self.found.late.add(late)

    def _rank(self, row: int) -> tuple[bool, bool, int, int]:
        listing = self._listing
        data = self._data.get(row, row)
        wanted = self._selection.wanted(row)
        return wanted, listing.has_entry(row), listing.frame[data], listing.offset[data]

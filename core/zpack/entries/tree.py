"""Puts entries that come in any order (those of a tar) into tree order."""

from array import array
from collections.abc import Iterator
from itertools import accumulate, chain

from zpack.entries.attributes import Attributes
from zpack.entries.builder import ListingBuilder
from zpack.entries.kinds import Kind
from zpack.entries.listing import ROOT, Listing

_NO_ENTRY = -1
# What one takes, in bytes: its columns, objects while its folder is sorted, its share of a table.
_ENTRY, _LINK, _FOLDER = 180, 200, 400


class TreeBuilder:
    """Collects entries with full paths; :meth:`build` makes the listing.

    Components ``.`` and empty ones are dropped; ``..`` stays a component, for the gate that
    decides on extraction to see. Folders that have no entry are implied. Of folders' entries
    with the same path the last one counts; of others all get a row, in the order they came.
    ``memory`` is about how many bytes it takes until the listing is made.
    """

    def __init__(self) -> None:
        self._entries = ListingBuilder()  # as they come; `parent` is the number of a folder
        self._folders: dict[tuple[int, bytes], int] = {}
        self._folder_parent = array("I", [0])
        self._folder_name = [b""]
        self._folder_entry = array("q", [_NO_ENTRY])
        self._replaced: set[int] = set()
        self._first_implied = 0
        self.memory = 0

    def add(
        self, path: bytes, attributes: Attributes, link: bytes | None, frame: int, offset: int
    ) -> None:
        """One more entry, in tar order."""
        parts = [part for part in path.split(b"/") if part not in (b"", b".")]
        folder = self._folder(parts[:-1])
        name = parts[-1] if parts else b""
        entries = self._entries
        number = entries.append(folder, name, attributes)
        entries.place(number, frame, offset)
        self.memory += _ENTRY + 3 * len(name)
        if link is not None:
            entries.links[number] = link
            self.memory += _LINK + 2 * len(link)
        if attributes.kind == Kind.DIRECTORY:
            own = self._folder(parts)
            if self._folder_entry[own] != _NO_ENTRY:
                self._replaced.add(self._folder_entry[own])
            self._folder_entry[own] = number

    def _folder(self, parts: list[bytes]) -> int:
        # Keyed by parent and name: memory grows with the names, not with depth times length.
        number = 0
        for part in parts:
            key = (number, part)
            below = self._folders.get(key)
            if below is None:
                below = self._folders[key] = len(self._folder_name)
                self._folder_parent.append(number)
                self._folder_name.append(part)
                self._folder_entry.append(_NO_ENTRY)
                self.memory += _FOLDER + len(part)
            number = below
        return number

    def build(self) -> Listing:
        """The listing, breadth first. The builder must not be used afterwards."""
        return self.build_rows().build()

    def build_rows(self) -> ListingBuilder:
        """As :meth:`build`, as rows that can still be changed."""
        entries, whose = self._entries, self._take_folders()
        inside, ends = self._by_folder()
        rows = array("I", bytes(4 * len(ends)))  # of folders, in the listing
        order, parent, queue = array("I", [0]), array("I", [0]), array("I", [0])
        for folder in queue:  # grows while it is read
            start = ends[folder - 1] if folder else 0
            children = sorted(inside[start : ends[folder]], key=entries.name)
            for row, child in enumerate(children, len(order)):
                below = whose.get(child, 0)
                if below:
                    rows[below] = row
                    queue.append(below)
            order.extend(children)
            parent.extend(array("I", [rows[folder]]) * len(children))
        entries.rearrange(order, parent)
        return entries

    def _take_folders(self) -> dict[int, int]:
        """For each folder's entry the folder; those that have none get a row, and the root gets
        what its own entry says."""
        entries, of_root = self._entries, self._folder_entry[ROOT]
        if of_root != _NO_ENTRY:
            entries.set_attributes(ROOT, entries.attributes(of_root))
            entries.place(ROOT, entries.frame[of_root], entries.offset[of_root])
        self._first_implied = len(entries)
        whose = {}
        for folder in range(1, len(self._folder_name)):
            entry = self._folder_entry[folder]
            if entry == _NO_ENTRY:
                name, above = self._folder_name[folder], self._folder_parent[folder]
                entry = entries.append(above, name, Attributes(Kind.DIRECTORY))
            whose[entry] = folder
        self._folders = {}
        self._folder_name = []
        return whose

    def _by_folder(self) -> "tuple[array[int], array[int]]":
        """The entries that count, by the folders that they are in, and where each folder's end."""
        parent = self._entries.parent
        counts = array("I", bytes(4 * len(self._folder_entry)))
        for number in self._that_count():
            counts[parent[number]] += 1
        ends = array("I", accumulate(counts))
        inside = array("I", bytes(4 * ends[-1]))
        at = array("I", (end - count for end, count in zip(ends, counts, strict=True)))
        for number in self._that_count():
            inside[at[parent[number]]] = number
            at[parent[number]] += 1
        return inside, ends

    def _that_count(self) -> Iterator[int]:
        """Implied folders before others, so that of the same name they are not the last."""
        ends, first = self._entries.name_end, self._first_implied
        for number in chain(range(first, len(ends)), range(1, first)):
            if ends[number] > ends[number - 1] and number not in self._replaced:
                yield number

"""Puts entries that come in any order (those of a tar) into tree order."""

from array import array

from zpack.entries.attributes import Attributes
from zpack.entries.builder import ListingBuilder
from zpack.entries.kinds import Kind
from zpack.entries.listing import Listing

_NO_ENTRY = -1
# What one takes, in bytes: twice its columns, a tuple while it is sorted, its share of a table.
_ENTRY, _LINK, _FOLDER = 280, 200, 400


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
        children = self._children()
        out = ListingBuilder()
        queue = [(0, 0)]
        self._copy(out, 0, self._folder_entry[0])
        for folder, row in queue:  # grows while it is read
            for name, number, below in sorted(children[folder]):
                child = out.append(row, name, Attributes(Kind.DIRECTORY))
                self._copy(out, child, number)
                if below:
                    queue.append((below, child))
            children[folder] = []
        return out

    def _children(self) -> list[list[tuple[bytes, int, int]]]:
        """For each folder its children: name, entry, and the folder's number if it is one."""
        children: list[list[tuple[bytes, int, int]]] = [[] for _ in self._folder_name]
        whose = {entry: folder for folder, entry in enumerate(self._folder_entry)}
        entries = self._entries
        start = entries.name_end[0]
        for number in range(1, len(entries)):
            end = entries.name_end[number]
            if end > start and number not in self._replaced:
                name = bytes(entries.names[start:end])
                children[entries.parent[number]].append((name, number, whose.get(number, 0)))
            start = end
        for folder in range(1, len(self._folder_name)):
            if self._folder_entry[folder] == _NO_ENTRY:
                name = self._folder_name[folder]
                children[self._folder_parent[folder]].append((name, _NO_ENTRY, folder))
        return children

    def _copy(self, out: ListingBuilder, row: int, number: int) -> None:
        if number == _NO_ENTRY:
            return
        entries = self._entries
        out.set_attributes(row, entries.attributes(number))
        out.place(row, entries.frame[number], entries.offset[number])
        if number in entries.links:
            out.links[row] = entries.links[number]

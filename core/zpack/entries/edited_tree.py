"""A listing with changes, put into tree order again."""

from array import array
from collections import deque
from collections.abc import Callable, Iterator
from enum import Enum

from zpack.entries.attributes import Attributes
from zpack.entries.builder import ListingBuilder
from zpack.entries.kinds import Kind
from zpack.entries.listing import NO_FRAME, ROOT
from zpack.entries.tree_edit import NO_ROW, Place, TreeEdit
from zpack.records import field, mutable_record

_IMPLIED = Attributes(Kind.DIRECTORY)


class Clash(Enum):
    """Why something that comes cannot have its name."""

    TAKEN = "taken"
    IS_FOLDER = "is a folder"  # and what comes is none
    IS_NO_FOLDER = "is no folder"  # and what comes is one


@mutable_record
class EditedTree:
    """The rows as they will be, none with a place yet.

    For each of them ``old`` tells which row of the listing it was and ``new`` which of those that
    came (``NO_ROW`` for none); ``unmoved`` is 1 where the path is as it was, ``implied`` 1 for
    folders without an entry. ``replaced`` pairs rows of the listing that made way with what they
    made way for, ``clashes`` is what must not be.
    """

    rows: ListingBuilder
    old: "array[int]" = field(default_factory=lambda: array("I"))
    new: "array[int]" = field(default_factory=lambda: array("I"))
    unmoved: bytearray = field(default_factory=bytearray)
    implied: bytearray = field(default_factory=bytearray)
    replaced: list[tuple[int, int]] = field(default_factory=list)
    clashes: list[tuple[bytes, Clash]] = field(default_factory=list)


@mutable_record
class _Item:
    """What will have one name: a row of the listing, one that comes, or both, if folders."""

    name: bytes
    old: int = NO_ROW
    new: int = NO_ROW
    place: Place | None = None
    is_folder: bool = False
    unmoved: bool = False


def _go_on() -> None:
    """Never to be cancelled."""


def build_edited_tree(edit: TreeEdit, check: Callable[[], None] = _go_on) -> EditedTree:
    """The tree with all changes. ``check`` is called for each folder, and may raise."""
    return _Builder(edit).build(check)


class _Builder:
    """Breadth first over what was, what comes, and the places that changes name."""

    def __init__(self, edit: TreeEdit) -> None:
        self._edit = edit
        self._listing = edit.listing
        self._coming = edit.coming.build()
        self._replace = edit.replace
        self._root = edit.root
        self._needed = _needed(edit)
        self._tree = EditedTree(ListingBuilder())

    def build(self, check: Callable[[], None]) -> EditedTree:
        tree = self._tree
        self._note(_Item(b"", ROOT, place=self._root, unmoved=True), implied=True)
        queue = deque([(ROOT, _Item(b"", ROOT, self._root.new, self._root, True, True))])
        while queue:
            row, folder = queue.popleft()
            check()
            if folder.place is None and folder.new == NO_ROW:
                untouched = self._copy_untouched(row, folder)
                if untouched is not None:
                    queue.extend(untouched)
                    continue
            for item in self._inside(row, folder):
                child = self._append(row, item)
                if item.is_folder:
                    queue.append((child, item))
        return tree

    def _copy_untouched(self, row: int, folder: _Item) -> "list[tuple[int, _Item]] | None":
        """Of a folder in which nothing changes all rows at once; returns the folders among them.
        None if it has to be looked at row by row."""
        rows = self._listing.children(folder.old)
        if self._needed or self._edit.touches(rows):
            return None
        if not rows:
            return []
        tree, count = self._tree, len(rows)
        first = tree.rows.copy_rows(self._listing, rows, row)
        tree.old.extend(rows)
        tree.new.extend(array("I", [NO_ROW]) * count)
        tree.unmoved += bytes([folder.unmoved]) * count
        tree.implied += bytes(count)
        kinds = self._listing.kind
        return [
            (first + old - rows.start, _Item(b"", old, NO_ROW, None, True, folder.unmoved))
            for old in rows
            if kinds[old] == Kind.DIRECTORY
        ]

    def _inside(self, row: int, folder: _Item) -> Iterator[_Item]:
        listing, edit = self._listing, self._edit
        olds = listing.children(folder.old) if folder.old != NO_ROW else range(0)
        staying = (old for old in olds if edit.stays(old) and self._is_needed(old))
        if folder.place is None and folder.new == NO_ROW:
            for old in staying:
                is_folder = listing.kind[old] == Kind.DIRECTORY
                yield _Item(listing.name(old), old, NO_ROW, None, is_folder, folder.unmoved)
        else:
            yield from self._merged(row, folder, list(staying), olds)

    def _is_needed(self, old: int) -> bool:
        return not self._needed or self._needed[old] == 1

    def _merged(self, row: int, folder: _Item, staying: list[int], olds: range) -> Iterator[_Item]:
        place = folder.place or Place()
        named: dict[bytes, list[int]] = {}
        for old in staying:
            named.setdefault(self._listing.name(old), []).append(old)
        for old in olds:  # an implied folder that would be empty stays if something comes into it
            name = self._listing.name(old)
            if name in place.below and name not in named and self._edit.stays(old):
                named[name] = [old]
        new = {}
        if folder.new != NO_ROW:
            new = {self._coming.name(each): each for each in self._coming.children(folder.new)}
        for name in sorted(named.keys() | new.keys() | place.below.keys()):
            comes, where = new.get(name, NO_ROW), place.below.get(name)
            items = self._meet(row, name, named.get(name, []), comes, where)
            for item in items:
                came = item.old == NO_ROW or (where is not None and item.old in where.moved)
                item.unmoved = folder.unmoved and not came
                yield item

    def _meet(
        self, row: int, name: bytes, olds: list[int], new: int, place: Place | None
    ) -> Iterator[_Item]:
        """All that want one name."""
        olds = olds + (place.moved if place is not None else [])
        if new != NO_ROW:
            olds = self._make_way(row, name, olds, new)
        kinds = self._listing.kind
        folder = _Item(name, NO_ROW, NO_ROW, place, is_folder=True)
        folder.is_folder = place is not None and bool(
            place.below or place.made or place.new != NO_ROW
        )
        for old in olds:
            if kinds[old] == Kind.DIRECTORY:
                folder.old, folder.is_folder = old, True
            else:
                yield _Item(name, old)
        if new != NO_ROW:
            folder.new = new
            folder.is_folder |= self._coming.kind[new] == Kind.DIRECTORY
        if place is not None and place.new != NO_ROW:
            folder.new = place.new
        if folder.is_folder or folder.new != NO_ROW:
            yield folder

    def _make_way(self, row: int, name: bytes, olds: list[int], new: int) -> list[int]:
        comes_folder = self._coming.kind[new] == Kind.DIRECTORY
        clash = None
        for old in olds:
            if (self._listing.kind[old] == Kind.DIRECTORY) != comes_folder:
                clash = Clash.IS_NO_FOLDER if comes_folder else Clash.IS_FOLDER
        if clash is None and olds and not comes_folder and not self._replace:
            clash = Clash.TAKEN
        if clash is not None:
            path = self._tree.rows.path(row)
            self._tree.clashes.append((path + b"/" + name if path else name, clash))
        elif olds and not comes_folder:
            self._tree.replaced.extend((old, new) for old in olds)
            return []
        return olds

    def _append(self, parent: int, item: _Item) -> int:
        attributes, implied = self._attributes(item)
        row = self._tree.rows.append(parent, item.name, attributes)
        if item.old != NO_ROW:
            link = self._listing.link(item.old)
        else:
            link = self._coming.link(item.new) if self._comes(item) else None
        if link is not None:
            self._tree.rows.links[row] = link
        self._note(item, implied=implied)
        return row

    def _note(self, item: _Item, *, implied: bool) -> None:
        tree = self._tree
        tree.old.append(item.old)
        tree.new.append(item.new if item.old == NO_ROW and self._comes(item) else NO_ROW)
        tree.unmoved.append(item.unmoved)
        tree.implied.append(implied)

    def _attributes(self, item: _Item) -> tuple[Attributes, bool]:
        there = item.old != NO_ROW and self._listing.has_entry(item.old)
        if self._comes(item) and (self._replace or not there):
            return self._coming.attributes(item.new), False
        if there:
            return self._listing.attributes(item.old), False
        if item.place is not None and item.place.made is not None:
            return item.place.made, False
        return _IMPLIED, True

    @staticmethod
    def _comes(item: _Item) -> bool:
        """Whether a row comes for the item itself, not only into it."""
        return item.new not in (NO_ROW, ROOT)


def _needed(edit: TreeEdit) -> bytearray:
    """1 for each row with an entry that stays in or below it; empty if every folder has one of its
    own, and so is needed."""
    listing = edit.listing
    frame, parent = listing.frame, listing.parent
    if not any(place == NO_FRAME for place in frame[1:]):
        return bytearray()
    needed = bytearray(len(listing))
    for row in range(len(listing) - 1, 0, -1):
        if edit.stays(row) and (needed[row] or frame[row] != NO_FRAME):
            needed[row] = needed[parent[row]] = 1
    return needed

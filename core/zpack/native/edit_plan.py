"""What an edited archive will hold: which row carries which content, and what follows what."""

from array import array
from collections.abc import Callable, Iterable

from zpack.entries import (
    NO_ROW,
    EditedTree,
    Kind,
    Listing,
    ListingBuilder,
    TreeEdit,
    build_edited_tree,
)
from zpack.filesystem import ArchiveOrder
from zpack.records import field, mutable_record

_NONE = array("I")
_NO_FILES = ArchiveOrder(_NONE, _NONE, _NONE, _NONE, _NONE, {})


@mutable_record
class EditPlan:
    """``content`` tells for each row of the archive as it is which row will carry its content
    (``NO_ROW``: none). ``files`` come from the disk, in this order; ``carriers`` tells for each
    hard link among what comes which of them it is another name of. ``hard_links``, ``others``
    (symbolic links, then devices and FIFOs) and ``folders`` are rows in archive order.

    What must not be: ``mixed`` paths are of a folder and of something else at once, ``dangling``
    ones hard links to nothing. ``superseded`` counts entries that a later one of the same path
    hides, and that are left out.
    """

    tree: EditedTree
    content: "array[int]"
    files: "array[int]" = field(default_factory=lambda: array("I"))
    carriers: dict[int, int] = field(default_factory=dict)
    hard_links: "array[int]" = field(default_factory=lambda: array("I"))
    others: "array[int]" = field(default_factory=lambda: array("I"))
    folders: "array[int]" = field(default_factory=lambda: array("I"))
    mixed: list[bytes] = field(default_factory=list)
    dangling: list[bytes] = field(default_factory=list)
    superseded: int = 0

    @property
    def rows(self) -> ListingBuilder:
        """The rows as they will be."""
        return self.tree.rows

    def stays(self, row: int) -> bool:
        """Whether a row of the archive keeps its content and every byte of its headers."""
        new = self.content[row]
        return new != NO_ROW and bool(self.tree.unmoved[new]) and self.tree.old[new] == row


def plan_edit(
    edit: TreeEdit, check: Callable[[], None], coming: ArchiveOrder = _NO_FILES
) -> EditPlan:
    """The plan for a listing whose every row was looked at. ``coming`` is the order of the rows
    that were ``put``; ``check`` is called now and then and may raise."""
    listing = edit.listing
    links = _links(edit)
    mixed, superseded = _drop_superseded(edit, links)
    check()
    tree = build_edited_tree(edit, check)
    places = _inverse(tree.old, len(listing))
    plan = EditPlan(tree, array("I", places), mixed=mixed, superseded=superseded)
    _settle_links(plan, listing, links, places)
    _settle_coming(plan, coming)
    check()
    _arrange(plan)
    return plan


def _links(edit: TreeEdit) -> dict[int, int | None]:
    """The hard links that stay, and what each is another name of."""
    listing = edit.listing
    return {
        row: listing.hard_link_target(row)
        for row in listing.link_row
        if listing.kind[row] == Kind.HARD_LINK and not edit.gone[row]
    }


def _drop_superseded(edit: TreeEdit, links: dict[int, int | None]) -> tuple[list[bytes], int]:
    """Of entries with one path the last counts. Earlier files can stay; links, and files that live
    on under another name, would come after what supersedes them, and so count again."""
    listing, dropped = edit.listing, 0
    mixed = []
    linked = set(links.values())
    for row in listing.all_superseded():
        if edit.gone[row]:
            continue
        kinds = listing.kind[row], listing.kind[row + 1]
        if Kind.DIRECTORY in kinds:
            mixed.append(listing.path(row))
        elif kinds[0] != Kind.FILE or row in linked:
            edit.drop(row)
            links.pop(row, None)
            dropped += 1
    return mixed, dropped


def _inverse(rows: "array[int]", length: int) -> "array[int]":
    inverse = array("I", [NO_ROW]) * length
    for new, old in enumerate(rows):
        if old != NO_ROW:
            inverse[old] = new
    return inverse


def _settle_links(
    plan: EditPlan, listing: Listing, links: dict[int, int | None], places: "array[int]"
) -> None:
    """Each hard link names the carrier's new path. If the carrier is gone, the link that comes
    first in the archive carries the content from now on."""
    rows = plan.rows
    order = sorted(links, key=lambda row: (listing.frame[row], listing.offset[row]))
    for link in order:
        row, target = places[link], links[link]
        if row == NO_ROW:
            continue
        if target is None:
            plan.dangling.append(rows.path(row))
            continue
        if listing.kind[target] == Kind.FILE and plan.content[target] != NO_ROW:
            rows.links[row] = rows.path(plan.content[target])
            continue
        rows.set_attributes(row, listing.attributes(target))
        del rows.links[row]
        if listing.kind[target] == Kind.FILE:
            plan.content[target] = row
        elif listing.kind[target] == Kind.SYMLINK:  # a second name of one is one itself
            rows.links[row] = listing.link(target) or b""


def _settle_coming(plan: EditPlan, coming: ArchiveOrder) -> None:
    new_rows = {each: row for row, each in enumerate(plan.tree.new) if each != NO_ROW}
    rows = plan.rows
    plan.files = array("I", _mapped(coming.files, new_rows))
    for link, carrier in coming.carriers.items():
        if link not in new_rows or carrier not in new_rows:
            continue  # a clash: the plan is not carried out
        row = new_rows[link]
        plan.carriers[row] = new_rows[carrier]
        rows.kind[row], rows.size[row] = Kind.HARD_LINK, 0
        rows.links[row] = rows.path(new_rows[carrier])


def _mapped(rows: Iterable[int], places: dict[int, int]) -> Iterable[int]:
    return (places[row] for row in rows if row in places)


def _arrange(plan: EditPlan) -> None:
    kinds, implied = plan.rows.kind, plan.tree.implied
    nodes = array("I")
    for row in range(1, len(kinds)):
        if kinds[row] == Kind.HARD_LINK:
            plan.hard_links.append(row)
        elif kinds[row] == Kind.DIRECTORY:
            if not implied[row]:
                plan.folders.append(row)
        elif kinds[row] == Kind.SYMLINK:
            plan.others.append(row)
        elif kinds[row] != Kind.FILE:
            nodes.append(row)
    plan.others.extend(nodes)
    # Symbolic links, then devices and FIFOs.
    plan.others = array("I", sorted(plan.others, key=kinds.__getitem__))
    plan.folders.reverse()  # breadth first, backwards: what is below comes before

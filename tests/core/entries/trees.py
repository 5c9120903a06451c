"""Random trees, and what a listing of them should say, told by plain dictionaries."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from zpack.entries import Attributes, Kind, Listing, Owner, TreeBuilder

NAMES = st.sampled_from([b"a", b"b", b"a.b", b"ab", b"\xff", b"A", b"..", b"z" * 30])
PATHS = st.lists(NAMES, min_size=1, max_size=5).map(b"/".join)
KINDS = st.sampled_from([Kind.FILE, Kind.FILE, Kind.DIRECTORY, Kind.SYMLINK, Kind.HARD_LINK])
OWNERS = st.sampled_from([Owner(0, 0, b"", b""), Owner(1, 2, b"ann", b"users")])


@dataclass(frozen=True)
class Entry:
    path: bytes
    kind: Kind
    size: int
    mtime: int
    owner: Owner
    link: bytes | None

    def attributes(self) -> Attributes:
        return Attributes(self.kind, 0o640, self.size, self.mtime, 5, self.owner)


@st.composite
def any_entries(draw) -> list[Entry]:
    """Entries as they follow in a tar: duplicates, folders without an entry, files in the way."""
    made = []
    for path in draw(st.lists(PATHS, max_size=14)):
        kind = draw(KINDS)
        size = draw(st.integers(0, 5000)) if kind == Kind.FILE else 0
        link = draw(PATHS) if kind in (Kind.SYMLINK, Kind.HARD_LINK) else None
        made.append(Entry(path, kind, size, draw(st.integers(-9, 9)), draw(OWNERS), link))
    return made


def listing_of(entries: list[Entry]) -> Listing:
    """Two entries to a frame."""
    tree = TreeBuilder()
    for number, entry in enumerate(entries):
        frame, offset = divmod(number, 2)
        tree.add(entry.path, entry.attributes(), entry.link, frame, offset * 512)
    return tree.build()


@dataclass
class Model:
    """Folders by path, with what is in them; ``None`` stands for a folder without an entry."""

    entries: list[Entry]
    at: dict[bytes, list[Entry | None]] = field(default_factory=dict)
    inside: dict[bytes, set[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inside[b""] = set()
        for entry in self.entries:
            self.at.setdefault(entry.path, []).append(entry)
            self._above(entry.path)
            if entry.kind == Kind.DIRECTORY:
                self.inside.setdefault(entry.path, set())
        for path in self.at:
            self.at[path] = last_of_folders(self.at[path])
        for path in self.inside:
            kinds = [entry.kind for entry in self.at.get(path, [])]
            if path and Kind.DIRECTORY not in kinds:
                self.at.setdefault(path, []).insert(0, None)

    def _above(self, path: bytes) -> None:
        while path:
            above, _, name = path.rpartition(b"/")
            self.inside.setdefault(above, set()).add(name)
            path = above

    def below(self, path: bytes) -> list[bytes]:
        """All paths below a folder, one for each row."""
        prefix = path + b"/" if path else b""
        return sorted(p for p in self.at for _ in self.at[p] if p.startswith(prefix) and p != path)

    def size(self, path: bytes) -> int:
        prefix = path + b"/" if path else b""
        return sum(e.size for e in self.entries if e.path.startswith(prefix))


def last_of_folders(entries: list[Entry | None]) -> list[Entry | None]:
    """Entries of one path, of which one is a folder at most: the last counts."""
    folders = [number for number, each in enumerate(entries) if each.kind == Kind.DIRECTORY]
    return [each for number, each in enumerate(entries) if number not in folders[:-1]]


def rows_at(listing: Listing, path: bytes) -> list[int]:
    """Found the slow way."""
    return [row for row in range(1, len(listing)) if listing.path(row) == path]


def folder_row(listing: Listing, path: bytes) -> int:
    """The row that has the contents of a folder."""
    if not path:
        return 0
    folders = [row for row in rows_at(listing, path) if listing.kind[row] == Kind.DIRECTORY]
    return folders[-1]

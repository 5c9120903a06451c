"""Every verb that writes, as a command on a folder of its own, and what must be true of that folder
at any moment."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.core.faults.place import HIDDEN
from tests.core.native.parts import verified
from tests.core.operations.conftest import snapshot
from zpack.jobs import Control
from zpack.operations import CreateRequest, ListRequest, Proof, create, list_archive

Names = frozenset[bytes]


@dataclass(frozen=True)
class Verb:
    """``arguments`` work in the folder ``work``. ``over``: there is an older archive, or an older
    version of what is extracted."""

    name: str
    arguments: tuple[str, ...]
    over: bool


QUICK = ("-q", "--preset", "fast", "--threads", "2")
VERBS = (
    Verb("create", ("create", *QUICK, "--recovery=9%", "a.tar.zst", "../tree"), over=False),
    Verb("replace", ("create", *QUICK, "--overwrite", "a.tar.zst", "../tree"), over=True),
    Verb("add", ("add", *QUICK, "a.tar.zst", "../tree/sub", "../tree/b.bin"), over=True),
    Verb("delete", ("delete", *QUICK, "a.tar.zst", "old/part", "old/5"), over=True),
    Verb("rename", ("rename", *QUICK, "a.tar.zst", "old/part", "moved"), over=True),
    Verb("record", ("repair", "-q", "--add-recovery=9%", "a.tar.zst"), over=True),
    Verb("mkdir", ("mkdir", *QUICK, "a.tar.zst", "made/below"), over=True),
    Verb("extract", ("extract", "-q", "../whole.tar.zst", "-C", "out"), over=False),
    Verb("extract over", ("extract", "-q", "--conflict=overwrite", "../whole.tar.zst"), over=True),
)

REPLACE = VERBS[1]
Run = Callable[[Verb], int]


class Stage:
    """``root/work`` is where verbs work; beside it are their sources."""

    def __init__(self, root: Path, files: int = 40) -> None:
        self.root = root
        self.work = root / "work"
        self.target = self.work / "a.tar.zst"
        _grow(root / "tree", files)
        _grow(root / "old", files // 2)
        for name in ("tree", "old"):
            target = str(root / ("whole.tar.zst" if name == "tree" else "old.tar.zst"))
            create(CreateRequest(target, (str(root / name),), "fast"), Control())
        self.old = (root / "old.tar.zst").read_bytes()
        self.new: dict[str, Names] = {}

    def renew(self, verb: Verb) -> None:
        """The work folder as it is before a verb."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        if not verb.over:
            return
        if "extract" in verb.name:
            shutil.copytree(self.root / "old", self.work / "tree")
            (self.work / "tree" / "mine").write_text("mine")
        else:
            shutil.copy(self.root / "old.tar.zst", self.target)

    def learn(self, verb: Verb, run: Run) -> None:
        """Once undisturbed: what the verb's archive has in the end."""
        self.renew(verb)
        assert run(verb) == 0
        self.learn_from(verb)

    def learn_from(self, verb: Verb) -> None:
        """The verb has just been undisturbed."""
        if self.target.exists():
            self.new[verb.name] = names(self.target)

    def check(self, verb: Verb) -> None:
        """The archive is the old one or the new one, whole; each extracted file is, too."""
        if "extract" in verb.name:
            self._check_files(verb)
            return
        if not self.target.exists():
            assert not verb.over
            return
        if verb.over and self.target.read_bytes() == self.old:
            return
        self.check_new(verb)

    def check_new(self, verb: Verb) -> None:
        """The archive is the new one."""
        self.check_whole()
        assert names(self.target) == self.new[verb.name]

    def check_whole(self) -> None:
        """The archive is as somebody made it."""
        assert verified(self.target).proof is Proof.PROVEN

    def _check_files(self, verb: Verb) -> None:
        place = self.work / "tree" if verb.over else self.work / "out" / "tree"
        if not verb.over:
            assert not place.exists() or _contents(place) == _contents(self.root / "tree")
            return
        now, new, old = (_contents(p) for p in (place, self.root / "tree", self.root / "old"))
        assert now["mine"] == b"mine"
        assert now.keys() >= old.keys()
        for name, content in now.items():
            assert content in (new.get(name), old.get(name), b"mine"), name

    def left(self) -> list[Path]:
        """What is hidden in the work folder."""
        return list(self.work.rglob(HIDDEN))

    def check_cleared(self, verb: Verb, run: Run) -> None:
        """The next run clears what was left."""
        if "extract" in verb.name:
            assert run(verb) == 0 or not verb.over  # a new folder is there now, and nobody is asked
            self.check(verb)
        else:
            assert run(REPLACE) == 0
        assert self.left() == []


def _grow(folder: Path, files: int) -> None:
    (folder / "sub").mkdir(parents=True)
    (folder / "part").mkdir()
    for number in range(files):
        content = f"{folder.name} {number}\n".encode() * (37 * number % 300)
        (folder / f"{number}").write_bytes(content)
        (folder / "sub" / f"s{number}").write_bytes(content[::-1])
        (folder / "part" / f"p{number}").write_bytes(content * 2)
    (folder / "b.bin").write_bytes(bytes(range(256)) * 40 * files)


def _contents(folder: Path) -> dict[str, object]:
    """Of what is not hidden."""
    return {
        name: facts[2]
        for name, facts in snapshot(folder).items()
        if facts[2] is not None and not name.endswith(HIDDEN[1:])
    }


def names(archive: Path) -> Names:
    """What is in an archive."""
    listing = list_archive(ListRequest(str(archive)), Control()).listing
    return frozenset(path for _, path in listing.walk())

"""A destination among things that must stay as they are, and zpack at work there."""

import contextlib
import io
import json
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from tests.core.threats.crafting import FIRST, FORMS, LAST, LZ4_FORMS, Lie, Member
from zpack.cli import main

Seen = dict[str, tuple[object, ...]]


def seen(root: Path, leave_out: str = "") -> Seen:
    """Everything below ``root``, and itself: mode, owner, time, number of names, attributes with
    ACLs, content, link."""
    found: Seen = {}
    for place, folders, files in os.walk(root):
        if leave_out in folders:
            folders.remove(leave_out)
        for path in (Path(place), *(Path(place, name) for name in files + folders)):
            found[str(path.relative_to(root))] = _facts(path)
    return found


def _facts(path: Path) -> tuple[object, ...]:
    info = path.lstat()
    content: object = None
    if stat.S_ISLNK(info.st_mode):
        content = os.readlink(path)
    elif stat.S_ISREG(info.st_mode):
        content = path.read_bytes()
    names = 0 if stat.S_ISDIR(info.st_mode) else info.st_nlink
    attributes = tuple(
        (name, os.getxattr(path, name, follow_symlinks=False))
        for name in sorted(os.listxattr(path, follow_symlinks=False))
    )
    who = info.st_mode, info.st_uid, info.st_gid
    return *who, info.st_mtime_ns, names, attributes, content


@dataclass(frozen=True)
class Answer:
    """What a command said. ``problems``: code and path of each."""

    code: int
    out: bytes
    err: str

    @property
    def problems(self) -> set[tuple[str, str]]:
        return {(p["code"], p.get("path", "")) for p in json.loads(self.out)["problems"]}

    @property
    def named(self) -> set[str]:
        """The files that are complained of."""
        return {path for _, path in self.problems if path}


def zpack(*arguments: str | Path) -> Answer:
    """The command line from its arguments to its exit code, in this process."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main.run([str(argument) for argument in arguments])
    out.flush()
    err.flush()
    said = err.buffer.getvalue().decode()
    assert "Traceback" not in said, said
    return Answer(code, out.buffer.getvalue(), said)


class Field:
    """``outside`` has a sentinel tree and, in it, the destination ``out``; whoever works there
    stands in ``outside/here``. Archives of the form ``form`` come to lie at ``archive``."""

    def __init__(self, root: Path, form: str) -> None:
        self.form = form
        self.archive = root / "attack"
        self.outside = root / "outside"
        self.out = self.outside / "out"
        self.here = self.outside / "here"
        self.folder = self.outside / "folder"
        for path in (self.out, self.here, self.folder / "deep"):
            path.mkdir(parents=True)
        (self.outside / "evil").write_text("sentinel")
        (self.folder / "evil").write_text("another")
        (self.folder / "deep" / "readonly").write_text("mine")
        (self.folder / "deep" / "readonly").chmod(0o400)
        (self.outside / "link").symlink_to("folder")
        os.link(self.outside / "evil", self.outside / "twin")
        for path in (self.outside / "evil", self.folder, self.outside):
            os.utime(path, ns=(10**18 + 5, 10**18 + 5))
        self.before = seen(self.outside, "out")

    def put(self, *members: Member, lie: Lie | None = None) -> None:
        """An attack between two harmless files."""
        make = (FORMS | LZ4_FORMS)[self.form]
        options = {} if lie is None else {"lie": lie}
        self.archive.write_bytes(make(FIRST, *members, LAST, **options))

    def check(self) -> None:
        """Nothing outside is other than it was."""
        assert seen(self.outside, "out") == self.before

    def look(self) -> None:
        """Everything that only looks at the archive: changes nothing at all, and ends as it
        should."""
        for arguments in (("list", "-l"), ("list", "--json"), ("info", "--json"), ("verify",)):
            answer = zpack(*arguments, self.archive)
            assert answer.code in (0, 3, 4), answer
            self.check()
            assert list(self.out.iterdir()) == []

    def extract(
        self, *options: str, to: Path | None = None, members: tuple[str, ...] = ()
    ) -> Answer:
        """Extract it, or members of it, into the destination."""
        place = to or self.out
        answer = zpack("extract", "--json", "-C", place, *options, "--", self.archive, *members)
        self.check()
        return answer

    def attack(self, *options: str) -> Answer:
        """Look at it, extract it to a new folder, and extract it into the destination: the answer
        of that. The rest of the archive comes out each time."""
        self.look()
        new = self.out / "new"
        self.extract(*options, to=new)
        self.is_good(new)
        remove(new)
        answer = self.extract(*options)
        self.is_good(self.out)
        return answer

    def is_good(self, place: Path) -> None:
        assert (place / "good" / "first").read_bytes() == b"first"
        assert (place / "good" / "last").read_bytes() == b"last"

    @property
    def came_out(self) -> set[str]:
        """What is in the destination besides the good files and folders that were needed."""
        return {
            name
            for name in seen(self.out)
            if not f"{name}/".startswith("good/") and not (self.out / name).is_dir()
        }


def remove(folder: Path) -> None:
    for place, _, _ in os.walk(folder):
        os.chmod(place, 0o700)
    shutil.rmtree(folder)

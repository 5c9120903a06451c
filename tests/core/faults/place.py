"""Jobs to be disturbed, and what has to be true whatever came of them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.core.native.parts import verified
from tests.core.operations.conftest import fill
from tests.core.threats.field import Seen, seen
from zpack.errors import Explanation, ZpackError
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    CreateRequest,
    ExtractRequest,
    OnConflict,
    Proof,
    Report,
    create,
    extract,
)

HIDDEN = "*.zpack-part"
Job = Callable[["Place"], Report]


class Place:
    """``work`` is where jobs write. Beside it are the sources, ``whole``, an archive of them, and
    ``old``, another archive."""

    recovery = 9  # percent

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root / "work"
        self.tree = fill(root / "tree")
        self.whole = root / "whole.tar.zst"
        self.old = root / "old.tar.zst"
        (root / "other").mkdir()
        (root / "other" / "f").write_text("other\n" * 1000)
        self._create(self.whole, self.tree)
        self._create(self.old, root / "other")
        self.target = self.work / "a.tar.zst"
        self.out = self.work / "out"
        self.sources = seen(self.tree)
        self.control = Control()

    def renew(self, *, there: bool) -> None:
        """The work folder as it is before a job. ``there``: with an older archive, and an older
        version of a file in the destination."""
        self.clear()
        self.work.mkdir()
        self.control = Control()
        if there:
            shutil.copy(self.old, self.target)
            (self.out / "tree" / "sub").mkdir(parents=True)
            (self.out / "tree" / "a.txt").write_text("old")
            (self.out / "tree" / "mine").write_text("mine")
        else:
            (self.work / "beside").write_text("beside")

    def clear(self) -> None:
        """Remove the work folder."""
        for place, _, _ in os.walk(self.work):
            os.chmod(place, 0o700)
        shutil.rmtree(self.work, ignore_errors=True)

    def create(self) -> Report:
        return self._create(self.target, self.tree)

    def _create(self, target: Path, source: Path) -> Report:
        sources = (str(source),)
        request = CreateRequest(
            str(target), sources, "fast", threads=1, overwrite=True, recovery=self.recovery
        )
        return create(request, getattr(self, "control", None) or Control())

    def extract(self) -> Report:
        request = ExtractRequest(
            str(self.whole), str(self.out), conflict=OnConflict.OVERWRITE, threads=1
        )
        return extract(request, self.control)

    def left(self) -> list[str]:
        """What is hidden in the work folder."""
        return [str(path.relative_to(self.work)) for path in self.work.rglob(HIDDEN)]


def attempt(job: Callable[[], Report]) -> "Report | ZpackError | Cancelled":
    """The report, or the error that explains itself: nothing else may come out."""
    try:
        return job()
    except (ZpackError, Cancelled) as error:
        return error


def problems(came: object) -> tuple[Explanation, ...]:
    return getattr(came, "problems", ())


def check_archive(place: Place, came: object, before: bytes | None) -> None:
    """The target is the old one, or the new one and whole; done means the new one, complete."""
    now = place.target.read_bytes() if place.target.exists() else None
    if isinstance(came, ZpackError | Cancelled):
        assert now in (before, place.whole.read_bytes()), came
        return
    if problems(came):
        assert verified(place.target).proof is Proof.PROVEN
    else:
        assert now == place.whole.read_bytes()


def check_extracted(place: Place, came: object, before: Seen) -> None:
    """Each file is the old one, or the new one and whole; done means all are new; and whatever is
    not is named."""
    now = contents(seen(place.out)) if place.out.exists() else {}
    old = contents(before)
    new = {f"tree/{name}": content for name, content in contents(place.sources).items()}
    for name, content in now.items():
        assert content in (old.get(name), new.get(name)), (name, content, came)
    assert all(now.get(name) in (content, new.get(name)) for name, content in old.items()), came
    if isinstance(came, ZpackError | Cancelled):
        assert now.keys() == old.keys() or now.keys() >= new.keys(), came
        return
    named = {problem.path for problem in problems(came)}
    for name, content in new.items():
        if not any(f"{name}/".startswith(f"{path}/") for path in named):
            assert now.get(name) == content, (name, came)


def contents(found: Seen) -> dict[str, object]:
    """Content of files and targets of links, by path."""
    return {name: facts[-1] for name, facts in found.items() if facts[-1] is not None}

"""Permissions are lost while the work goes on: what can be done is done, the rest is named, and
what was there before stays."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.core.filesystem.ordinary_user import ordinary_user
from tests.core.native.parts import verified
from zpack.errors import ExitCode, ZpackError
from zpack.jobs import Control
from zpack.operations import CreateRequest, ExtractRequest, Proof, create, extract


class Losing(Control):
    """At the checkpoint at which something is so, a path loses its mode."""

    def __init__(self, path: Path, mode: int, when: Callable[[], bool]) -> None:
        super().__init__()
        self._path, self._mode, self._when = path, mode, when

    def check(self) -> None:
        super().check()
        if self._when():
            self._path.chmod(self._mode)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of someone to whom permissions apply, with twenty files."""
    with tempfile.TemporaryDirectory(prefix="zpack-test-") as folder:
        os.chmod(folder, 0o777)
        with ordinary_user():
            root = Path(folder)
            (root / "tree").mkdir()
            for number in range(20):
                (root / "tree" / f"{number:02}").write_bytes(b"%d" % number * 1000)
            (root / "work").mkdir()
            yield root
            for path in root.rglob("*"):
                path.chmod(0o700)


def make(place: Path, control: Control) -> object:
    request = CreateRequest(
        str(place / "work" / "a.tar.zst"), (str(place / "tree"),), threads=1, overwrite=True
    )
    return create(request, control)


def test_a_source(place: Path) -> None:
    control = Control()
    last = place / "tree" / "19"
    control = Losing(last, 0, lambda: control.progress.phase == "creating")
    report = make(place, control)
    assert [problem.path for problem in report.problems] == [str(last)]
    assert report.exit_code is ExitCode.PARTIAL
    assert verified(place / "work" / "a.tar.zst").proof is Proof.PROVEN


@pytest.mark.parametrize("there", [True, False])
def test_the_folder_of_the_archive(place: Path, there: bool) -> None:
    if there:
        make(place, Control())
    work = place / "work"
    before = {path.name: path.read_bytes() for path in work.iterdir()}
    hidden: list[Path] = []

    def is_writing() -> bool:
        hidden[:] = work.glob(".*")
        return bool(hidden)

    with pytest.raises(ZpackError) as raised:
        make(place, Losing(work, 0o500, is_writing))
    assert "permission" in raised.value.details
    work.chmod(0o700)
    left = {path.name: path.read_bytes() for path in work.iterdir() if path not in hidden}
    assert left == before
    make(place, Control())
    assert os.listdir(work) == ["a.tar.zst"]


def test_the_destination(place: Path) -> None:
    make(place, Control())
    (place / "out").mkdir()
    folder = place / "out" / "tree"
    (folder / "sub").mkdir(parents=True)
    control = Losing(folder, 0o500, lambda: len(list(folder.glob("*"))) > 10)
    request = ExtractRequest(str(place / "work" / "a.tar.zst"), str(place / "out"), threads=1)
    report = extract(request, control)
    folder.chmod(0o700)
    named = {os.path.basename(problem.path) for problem in report.problems}
    came = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    came = {name: data for name, data in came.items() if not name.startswith(".")}
    assert named
    assert named | came.keys() == {f"{number:02}" for number in range(20)}
    assert all(data == b"%d" % int(name) * 1000 for name, data in came.items())
    assert report.exit_code is ExitCode.PARTIAL

"""Originals go only if they are in the archive as they are, and nothing else ever goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from tests.core.sockets import make_socket
from zpack.errors import ExitCode, RequestRefused
from zpack.jobs import Control
from zpack.operations import CreateRequest, ExtractRequest, Originals, create, extract

DELETE = Originals.DELETE


def codes(report) -> list[str]:
    return [problem.code for problem in report.problems]


class At(Control):
    """Does something when a phase begins."""

    def __init__(self, phase: str, act) -> None:
        super().__init__()
        self._phase, self._act = phase, act

    def check(self) -> None:
        if self.progress.phase == self._phase and self._act is not None:
            act, self._act = self._act, None
            act()
        super().check()


def run(tmp_path: Path, phase: str, act, *sources: Path, **options: object):
    names = tuple(str(source) for source in sources or (tmp_path / "tree",))
    request = CreateRequest(str(tmp_path / "made.tar.zst"), names, originals=DELETE, **options)  # type: ignore[arg-type]
    return create(request, At(phase, act))


def test_all_is_removed_and_all_is_in_the_archive(tree: Path, tmp_path: Path, make: Maker) -> None:
    before = snapshot(tree)
    report = make(tree, originals=DELETE)
    assert (report.problems, report.verified) == ((), True)
    assert report.removed == report.files + report.folders + report.links
    assert [path.name for path in tmp_path.iterdir()] == ["made.tar.zst"]
    extract(ExtractRequest(report.target, str(tmp_path / "out")), Control())
    assert snapshot(tmp_path / "out" / "tree") == before


def test_kept_without_being_asked(tree: Path, make: Maker) -> None:
    before = snapshot(tree)
    assert make(tree, verify=True).removed == 0
    assert snapshot(tree) == before


@pytest.mark.parametrize("phase", ["verifying", "removing"])
def test_what_changed_meanwhile_stays(tree: Path, tmp_path: Path, phase: str) -> None:
    def meddle() -> None:
        (tree / "b.bin").unlink()
        (tree / "b.bin").write_text("another file")
        with open(tree / "sub" / "ünï.txt", "a") as file:
            file.write("more")
        (tree / "sub" / "to a").unlink()
        (tree / "sub" / "to a").symlink_to("elsewhere")
        (tree / "sub" / "new").write_text("new")

    report = run(tmp_path, phase, meddle)
    left = {str(path.relative_to(tree)) for path in tree.rglob("*")}
    assert left == {"b.bin", "sub", "sub/ünï.txt", "sub/to a", "sub/new"}
    assert codes(report) == ["original-kept"] * 3  # that says it for their folders, too
    assert report.exit_code == ExitCode.PARTIAL


def test_a_changed_hard_link_stays_under_each_name(tree: Path, tmp_path: Path) -> None:
    run(tmp_path, "removing", lambda: (tree / "a.txt").write_text("changed"))
    left = {str(path.relative_to(tree)) for path in tree.rglob("*")}
    assert left == {"a.txt", "sub", "sub/same as a"}


def test_a_new_file_keeps_its_folder(tree: Path, tmp_path: Path) -> None:
    report = run(tmp_path, "removing", (tree / "empty" / "new").touch)
    assert {path.name for path in tree.rglob("*")} == {"empty", "new"}
    assert [problem.path for problem in report.problems] == [str(tree / "empty")]


def test_what_was_left_out_stays_without_a_word(tree: Path, make: Maker) -> None:
    report = make(tree, originals=DELETE, exclude=("*.txt",))
    left = {str(path.relative_to(tree)) for path in tree.rglob("*")}
    assert left == {"a.txt", "sub", "sub/ünï.txt"}
    assert report.problems == ()


def test_what_had_a_problem_stays(tree: Path, tmp_path: Path) -> None:
    make_socket(tree / "pipe")
    big = tree / "changing"
    big.write_bytes(os.urandom(20 << 20))

    def grow() -> None:
        with open(big, "ab") as file:
            file.write(b"more")

    class Grow(Control):
        def check(self) -> None:
            if self.progress.phase == "creating" and self.progress.bytes_out:
                grow()
            super().check()

    request = CreateRequest(str(tmp_path / "x.tar.zst"), (str(tree),), originals=DELETE)
    report = create(request, Grow())
    assert {path.name for path in tree.rglob("*")} == {"pipe", "changing"}
    assert sorted(codes(report)) == ["changed", "left-out", "original-kept"]


def test_a_folder_that_became_a_link_is_not_followed(tree: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"

    def meddle() -> None:
        (tree / "sub").rename(outside)
        (tree / "sub").symlink_to(outside)

    before = snapshot(tree / "sub")
    run(tmp_path, "removing", meddle)
    assert snapshot(outside) == before
    assert (tree / "sub").is_symlink()


def test_a_link_that_was_named_goes_itself(tree: Path, tmp_path: Path, make: Maker) -> None:
    (tmp_path / "link").symlink_to("tree")
    before = snapshot(tree)
    make(tmp_path / "link", originals=DELETE)
    assert not os.path.lexists(tmp_path / "link")
    assert snapshot(tree) == before


def test_several_sources_and_the_current_folder(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "here"):
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / "file").write_text(name)
    monkeypatch.chdir(tmp_path / "here")
    report = make(Path("."), tmp_path / "one", Path("../two/in/file"), originals=DELETE)
    monkeypatch.chdir(tmp_path)
    assert report.problems == ()
    assert sorted(os.listdir(tmp_path)) == ["made.tar.zst", "two"]
    assert os.listdir(tmp_path / "two" / "in") == []


def test_cancelled_while_it_removes_the_archive_stays_and_so_does_the_rest(
    tree: Path, tmp_path: Path
) -> None:
    control = At("removing", None)
    control._act = control.cancel
    request = CreateRequest(str(tmp_path / "x.tar.zst"), (str(tree),), originals=DELETE)
    before = snapshot(tree)
    report = create(request, control)
    assert codes(report) == ["original-kept"]
    assert os.path.getsize(report.target) == report.bytes_out
    assert snapshot(tree) == before


def test_followed_links_and_removing_do_not_go_together(tree: Path, make: Maker) -> None:
    with pytest.raises(RequestRefused) as caught:
        make(tree, originals=DELETE, dereference=True)
    assert [fault.code for fault in caught.value.faults] == ["contrary-wishes"]


# --- The trash: in a process of its own, because its place is looked up on import ---------------

_RUN = """
import sys
from zpack.jobs import Control
from zpack.operations import CreateRequest, Originals, create
excluded = tuple(sys.argv[3:])
request = CreateRequest(sys.argv[1], (sys.argv[2],), originals=Originals.TRASH, exclude=excluded)
report = create(request, Control())
print(report.removed, [problem.code for problem in report.problems])
"""


def trash(tmp_path: Path, tree: Path, *excluded: str) -> tuple[str, list[str]]:
    environment = dict(os.environ, XDG_DATA_HOME=str(tmp_path / "data"), HOME=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", _RUN, tmp_path / "x.tar.zst", tree, *excluded],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    there = tmp_path / "data" / "Trash" / "files"
    return done.stdout.strip(), sorted(os.listdir(there)) if there.exists() else []


def test_a_whole_folder_goes_to_the_trash_as_one(tree: Path, tmp_path: Path) -> None:
    before = snapshot(tree)
    said, in_trash = trash(tmp_path, tree)
    assert (said, in_trash) == ("12 []", ["tree"])
    assert snapshot(tmp_path / "data" / "Trash" / "files" / "tree") == before
    assert not tree.exists()


def test_only_what_is_in_the_archive_goes_to_the_trash(tree: Path, tmp_path: Path) -> None:
    said, in_trash = trash(tmp_path, tree, "program", "none")
    assert said == "6 ['original-kept']"  # the trash takes no broken link
    left = {str(path.relative_to(tree)) for path in tree.rglob("*")}
    assert left == {"none", "dangling", "sub", "sub/deep", "sub/deep/program"}
    assert in_trash == sorted(["a.txt", "b.bin", "empty", "same as a", "to a", "ünï.txt"])

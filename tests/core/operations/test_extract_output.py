"""Conflicts: every policy, asked and given."""

import contextlib
import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, member
from zpack.errors import ExitCode
from zpack.jobs import Answer, Cancelled, Choice, Conflict, Control, Question
from zpack.operations import ExtractReport, ExtractRequest, OnConflict, extract


class Answering(Control):
    """Answers by itself, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.asked: list[Conflict] = []
        self._given = answer

    def ask(self, question: Question) -> Answer:
        assert isinstance(question, Conflict)
        self.asked.append(question)
        return self._given


@pytest.fixture
def packed(tmp_path: Path, make: Maker) -> str:
    """Two files, new; in ``out`` two of the same names, the first older, the second newer."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out" / "in").mkdir(parents=True)
    for name, when in (("a.txt", 1000), ("b.txt", 3000)):
        (tmp_path / "in" / name).write_text("new")
        os.utime(tmp_path / "in" / name, (2000, 2000))
        (tmp_path / "out" / "in" / name).write_text("old!")
        os.utime(tmp_path / "out" / "in" / name, (when, when))
    return make(tmp_path / "in").target


def run(packed: str, tmp_path: Path, policy: OnConflict, control: Control) -> ExtractReport:
    return extract(ExtractRequest(packed, str(tmp_path / "out"), conflict=policy), control)


def contents(tmp_path: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((tmp_path / "out" / "in").iterdir())}


@pytest.mark.parametrize(
    ("policy", "expected", "skipped", "replaced"),
    [
        (OnConflict.SKIP, {"a.txt": "old!", "b.txt": "old!"}, 2, 0),
        (OnConflict.OVERWRITE, {"a.txt": "new", "b.txt": "new"}, 0, 2),
        (OnConflict.NEWER, {"a.txt": "new", "b.txt": "old!"}, 1, 1),
        (
            OnConflict.RENAME,
            {"a (2).txt": "new", "a.txt": "old!", "b (2).txt": "new", "b.txt": "old!"},
            0,
            0,
        ),
    ],
)
def test_policies(
    packed: str,
    tmp_path: Path,
    policy: OnConflict,
    expected: dict[str, str],
    skipped: int,
    replaced: int,
) -> None:
    report = run(packed, tmp_path, policy, Control())
    assert contents(tmp_path) == expected
    assert (report.skipped, len(report.replaced), report.problems) == (skipped, replaced, ())


def test_asking_shows_both_sides(packed: str, tmp_path: Path) -> None:
    control = Answering(Answer(Choice.OVERWRITE))
    run(packed, tmp_path, OnConflict.ASK, control)
    asked = sorted(control.asked, key=lambda conflict: conflict.path)
    assert [question.path for question in asked] == ["in/a.txt", "in/b.txt"]
    first = asked[0]
    assert (first.old_size, first.new_size) == (4, 3)
    assert (first.old_mtime, first.new_mtime) == (1000 * 10**9, 2000 * 10**9)
    assert contents(tmp_path) == {"a.txt": "new", "b.txt": "new"}


def test_a_folder_in_the_way_of_a_file_stays(packed: str, tmp_path: Path) -> None:
    target = tmp_path / "out" / "in" / "a.txt"
    target.unlink()
    (target / "precious").mkdir(parents=True)
    report = run(packed, tmp_path, OnConflict.OVERWRITE, Control())
    assert [problem.path for problem in report.problems] == ["in/a.txt"]
    assert (target / "precious").is_dir()
    assert (tmp_path / "out" / "in" / "b.txt").read_text() == "new"


def test_links_meet_conflicts_too(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_text("new")
    os.link(tmp_path / "in" / "file", tmp_path / "in" / "hard")
    os.symlink("file", tmp_path / "in" / "soft")
    packed = make(tmp_path / "in").target
    (tmp_path / "out" / "in").mkdir(parents=True)
    for name in ("hard", "soft"):
        (tmp_path / "out" / "in" / name).write_text("old!")
    run(packed, tmp_path, OnConflict.SKIP, Control())
    assert contents(tmp_path)["hard"] == contents(tmp_path)["soft"] == "old!"
    run(packed, tmp_path, OnConflict.OVERWRITE, Control())
    inside = tmp_path / "out" / "in"
    assert os.readlink(inside / "soft") == "file"
    assert (inside / "hard").samefile(inside / "file")


def test_every_name_of_a_file_that_exists_is_skipped(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("new")
    os.link(tmp_path / "in" / "a", tmp_path / "in" / "b")
    packed = make(tmp_path / "in").target
    run(packed, tmp_path, OnConflict.SKIP, Control())
    report = run(packed, tmp_path, OnConflict.SKIP, Control())
    assert (report.skipped, report.problems) == (2, ())


def test_what_is_half_written_has_a_hidden_name(tmp_path: Path, make: Maker) -> None:
    content = os.urandom(3 << 20)
    (tmp_path / "in").mkdir()
    (tmp_path / "out" / "in").mkdir(parents=True)
    for name in ("new", "replaced"):
        (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "out" / "in" / "replaced").write_text("old!")
    packed = make(tmp_path / "in").target
    seen = set()

    class Watch(Control):
        def check(self) -> None:
            with contextlib.suppress(FileNotFoundError):  # it has just got its own name
                for path in (tmp_path / "out" / "in").iterdir():
                    if path.stat().st_size not in (len(content), len("old!")):
                        seen.add(path.name.endswith(".zpack-part"))

    run(packed, tmp_path, OnConflict.OVERWRITE, Watch())
    assert seen == {True}
    for name in ("new", "replaced"):
        assert (tmp_path / "out" / "in" / name).read_bytes() == content


def test_what_a_killed_extraction_left_is_cleared(packed: str, tmp_path: Path) -> None:
    left = tmp_path / "out" / "in" / ".a.txt.0123abcd.zpack-part"
    left.write_text("half")
    run(packed, tmp_path, OnConflict.SKIP, Control())
    assert not left.exists()


def test_cancel_leaves_what_another_program_put_there(packed: str, tmp_path: Path) -> None:
    a = tmp_path / "out" / "in" / "a.txt"
    a.unlink()

    class Meddler(Control):
        def check(self) -> None:
            if a.exists():
                a.unlink()
                a.write_text("theirs, of another inode")
                self.cancel()
            super().check()

    with pytest.raises(Cancelled):
        run(packed, tmp_path, OnConflict.SKIP, Meddler())
    assert a.read_text() == "theirs, of another inode"


def test_what_nothing_vouches_for_replaces_nothing(tmp_path: Path) -> None:
    contents = {name: os.urandom(300_000) for name in "abc"}
    archive = foreign(
        tmp_path / "x.tar.zst", *((member(name), data) for name, data in contents.items())
    )
    with open(archive, "r+b") as file:
        file.seek(450_000)
        file.write(b"\0")  # content of b: only the frame's checksum tells
    out = tmp_path / "out"
    out.mkdir()
    (out / "b").write_bytes(contents["b"])
    report = run(archive, tmp_path, OnConflict.OVERWRITE, Control())
    assert (out / "b").read_bytes() == contents["b"]
    assert report.exit_code == ExitCode.DAMAGED
    assert {problem.path for problem in report.problems} >= {"a", "b", "c"}
    assert (out / "a").read_bytes() == contents["a"]  # there is no other, so it is better than none


def test_garbage_behind_an_archive_condemns_nothing(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "x.tar.zst", (member("a"), b"1"), (member("b"), b"2"))
    with open(archive, "ab") as file:
        file.write(b"garbage")
    report = run(archive, tmp_path, OnConflict.OVERWRITE, Control())
    assert report.files == 2
    assert [problem.code for problem in report.problems] == ["archive-damaged"]

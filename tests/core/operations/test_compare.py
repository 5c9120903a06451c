"""compare: what differs, is missing and is new; on disk nothing is followed out of the folder."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.operations.comparing import found, run
from tests.core.operations.conftest import fill, snapshot
from zpack.errors import ExitCode, RequestRefused
from zpack.jobs import Cancelled, Control, Outcome
from zpack.operations import Aspect, ExtractRequest, compare_content, compare_tree, extract


def test_what_it_was_made_of_is_the_same(either: str, tmp_path: Path) -> None:
    control = Control()
    report = run(either, tmp_path, control)
    assert (report.differences, report.problems, report.exit_code) == ((), (), ExitCode.DONE)
    assert report.same == 12
    assert report.bytes_read == control.progress.bytes_total > 10_000
    assert control.progress.outcomes.count(Outcome.DONE) == 12
    assert sum(lane.items_done for lane in control.progress.lanes) == control.progress.items_total


def test_what_was_extracted_is_the_same(either: str, tmp_path: Path) -> None:
    extract(ExtractRequest(either, str(tmp_path / "out")), Control())
    assert run(either, tmp_path / "out").differences == ()
    assert run(either, tmp_path / "out", search_top=True).differences == ()


def test_each_difference_is_named(either: str, tree: Path, tmp_path: Path) -> None:
    (tree / "b.bin").write_bytes(b"\1" + (tree / "b.bin").read_bytes()[1:])
    os.utime(tree / "b.bin", ns=(0, 1))
    (tree / "none").write_bytes(b"grown")
    os.chmod(tree / "sub" / "deep" / "program", 0o700)
    (tree / "dangling").unlink()
    (tree / "dangling").symlink_to("/elsewhere")
    (tree / "sub" / "ünï.txt").unlink()
    (tree / "sub" / "to a").unlink()
    (tree / "sub" / "to a").mkdir()
    (tree / "new").symlink_to("a.txt")
    options = {"ignore": (Aspect.MTIME, Aspect.OWNER)}
    report = run(either, tmp_path, **options)
    assert found(report) == {
        "tree/b.bin": "content",
        "tree/none": "size",
        "tree/dangling": "link",
        "tree/new": "new",
        "tree/sub/deep/program": "mode",
        "tree/sub/to a": "kind",
        "tree/sub/ünï.txt": "missing",
    }
    assert report.exit_code == ExitCode.PARTIAL
    assert found(run(either, tmp_path))["tree/b.bin"] == "content,mtime"
    assert [one.path for one in report.differences] == sorted(found(report))


def test_ignored_aspects(archive: str, tree: Path, tmp_path: Path) -> None:
    (tree / "b.bin").chmod(0o777)
    (tree / "b.bin").write_bytes(bytes(256 * 40))
    assert found(run(archive, tmp_path)) == {"tree/b.bin": "content,mode,mtime"}
    metadata = (Aspect.MODE, Aspect.MTIME, Aspect.OWNER)
    assert found(run(archive, tmp_path, ignore=metadata)) == {"tree/b.bin": "content"}
    assert found(run(archive, tmp_path, ignore=tuple(Aspect))) == {}


def test_members_only(either: str, tree: Path, tmp_path: Path) -> None:
    (tree / "a.txt").unlink()
    (tree / "new").write_text("new")
    (tree / "sub" / "deep" / "newer").write_text("new")
    report = run(either, tmp_path, members=("tree/sub/deep",), ignore=(Aspect.MTIME, Aspect.OWNER))
    assert (found(report), report.same) == ({"tree/sub/deep/newer": "new"}, 2)
    with pytest.raises(RequestRefused):
        run(either, tmp_path, members=("tree/gone",))


def test_the_top_is_searched_when_asked(archive: str, tmp_path: Path) -> None:
    assert run(archive, tmp_path).differences == ()
    assert found(run(archive, tmp_path, search_top=True)) == {"made.tar.zst": "new"}


def test_the_top_is_searched_if_the_archive_has_it(tree: Path, tmp_path: Path) -> None:
    target = tmp_path / "dot.tar.zst"
    subprocess.run(["tar", "--zstd", "--format=pax", "-cf", target, "-C", tree, "."], check=True)
    assert run(str(target), tree).differences == ()
    (tree / "new").write_text("")
    assert found(run(str(target), tree)) == {"": "mtime", "new": "new"}


def test_what_cannot_be_read_is_told(
    archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(real: Callable[[int, bytes], object], refused: bytes) -> Callable[..., object]:
        def call(folder: int, name: bytes) -> object:
            if name == refused:
                raise PermissionError(13, "no")
            return real(folder, name)

        return call

    monkeypatch.setattr(compare_content, "open_file", refuse(compare_content.open_file, b"b.bin"))
    monkeypatch.setattr(compare_tree, "look_at", refuse(compare_tree.look_at, b"deep"))
    control = Control()
    report = run(archive, tmp_path, control)
    assert {p.path for p in report.problems} == {"tree/b.bin", "tree/sub/deep"}
    assert {problem.code for problem in report.problems} == {"not-compared"}
    assert (report.differences, report.exit_code, report.same) == ((), ExitCode.PARTIAL, 9)
    assert control.progress.outcomes.count(Outcome.FAILED) == 3


def test_the_folder_must_be_one(archive: str, tree: Path, tmp_path: Path) -> None:
    for place, code in ((tmp_path / "gone", "source-missing"), (tree / "none", "not-a-folder")):
        with pytest.raises(RequestRefused) as refused:
            run(archive, place)
        assert refused.value.faults[0].code == code


def test_cancel(archive: str, tmp_path: Path) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        run(archive, tmp_path, control)


def test_nothing_is_changed(either: str, tree: Path, tmp_path: Path) -> None:
    before = snapshot(tree)
    run(either, tmp_path)
    assert snapshot(tree) == before


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a.txt": (lambda path: path.write_bytes(b"ALPHA\n" * 300), "content"),
    "b.bin": (lambda path: path.unlink(), "missing"),
    "none": (lambda path: path.write_bytes(b"1"), "size"),
    "empty": (lambda path: path.rmdir(), "missing"),
    "sub/deep/program": (lambda path: path.chmod(0o600), "mode"),
    "sub/ünï.txt": (lambda path: os.utime(path, ns=(5, 5)), "mtime"),
    "extra": (lambda path: path.write_bytes(b"1"), "new"),
}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chosen=st.sets(st.sampled_from(sorted(CHANGES))))
def test_just_what_was_changed_is_found(archive: str, tmp_path: Path, chosen: set[str]) -> None:
    work = tmp_path / "work"
    shutil.rmtree(work, ignore_errors=True)
    tree = fill(work / "tree")
    (tree / "sub" / "same as a").unlink()
    for path in chosen:
        CHANGES[path][0](tree / path)
    told = found(run(archive, work))
    for path in {*CHANGES} - chosen:
        assert f"tree/{path}" not in told
    for path in chosen:
        assert CHANGES[path][1] in told[f"tree/{path}"].split(",")
    assert told.pop("tree/sub/same as a") == "missing"

"""create: whole archives, and what stays behind when it goes wrong."""

import os
import shutil
import stat
import subprocess
import threading
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from zpack.errors import RequestRefused
from zpack.jobs import Cancelled, Control, Outcome, ProgressReader
from zpack.operations import (
    CreateRequest,
    ExtractRequest,
    Proof,
    VerifyRequest,
    create,
    extract,
    verify,
)


def test_round_trip_is_exact(tree: Path, archive: str, tmp_path: Path) -> None:
    report = extract(ExtractRequest(archive, str(tmp_path / "out")), Control())
    assert report.problems == ()
    assert snapshot(tmp_path / "out" / "tree") == snapshot(tree)


def test_counts_what_it_stored(tree: Path, make: Maker) -> None:
    report = make(tree)
    assert (report.files, report.folders, report.links) == (5, 4, 3)
    assert report.bytes_in == sum(p.stat().st_size for p in (tree / "a.txt", tree / "b.bin")) + sum(
        p.stat().st_size for p in (tree / "sub" / "ünï.txt", tree / "sub" / "deep" / "program")
    )
    assert report.bytes_out == os.path.getsize(report.target)
    assert not report.problems


@pytest.mark.parametrize("preset", ["fast", "balanced", "best"])
def test_every_preset_is_proven_and_readable_by_zstd(tree: Path, make: Maker, preset: str) -> None:
    target = make(tree, preset=preset).target
    assert verify(VerifyRequest(target), Control()).proof is Proof.PROVEN
    subprocess.run(["zstd", "-tq", target], check=True)


def test_threads_and_order_of_sources_change_no_byte(tmp_path: Path, make: Maker) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).write_bytes(os.urandom(3 << 20) + bytes(7 << 20))
    sources = [tmp_path / name for name in ("one", "two", "three")]
    made = set()
    for threads in (1, 2, 3, 8):
        for ordered in (sources, sources[::-1]):
            target = make(*ordered, threads=threads, overwrite=True).target
            made.add(Path(target).read_bytes())
    assert len(made) == 1


def test_without_owners_and_with_a_latest_time_copies_give_the_same_bytes(
    tree: Path, tmp_path: Path, make: Maker
) -> None:
    copy = tmp_path / "copy" / "tree"
    shutil.copytree(tree, copy, symlinks=True)
    os.unlink(copy / "sub" / "same as a")
    os.link(copy / "a.txt", copy / "sub" / "same as a")
    for path in (copy, *copy.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, 1234, 1234, follow_symlinks=False)
    rules = {"owners": False, "latest": 1_500_000_000}
    first = make(tree, target="1.tar.zst", **rules).target
    second = make(copy, target="2.tar.zst", **rules).target
    assert Path(first).read_bytes() == Path(second).read_bytes()
    listed = subprocess.run(
        ["tar", "--zstd", "--numeric-owner", "--full-time", "--utc", "-tvf", first],
        capture_output=True,
        check=True,
        text=True,
    )
    assert all(
        " 0/0 " in line and " 2017-07-14 02:40:00 " in line for line in listed.stdout.splitlines()
    )


def test_following_links(tree: Path, tmp_path: Path, make: Maker) -> None:
    os.unlink(tree / "dangling")
    (tmp_path / "far").write_text("far away")
    (tree / "to far").symlink_to(tmp_path / "far")
    report = make(tree, dereference=True)
    assert (report.problems, report.links) == ((), 2)  # all three are one file
    extract(ExtractRequest(report.target, str(tmp_path / "out")), Control())
    out = tmp_path / "out" / "tree"
    assert (out / "to far").read_text() == "far away"
    assert not (out / "to far").is_symlink()
    assert (out / "sub" / "to a").read_bytes() == (tree / "a.txt").read_bytes()


def test_following_a_link_into_the_folder_of_the_target(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").symlink_to(".")
    with pytest.raises(RequestRefused) as caught:
        make(tmp_path / "in", dereference=True)
    assert [fault.code for fault in caught.value.faults] == ["target-inside-source"]


def test_a_file_over_many_frames(tmp_path: Path, make: Maker) -> None:
    content = os.urandom(20 << 20)
    (tmp_path / "large").write_bytes(content)
    (tmp_path / "small").write_bytes(b"after it")
    target = make(tmp_path / "large", tmp_path / "small", preset="fast").target
    extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    assert (tmp_path / "out" / "large").read_bytes() == content
    assert (tmp_path / "out" / "small").read_bytes() == b"after it"


def test_each_file_gets_an_outcome_and_every_byte_is_counted(tree: Path, tmp_path: Path) -> None:
    control = Control()
    report = create(CreateRequest(str(tmp_path / "x.tar.zst"), (str(tree),)), control)
    sample = ProgressReader(control.progress).sample()
    assert sample.items_done == sample.items_total == report.files + report.links
    assert set(sample.outcomes) == {Outcome.DONE}
    assert sample.bytes_done == sample.bytes_total == report.bytes_in


def test_an_existing_target_stays_unless_it_may_be_replaced(tree: Path, make: Maker) -> None:
    target = Path(make(tree).target)
    target.write_bytes(b"precious")
    with pytest.raises(RequestRefused):
        make(tree)
    assert target.read_bytes() == b"precious"
    os.chmod(target, 0o640)
    make(tree, overwrite=True)
    assert verify(VerifyRequest(str(target)), Control()).proof is Proof.PROVEN
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_cancelled_while_it_runs_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(30):
        (tmp_path / "in" / f"{number}.bin").write_bytes(os.urandom(1 << 20))
    target = tmp_path / "x.tar.zst"
    target.write_bytes(b"precious")
    before = threading.active_count()
    control = _CancelAfter(20)
    request = CreateRequest(str(target), (str(tmp_path / "in"),), overwrite=True)
    with pytest.raises(Cancelled):
        create(request, control)
    assert target.read_bytes() == b"precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "x.tar.zst"]
    assert threading.active_count() == before


class _CancelAfter(Control):
    """Cancels itself at a certain checkpoint."""

    def __init__(self, checks: int) -> None:
        super().__init__()
        self._left = checks

    def check(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.cancel()
        super().check()


def test_a_source_that_is_named_twice_is_in_it_once(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("once")
    source = str(tmp_path / "folder")
    request = CreateRequest(str(tmp_path / "a.tar.zst"), (source, source, f"{source}/"))
    assert create(request, Control()).files == 1
    assert verify(VerifyRequest(request.target), Control()).proof is Proof.PROVEN

"""Contents to a stream, in order and proven."""

import io
import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, member
from tests.core.operations.test_limits import Asked
from zpack.errors import EntryDamaged, ExitCode, LimitReached, RequestRefused
from zpack.filesystem import SourceFile
from zpack.jobs import Cancelled, Choice, Control, ProgressReader
from zpack.native.tail import read_tail
from zpack.operations import Limits, PipeReport, PipeRequest, write_contents


def run(archive: str, *members: str, **options: object) -> tuple[bytes, PipeReport]:
    out = io.BytesIO()
    request = PipeRequest(archive, members, **options)  # type: ignore[arg-type]
    report = write_contents(request, out, Control())
    return out.getvalue(), report


def test_in_the_order_of_the_archive(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("b"), b"first "),
        (member("c/d"), b"second "),
        (member("a"), b"third"),
    )
    assert run(archive)[0] == b"first second third"
    assert run(archive, "a", "b")[0] == b"first third"
    assert run(archive, include=("c",))[0] == b"second "
    assert run(archive, exclude=("c",))[0] == b"first third"


def test_each_file_once_and_by_any_name(archive: str, tree: Path) -> None:
    alpha = (tree / "a.txt").read_bytes()
    for name in ("tree/a.txt", "tree/sub/same as a"):
        assert run(archive, name)[0] == alpha
    content, report = run(archive, "tree/a.txt", "tree/sub/same as a", "tree/sub/to a")
    assert content == alpha
    assert (report.files, report.bytes_out, report.exit_code) == (1, len(alpha), ExitCode.DONE)


def test_large_files_come_in_pieces(tmp_path: Path, make: Maker) -> None:
    data = os.urandom(20 << 20)
    (tmp_path / "big").write_bytes(data)
    archive = make(tmp_path / "big", preset="fast").target
    pieces: list[bytes] = []

    class Sink:
        def write(self, piece: bytes) -> None:
            pieces.append(piece)

    control = Control()
    write_contents(PipeRequest(archive), Sink(), control)
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= 1 << 20
    sample = ProgressReader(control.progress).sample()
    assert sample.bytes_done == sample.bytes_total == len(data)


def test_damage_ends_it(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}").write_bytes(os.urandom(5 << 20))
    archive = make(tmp_path / "in", preset="fast").target
    with SourceFile(archive) as source:
        frames = read_tail(source).frames
    with open(archive, "r+b") as file:
        file.seek(frames.offset[1] + frames.csize[1] // 2)
        file.write(os.urandom(100))
    out = io.BytesIO()
    with pytest.raises(EntryDamaged) as caught:
        write_contents(PipeRequest(archive), out, Control())
    assert caught.value.exit_code == ExitCode.DAMAGED
    first = (tmp_path / "in" / "0").read_bytes()
    assert out.getvalue()[: len(first)] == first


def test_refused_entries_and_patterns_are_told(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "x.tar.zst", (member("../a"), b"1"), (member("b"), b"2"))
    content, report = run(archive, include=("a", "b", "c"))
    assert content == b"2"
    assert {problem.code for problem in report.problems} == {"refused", "pattern-unmatched"}
    assert report.exit_code == ExitCode.PARTIAL
    with pytest.raises(RequestRefused):
        run(archive, "gone")
    with pytest.raises(RequestRefused):
        run(archive, include=("[a",))


def test_limits(archive: str) -> None:
    with pytest.raises(LimitReached):
        write_contents(
            PipeRequest(archive, limits=Limits(size=10)), io.BytesIO(), Asked(Choice.REFUSE)
        )


def test_cancel(archive: str) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        write_contents(PipeRequest(archive), io.BytesIO(), control)

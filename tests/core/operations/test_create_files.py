"""Sources that cannot be read, or change while they are."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.sockets import make_socket
from zpack.errors import ExitCode, RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    CreateRequest,
    ExtractRequest,
    ListRequest,
    Originals,
    Proof,
    VerifyRequest,
    create,
    extract,
    list_archive,
    verify,
)

LARGE = 20 << 20


class Meddler(Control):
    """Does something to the sources at a certain checkpoint."""

    def __init__(self, at: int, meddle: "object") -> None:
        super().__init__()
        self._left, self._meddle = at, meddle

    def check(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._meddle()  # type: ignore[operator]
        super().check()


def names(archive: str) -> set[bytes]:
    listing = list_archive(ListRequest(archive), Control()).listing
    return {path for _, path in listing.walk()}


def create_with(
    tmp_path: Path, meddle: "object", at: int = 2, originals: Originals = Originals.KEEP
) -> "tuple[str, list[str], ExitCode]":
    request = CreateRequest(
        str(tmp_path / "x.tar.zst"), (str(tmp_path / "in"),), preset="fast", originals=originals
    )
    report = create(request, Meddler(at, meddle))
    assert verify(VerifyRequest(report.target), Control()).proof is Proof.PROVEN
    return report.target, [problem.code for problem in report.problems], report.exit_code


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_bytes(b"a" * 100)
    (tmp_path / "in" / "b").write_bytes(b"b" * 100)
    return tmp_path / "in"


def test_a_file_that_vanished_is_left_out_and_named(tmp_path: Path, source: Path) -> None:
    target, problems, code = create_with(tmp_path, (source / "b").unlink)
    assert (problems, code) == (["unreadable"], ExitCode.PARTIAL)
    assert names(target) == {b"in", b"in/a"}


def test_its_other_names_are_not(tmp_path: Path, source: Path) -> None:
    os.link(source / "b", source / "c")

    def meddle() -> None:
        (source / "b").unlink()
        (source / "b").symlink_to("/etc/passwd")  # not followed

    target, problems, _ = create_with(tmp_path, meddle)
    assert problems == ["unreadable"]
    assert names(target) == {b"in", b"in/a", b"in/c"}


def test_a_file_that_shrank_is_stored_as_it_is_now(tmp_path: Path, source: Path) -> None:
    target, problems, _ = create_with(tmp_path, lambda: os.truncate(source / "b", 10))
    assert problems == []  # it was opened after that: nothing is missing
    extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    assert (tmp_path / "out" / "in" / "b").read_bytes() == b"b" * 10


def test_a_large_file_that_shrinks_while_it_is_read(tmp_path: Path, source: Path) -> None:
    (source / "b").write_bytes(os.urandom(LARGE))
    target, problems, code = create_with(tmp_path, lambda: os.truncate(source / "b", 9 << 20), at=9)
    assert (problems, code) == (["changed"], ExitCode.PARTIAL)
    extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    stored = (tmp_path / "out" / "in" / "b").read_bytes()
    assert len(stored) == LARGE
    assert stored[9 << 20 :] == bytes(LARGE - (9 << 20))


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, source: Path) -> None:
    (source / "b").write_bytes(os.urandom(LARGE))

    def grow() -> None:
        with open(source / "b", "ab") as file:
            file.write(b"more")

    target, problems, _ = create_with(tmp_path, grow, at=9)
    assert problems == ["changed"]
    extract(ExtractRequest(target, str(tmp_path / "out")), Control())
    assert (tmp_path / "out" / "in" / "b").stat().st_size == LARGE


def test_sockets_are_left_out_and_named(tmp_path: Path, source: Path, make: Maker) -> None:
    make_socket(source / "socket")
    report = make(source)
    assert [problem.code for problem in report.problems] == ["left-out"]
    assert report.problems[0].path == str(source / "socket")
    assert names(report.target) == {b"in", b"in/a", b"in/b"}


def test_files_that_hide_their_size(tmp_path: Path) -> None:
    report = create(CreateRequest(str(tmp_path / "x.tar.zst"), ("/proc/self/status",)), Control())
    assert [problem.code for problem in report.problems] == ["changed"]


def calls_for(tmp_path: Path, files: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    source = tmp_path / str(files)
    source.mkdir()
    for number in range(files):
        (source / str(number)).write_bytes(b"content")
    counts: Counter[str] = Counter()

    def counted(name: str) -> "Callable[..., object]":
        real = getattr(os, name)

        def call(*args: object, **kwargs: object) -> object:
            counts[name] += 1
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for name in ("open", "fstat", "listxattr", "readv", "lseek", "stat", "close"):
            patch.setattr(os, name, counted(name))
        create(CreateRequest(f"{source}.tar.zst", (str(source),), threads=1), Control())
    return counts


def test_a_small_file_takes_six_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls_for(tmp_path, 1, monkeypatch)  # what is done but once is done
    few, many = (calls_for(tmp_path, files, monkeypatch) for files in (10, 30))
    each = {name: count / 20 for name, count in (many - few).items()}
    assert each == {"open": 1, "fstat": 2, "listxattr": 1, "readv": 1, "close": 1}


def test_nothing_could_be_read(tmp_path: Path) -> None:
    make_socket(tmp_path / "pipe")
    with pytest.raises(RequestRefused) as caught:
        create(CreateRequest(str(tmp_path / "x.tar.zst"), (str(tmp_path / "pipe"),)), Control())
    assert [fault.code for fault in caught.value.faults] == ["nothing-readable"]
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]

"""Attacks by entries (numbers: classes of docs/security.md): nothing outside is touched, the rest
of the archive comes out, and the report names what was refused."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.operations.conftest import snapshot
from tests.core.operations.hostile import foreign, indexed, member
from zpack.errors import ExitCode
from zpack.jobs import Control
from zpack.operations import ExtractReport, ExtractRequest, OnConflict, extract

GOOD = (member("good"), b"good")
EVIL_NAMES = [
    "../evil",
    "./../evil",
    "a/../../evil",
    "../out/evil",
    "/evil",
    "//evil",
    "a/..",
    "..",
]


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """A destination inside a sentinel tree, which must be as before when the test ends."""
    outside = tmp_path / "outside"
    (outside / "out").mkdir(parents=True)
    (outside / "evil").write_text("sentinel")
    (outside / "folder").mkdir()
    before = _without_out(outside)
    yield outside / "out"
    assert _without_out(outside) == before


def _without_out(outside: Path) -> dict[str, tuple[object, ...]]:
    found = snapshot(outside)
    return {k: v for k, v in found.items() if k != "." and not f"{k}/".startswith("out/")}


def run(archive: str, out: Path) -> ExtractReport:
    request = ExtractRequest(archive, str(out), conflict=OnConflict.OVERWRITE)
    return extract(request, Control())


@pytest.mark.parametrize("name", EVIL_NAMES)
def test_class_1_paths_that_lead_out(tmp_path: Path, out: Path, name: str) -> None:
    report = run(foreign(tmp_path / "x.tar.zst", (member(name), b"evil"), GOOD), out)
    assert [problem.code for problem in report.problems] == ["refused"]
    assert report.exit_code == ExitCode.PARTIAL
    assert (out / "good").read_bytes() == b"good"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.LNKTYPE])
def test_class_1_for_every_kind(tmp_path: Path, out: Path, kind: bytes) -> None:
    archive = foreign(tmp_path / "x.tar.zst", GOOD, (member("../evil", kind, "good"), b""))
    report = run(archive, out)
    assert "refused" in [problem.code for problem in report.problems]
    assert [path.name for path in out.iterdir()] == ["good"]


def test_class_1_with_an_index(tmp_path: Path, out: Path) -> None:
    report = run(indexed(tmp_path / "x.tar.zst", b"..", b"good"), out)
    assert [problem.code for problem in report.problems] == ["refused"]
    assert [path.name for path in out.iterdir()] == ["good"]


@pytest.mark.parametrize("target", ["..", "../folder", "{outside}", "../evil"])
def test_class_2_a_link_and_then_a_file_through_it(tmp_path: Path, out: Path, target: str) -> None:
    link = target.format(outside=out.parent)
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("link", tarfile.SYMTYPE, link), b""),
        (member("link/evil"), b"evil"),
        (member("link"), b"evil"),
        GOOD,
    )
    run(archive, out)
    assert (out / "good").read_bytes() == b"good"


def test_class_3_a_link_that_was_there_before(tmp_path: Path, out: Path) -> None:
    os.symlink("../folder", out / "link")
    os.symlink("../evil", out / "direct")
    archive = foreign(
        tmp_path / "x.tar.zst", (member("link/evil"), b"evil"), (member("direct"), b"new"), GOOD
    )
    report = run(archive, out)
    assert {problem.path for problem in report.problems} == {"link", "link/evil"}
    assert os.readlink(out / "link") == "../folder"
    assert not (out / "direct").is_symlink()  # replaced, as asked; not written through


@pytest.mark.parametrize("target", ["../evil", "/etc/hostname", "gone", "link"])
def test_class_4_hard_links_to_outside(tmp_path: Path, out: Path, target: str) -> None:
    archive = foreign(tmp_path / "x.tar.zst", (member("link", tarfile.LNKTYPE, target), b""), GOOD)
    report = run(archive, out)
    assert [problem.path for problem in report.problems] == ["link"]
    assert [path.name for path in out.iterdir()] == ["good"]


def test_class_4_with_an_index(tmp_path: Path, out: Path) -> None:
    archive = indexed(tmp_path / "x.tar.zst", b"good", link=(b"link", b"../evil"))
    assert [problem.path for problem in run(archive, out).problems] == ["link"]


def test_class_5_modes_are_not_set_through_links(tmp_path: Path, out: Path) -> None:
    folder = member("link", tarfile.DIRTYPE, mode=0o777, mtime=1)
    archive = foreign(
        tmp_path / "x.tar.zst", (member("link", tarfile.SYMTYPE, "../folder"), b""), (folder, b"")
    )
    run(archive, out)  # the sentinel tree has modes and times


def test_class_7_devices_are_not_made(tmp_path: Path, out: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst",
        (member("fifo", tarfile.FIFOTYPE), b""),
        (member("null", tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        GOOD,
    )
    report = run(archive, out)
    assert [path.name for path in out.iterdir()] == ["good"]
    assert {problem.path for problem in report.problems} == {"fifo", "null"}


def test_class_8_duplicates_the_later_wins(tmp_path: Path, out: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst", (member("same"), b"early"), (member("same"), b"late"), GOOD
    )
    report = run(archive, out)
    assert (out / "same").read_bytes() == b"late"
    assert (report.superseded, report.skipped, report.problems) == (1, 0, ())


def test_class_8_a_file_and_a_folder_of_one_name(tmp_path: Path, out: Path) -> None:
    archive = foreign(tmp_path / "x.tar.zst", (member("a"), b"file"), (member("a/b"), b"in"), GOOD)
    report = run(archive, out)
    assert [problem.path for problem in report.problems] == ["a"]
    assert (out / "a" / "b").read_bytes() == b"in"


def test_class_15_and_16_names_are_only_names(tmp_path: Path, out: Path) -> None:
    names = ["-rf", "@file", "$(touch x)", "new\nline", "\x1b[31mred", "\u202egnp.exe", "<b>bold"]
    archive = foreign(tmp_path / "x.tar.zst", *((member(name), b"x") for name in names))
    assert run(archive, out).problems == ()
    assert {path.name for path in out.iterdir()} == set(names)


def test_class_18_files_are_private_until_they_are_whole(tmp_path: Path, out: Path) -> None:
    modes = []

    class Watch(Control):
        def check(self) -> None:
            for path in out.iterdir():
                if path.stat().st_size < len(content):
                    modes.append(path.stat().st_mode & 0o777)

    content = os.urandom(3 << 20)
    archive = foreign(tmp_path / "x.tar.zst", (member("secret", mode=0o666), content))
    extract(ExtractRequest(archive, str(out)), Watch())
    assert set(modes) == {0o600}
    assert (out / "secret").stat().st_mode & 0o777 == 0o666

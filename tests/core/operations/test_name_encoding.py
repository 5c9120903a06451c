"""Archives by others whose names are not UTF-8."""

import os
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from tests.core.operations.hostile import foreign, indexed, member
from tests.core.operations.test_extract_output import Answering
from zpack.errors import ExitCode, RequestRefused
from zpack.jobs import Answer, Choice, Control
from zpack.operations import (
    ExtractReport,
    ExtractRequest,
    ListRequest,
    OnConflict,
    PipeRequest,
    extract,
    list_archive,
    write_contents,
    write_tar,
)


def raw(text: str, encoding: str = "cp932") -> str:
    """A name as tarfile takes it, of the bytes of ``text`` in ``encoding``."""
    return os.fsdecode(text.encode(encoding))


def run(archive: str, out: Path, *members: str, **options: object) -> ExtractReport:
    request = ExtractRequest(archive, str(out), members, name_encoding="CP932", **options)  # type: ignore[arg-type]
    return extract(request, Control())


@pytest.fixture
def archive(tmp_path: Path) -> str:
    return foreign(
        tmp_path / "x.tar.zst",
        (member(raw("日本/表.txt")), b"table"),
        (member(raw("日本/リンク"), tarfile.SYMTYPE, raw("表.txt")), b""),
        (member(raw("別名"), tarfile.LNKTYPE, raw("日本/表.txt")), b""),
        (member("ünï"), b"utf-8"),
        (member(os.fsdecode(b"broken\x81")), b"bytes"),
    )


def found(root: Path) -> set[bytes]:
    top = os.fsencode(root)
    return {
        os.path.relpath(os.path.join(folder, name), top)
        for folder, folders, files in os.walk(top)
        for name in (*folders, *files)
    }


EXPECTED = {
    "日本".encode(),
    "日本/表.txt".encode(),
    "日本/リンク".encode(),
    "別名".encode(),
    "ünï".encode(),
    b"broken\x81",
}


def test_listed(archive: str) -> None:
    report = list_archive(ListRequest(archive, name_encoding="cp932"), Control())
    assert {path for _, path in report.listing.walk()} == EXPECTED


@pytest.mark.parametrize("there", [False, True])
def test_extracted(archive: str, tmp_path: Path, there: bool) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()
    report = run(archive, out)
    assert found(out) == EXPECTED
    assert os.readlink(out / "日本" / "リンク") == "表.txt"
    assert (out / "別名").samefile(out / "日本" / "表.txt")
    assert report.problems == ()


def test_members_and_patterns_go_by_the_new_names(archive: str, tmp_path: Path) -> None:
    run(archive, tmp_path / "member", "日本/表.txt")
    assert found(tmp_path / "member") == {"日本".encode(), "日本/表.txt".encode()}
    run(archive, tmp_path / "pattern", include=("別*",))
    assert found(tmp_path / "pattern") == {"別名".encode()}
    with pytest.raises(RequestRefused):
        run(archive, tmp_path / "raw", raw("日本/表.txt"))


def test_without_it_names_stay_bytes(archive: str, tmp_path: Path) -> None:
    extract(ExtractRequest(archive, str(tmp_path / "out")), Control())
    assert "日本".encode("cp932") in found(tmp_path / "out")


def test_our_own_archives_with_digests(tmp_path: Path, make: Maker) -> None:
    source = os.fsencode(tmp_path) + b"/in"
    os.mkdir(source)
    for number, name in enumerate(("あ", "い", "う")):
        with open(source + b"/" + name.encode("cp932"), "w") as file:
            file.write(str(number))
    report = run(make(tmp_path / "in").target, tmp_path / "out")
    assert (report.files, report.exit_code) == (3, ExitCode.DONE)
    assert (tmp_path / "out" / "in" / "い").read_text() == "1"


def test_names_that_become_the_same_are_a_conflict(tmp_path: Path) -> None:
    archive = foreign(
        tmp_path / "x.tar.zst", (member("あ"), b"first"), (member(raw("あ")), b"second")
    )
    control = Answering(Answer(Choice.SKIP))
    request = ExtractRequest(archive, str(tmp_path / "asked"), name_encoding="cp932")
    extract(request, control)
    assert [question.path for question in control.asked] == ["あ"]
    assert (tmp_path / "asked" / "あ").read_text() == "first"
    run(archive, tmp_path / "out", conflict=OnConflict.RENAME)
    contents = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
    assert contents == {"あ": "first", "あ (2)": "second"}


@pytest.mark.parametrize("make_archive", ["foreign", "indexed"])
def test_the_gate_sees_what_it_becomes(tmp_path: Path, make_archive: str) -> None:
    # In UTF-7 “+AC4ALg-” is “..”; only names that are not ASCII are decoded at all.
    names = [b"\xff\\x2e\\x2e", b"+AC4ALg-", b"\xff\\x2fx", b"ok"]
    path = tmp_path / "deep" / "x.tar.zst"
    path.parent.mkdir()
    if make_archive == "foreign":
        members = ((member(os.fsdecode(name)), b"evil\n") for name in names)
        archive = foreign(path, *members)
    else:
        archive = indexed(path, *names)
    before = found(tmp_path)
    for encoding in ("unicode_escape", "utf-7", "raw_unicode_escape"):
        out = tmp_path / "deep" / encoding
        request = ExtractRequest(archive, str(out), name_encoding=encoding)
        report = extract(request, Control())
        assert report.files + len(report.problems) == len(names)
        assert all(b".." not in name.split(b"/") for name in found(out))
    after = {name for name in found(tmp_path) if not name.startswith(b"deep/")}
    assert after == {name for name in before if not name.startswith(b"deep/")}


def test_unknown_encodings_are_refused(archive: str, tmp_path: Path) -> None:
    for verb, request in (
        (extract, ExtractRequest(archive, str(tmp_path / "out"), name_encoding="rot13")),
        (list_archive, ListRequest(archive, name_encoding="nonsense")),
    ):
        with pytest.raises(RequestRefused) as caught:
            verb(request, Control())  # type: ignore[operator]
        explanation = caught.value.explain()
        assert (explanation.code, explanation.exit_code) == ("unknown-encoding", ExitCode.USAGE)


def test_streams(archive: str, tmp_path: Path) -> None:
    with (tmp_path / "content").open("wb") as file:
        request = PipeRequest(archive, ("別名",), name_encoding="cp932")
        write_contents(request, file, Control())
    assert (tmp_path / "content").read_bytes() == b"table"
    with (tmp_path / "x.tar").open("wb") as file:
        write_tar(PipeRequest(archive, name_encoding="cp932"), file, Control())
    with tarfile.open(tmp_path / "x.tar") as tar:
        assert {os.fsencode(name) for name in tar.getnames()} == EXPECTED - {"日本".encode()}
        assert tar.getmember("別名").linkname == "日本/表.txt"

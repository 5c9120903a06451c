"""Entries of tars by every dialect and of every oddity, as they end up in an archive."""

import io
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zpack.entries import Kind, Listing
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    CreateFromTarRequest,
    CreateReport,
    CreateRequest,
    ExtractRequest,
    ListRequest,
    Proof,
    VerifyRequest,
    create_from_tar,
    extract,
    list_archive,
    verify,
)

Entry = tuple[str, bytes, object]


def make_tar(path: Path, entries: list[Entry], form: int = tarfile.PAX_FORMAT) -> Path:
    """``entries``: name, type, and content or link target."""
    with tarfile.open(path, "w", format=form) as tar:
        for name, kind, what in entries:
            member = tarfile.TarInfo(name)
            member.type, member.mtime = kind, 1_600_000_000
            if kind == tarfile.REGTYPE:
                member.size = len(what)  # type: ignore[arg-type]
                tar.addfile(member, io.BytesIO(what))  # type: ignore[arg-type]
            else:
                member.linkname = str(what)
                tar.addfile(member)
    return path


def take(path: Path, **options: object) -> tuple[CreateReport, Listing]:
    target = str(path.with_suffix(".tar.zst"))
    wishes = CreateRequest(target, (), overwrite=True, **options)  # type: ignore[arg-type]
    report = create_from_tar(CreateFromTarRequest(str(path), wishes), Control())
    verified = verify(VerifyRequest(target), Control())
    assert verified.proof is Proof.PROVEN, verified.problems
    return report, list_archive(ListRequest(target), Control()).listing


def listed(listing: Listing) -> list[tuple[bytes, Kind, bytes | None]]:
    return [(path, Kind(listing.kind[row]), listing.link(row)) for row, path in listing.walk()]


FILE, LINK, SYMLINK, FOLDER = (
    *(tarfile.REGTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE),
)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_folders_first_links_before_files_anything(tmp_path: Path, form: int) -> None:
    entries: list[Entry] = [
        ("./", FOLDER, ""),
        ("./a", FOLDER, ""),
        ("./a/to b", SYMLINK, "../b"),
        ("./b", FILE, b"content of b"),
        ("./a/deep/" + "n" * 90, FILE, b"x" * 5000),
        ("./a/also b", LINK, "./b"),
        ("/rooted", FILE, b""),
    ]
    report, listing = take(make_tar(tmp_path / "x.tar", entries, form))
    assert listed(listing) == [
        (b"a", Kind.DIRECTORY, None),
        (b"a/also b", Kind.HARD_LINK, b"b"),
        (b"a/deep", Kind.DIRECTORY, None),
        (b"a/deep/" + b"n" * 90, Kind.FILE, None),
        (b"a/to b", Kind.SYMLINK, b"../b"),
        (b"b", Kind.FILE, None),
        (b"rooted", Kind.FILE, None),
    ]
    assert (report.files, report.folders, report.links) == (3, 2, 2)
    assert (report.bytes_in, report.problems) == (5012, ())
    assert not listing.has_entry(listing.find(b"a/deep") or 0)


def test_of_one_path_the_last_counts(tmp_path: Path) -> None:
    entries: list[Entry] = [
        ("f", FILE, b"first"),
        ("f", FILE, b"second"),
        ("s", SYMLINK, "f"),
        ("s", FILE, b"a file now"),
        ("t", FILE, b"a link later"),
        ("t", SYMLINK, "f"),
    ]
    report, _ = take(make_tar(tmp_path / "x.tar", entries))
    extract(ExtractRequest(report.target, str(tmp_path / "out")), Control())
    out = tmp_path / "out"
    assert (out / "f").read_bytes() == b"second"
    assert (out / "s").read_bytes() == b"a file now"
    assert not (out / "s").is_symlink()
    assert os.readlink(out / "t") == "f"


def test_hard_links_by_way_of_others(tmp_path: Path) -> None:
    entries: list[Entry] = [
        ("l2", LINK, "l1"),
        ("l1", LINK, "f"),
        ("f", FILE, b"content"),
        ("s", SYMLINK, "f"),
        ("hard s", LINK, "s"),
        ("self", LINK, "self"),
        ("nothing", LINK, "gone"),
        ("x1", LINK, "x2"),
        ("x2", LINK, "x1"),
        ("folder", FOLDER, ""),
        ("of folder", LINK, "folder"),
    ]
    report, listing = take(make_tar(tmp_path / "x.tar", entries))
    assert listed(listing) == [
        (b"f", Kind.FILE, None),
        (b"folder", Kind.DIRECTORY, None),
        (b"hard s", Kind.SYMLINK, b"f"),
        (b"l1", Kind.HARD_LINK, b"f"),
        (b"l2", Kind.HARD_LINK, b"f"),
        (b"s", Kind.SYMLINK, b"f"),
    ]
    left_out = sorted(problem.path for problem in report.problems)
    assert left_out == ["nothing", "of folder", "self", "x1", "x2"]


@pytest.mark.parametrize("name", ["../x", "a/../../x", "a/" + "n" * 300])
def test_names_that_lead_out_are_left_out(tmp_path: Path, name: str) -> None:
    tar = make_tar(tmp_path / "x.tar", [(name, FILE, b"bad" * 1000), ("good", FILE, b"good")])
    report, listing = take(tar)
    assert [problem.code for problem in report.problems] == ["refused"]
    assert listed(listing) == [(b"good", Kind.FILE, None)]


def test_devices_and_fifos_are_kept(tmp_path: Path) -> None:
    entries: list[Entry] = [
        ("pipe", tarfile.FIFOTYPE, ""),
        ("null", tarfile.CHRTYPE, ""),
        ("also null", LINK, "null"),
    ]
    report, listing = take(make_tar(tmp_path / "x.tar", entries))
    device, fifo = Kind.CHARACTER_DEVICE, Kind.FIFO
    assert [kind for _, kind, _ in listed(listing)] == [device, device, fifo]
    assert report.problems == ()


def test_owners_and_times(tmp_path: Path) -> None:
    tar = make_tar(tmp_path / "x.tar", [("f", FILE, b"x")])
    _, listing = take(tar, owners=False, latest=1000)
    row = listing.find(b"f")
    assert row is not None
    assert (listing.mtime[row], listing.attributes(row).owner.uid) == (1000, 0)


def test_large_files_and_many(tmp_path: Path) -> None:
    noise = os.urandom(20 << 20)
    entries: list[Entry] = [("large", FILE, noise)]
    entries += [(f"d{number % 7}/{number}", FILE, b"%d" % number) for number in range(500)]
    report, _ = take(make_tar(tmp_path / "x.tar", entries))
    extract(ExtractRequest(report.target, str(tmp_path / "out")), Control())
    assert (tmp_path / "out" / "large").read_bytes() == noise
    for number in range(500):
        assert (tmp_path / "out" / f"d{number % 7}" / str(number)).read_text() == str(number)


_names = st.lists(st.sampled_from(["a", "b", "c", ".", ""]), min_size=1, max_size=3).map("/".join)
_contents = st.binary(max_size=3)
_entries = st.one_of(
    st.tuples(_names.map(lambda name: name.rstrip("/") or "a"), st.just(FILE), _contents),
    st.tuples(_names, st.sampled_from([LINK, SYMLINK]), _names),
    st.tuples(_names, st.sampled_from([FOLDER, tarfile.FIFOTYPE]), st.just("")),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_entries, min_size=1, max_size=12))
def test_whatever_comes_the_archive_is_proven(tmp_path: Path, entries: list[Entry]) -> None:
    try:
        report, listing = take(make_tar(tmp_path / "x.tar", entries))
    except RequestRefused:  # of nothing but the root there is no archive
        return
    assert len(listing) - 1 >= report.files + report.links

"""Tars by others: GNU tar, bsdtar and Python, in each of their formats."""

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.core.tar.tars import block, extended, read_all, read_header, reader_of, record
from zpack.entries import Kind
from zpack.tar import BLOCK, END, MARKER

LONG = "long/" * 18 + "name-" * 10 + "x" * 60
SHORT = "short.txt"
CONTENT = b"the content"
TIME = 1_600_000_000


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Path:
    """A tree whose times and modes are the same in each run."""
    root = tmp_path_factory.mktemp("sources")
    for name in (SHORT, LONG):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CONTENT)
        path.chmod(0o640)
    os.symlink("t" * 150, root / "link")
    os.symlink(SHORT, root / "short-link")
    (root / "empty folder").mkdir(mode=0o750)
    for folder, names, files in os.walk(root):
        for name in (*names, *files):
            os.utime(Path(folder, name), (TIME, TIME), follow_symlinks=False)
    os.link(root / SHORT, root / "second-name")
    return root


def run(*command: str, where: Path) -> bytes:
    return subprocess.run(command, cwd=where, capture_output=True, check=True).stdout


def by_path(data: bytes) -> dict[bytes, object]:
    return {read.header.path.removeprefix(b"./"): read for read in read_all(data)}


def check_tree(data: bytes, long_names: bool) -> None:
    found = by_path(data)
    names = [SHORT, LONG] if long_names else [SHORT]
    carriers = [name for name in (SHORT, "second-name") if found[name.encode()].content]
    assert len(carriers) == 1
    for name in [*carriers, *names[1:]]:
        read = found[name.encode()]
        assert read.content == CONTENT
        attributes = read.header.attributes
        assert (attributes.kind, attributes.mode) == (Kind.FILE, 0o640)
        assert (attributes.size, attributes.mtime) == (len(CONTENT), TIME)
    (second,) = {SHORT, "second-name"} - set(carriers)
    header = found[second.encode()].header
    assert header.attributes.kind == Kind.HARD_LINK
    assert header.link.removeprefix(b"./") == carriers[0].encode()
    assert found[b"short-link"].header.link == SHORT.encode()
    if long_names:
        assert found[b"link"].header.link == b"t" * 150
    folder = found[b"empty folder"].header.attributes
    assert (folder.kind, folder.mode) == (Kind.DIRECTORY, 0o750)


@pytest.mark.parametrize("form", ["oldgnu", "gnu", "pax", "posix"])
def test_gnu_tar(sources, form):
    check_tree(run("tar", f"--format={form}", "-cf", "-", ".", where=sources), long_names=True)


@pytest.mark.parametrize("form", ["v7", "ustar"])
def test_gnu_tar_where_names_are_short(sources, form):
    names = [SHORT, "second-name", "short-link", "empty folder"]
    data = run("tar", f"--format={form}", "-cf", "-", *names, where=sources)
    check_tree(data, long_names=False)


@pytest.mark.parametrize("form", ["gnutar", "pax"])
def test_bsdtar(sources, form):
    check_tree(run("bsdtar", f"--format={form}", "-cf", "-", ".", where=sources), long_names=True)


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_python(sources, form):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        archive.add(sources, ".")
    check_tree(made.getvalue(), long_names=True)


@pytest.mark.parametrize("form", ["ustar", "gnu"])
def test_bytes_that_are_no_text(tmp_path, form):
    name = os.fsdecode(b"J\xfcrgen \xff")
    (tmp_path / name).write_bytes(b"x")
    data = run("tar", f"--format={form}", "-cf", "-", "--", name, where=tmp_path)
    assert list(by_path(data)) == [os.fsencode(name)]


@pytest.mark.parametrize("form", ["gnu", "posix"])
def test_folder_listings_of_incremental_backups(sources, form, tmp_path):
    state = tmp_path / "state"
    data = run(
        "tar", f"--format={form}", f"--listed-incremental={state}", "-cf", "-", ".", where=sources
    )
    check_tree(data, long_names=True)


def test_large_numbers_of_gnu(tmp_path):
    (tmp_path / "f").touch()
    os.utime(tmp_path / "f", (-12_345, -12_345))
    data = run("tar", "--format=gnu", "--owner=big:3000000000", "-cf", "-", "f", where=tmp_path)
    header = read_header(data[:BLOCK])
    assert header.attributes.mtime == -12_345
    assert header.attributes.owner.uid == 3_000_000_000
    assert header.attributes.owner.user == b"big"


def test_a_label_is_no_entry(sources):
    for command in (["tar", "--format=gnu"], ["tar", "--format=posix"]):
        data = run(*command, "--label=backup", "-cf", "-", SHORT, where=sources)
        assert list(by_path(data)) == [SHORT.encode()]


def test_globals_hold_until_the_next_ones():
    entries = extended(record(b"mtime", b"7"), b"g") + block(name=b"one")
    entries += extended(record(b"mtime", b"9")) + block(name=b"two") + block(name=b"three")
    times = [read.header.attributes.mtime for read in read_all(entries + END)]
    assert times == [7, 9, 7]


def test_the_marker():
    reader, _ = reader_of(MARKER + END)
    assert not reader.marked
    assert reader.next() is None
    assert reader.marked
    assert not reader.has_globals


def test_the_prefix_is_only_that_of_posix():
    assert read_header(block(prefix=b"folder")).path == b"folder/n"
    assert read_header(block(prefix=b"folder", magic=b"ustar  \0")).path == b"n"
    assert read_header(block(prefix=b"folder", magic=bytes(8))).path == b"n"


def test_a_folder_of_v7():
    header = read_header(block(name=b"folder/", type=b"\0", magic=bytes(8)))
    assert (header.path, header.attributes.kind) == (b"folder", Kind.DIRECTORY)


def test_a_tar_without_end():
    assert [read.header.path for read in read_all(block())] == [b"n"]

"""Writing into a folder without ever following a link out of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from zpack.entries import ROOT, Attributes, Kind, Listing, TreeBuilder
from zpack.filesystem import Folders, make_folder, make_symlink, open_new_file


def listing_of(*paths: bytes) -> Listing:
    tree = TreeBuilder()
    for number, path in enumerate(paths):
        tree.add(path, Attributes(Kind.DIRECTORY), None, 0, number)
    return tree.build()


@pytest.fixture
def root(tmp_path) -> Iterator[int]:
    (tmp_path / "root").mkdir()
    fd = os.open(tmp_path / "root", os.O_RDONLY | os.O_DIRECTORY)
    yield fd
    os.close(fd)


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def make_all(folders: Folders, listing: Listing) -> None:
    for row in range(1, len(listing)):
        assert make_folder(folders.get(listing.parent[row]), listing.name(row))


def check_all(folders: Folders, listing: Listing, path: Path, rows) -> None:
    for row in rows:
        found = os.fstat(folders.get(row))
        expected = os.stat(path / os.fsdecode(listing.path(row)))
        assert (found.st_dev, found.st_ino) == (expected.st_dev, expected.st_ino)


@pytest.mark.parametrize(
    "paths",
    [
        [b"/".join([b"d"] * 250)],
        [b"w%03d" % number for number in range(250)],
        [b"w%02d/" % number + b"/".join([b"d"] * 60) for number in range(4)],
    ],
    ids=["deep", "wide", "both"],
)
def test_many_folders_through_few_descriptors(root, tmp_path, paths):
    listing = listing_of(*paths)
    before = open_files()
    folders = Folders(root, listing)
    make_all(folders, listing)
    rows = range(len(listing))
    for order in (rows, reversed(rows), [*rows][::7], [len(listing) - 1, 1, len(listing) - 1]):
        check_all(folders, listing, tmp_path / "root", order)
        assert open_files() <= before + 96
    folders.close()
    assert open_files() == before


def test_the_root_stays_open(root, tmp_path):
    listing = listing_of(b"a")
    folders = Folders(root, listing)
    assert folders.get(ROOT) == root
    make_all(folders, listing)
    folders.close()
    assert os.listdir(root) == ["a"]


@pytest.mark.parametrize("at", [b"a", b"a/b", b"a/b/c"])
def test_a_link_in_the_way_is_not_followed(root, tmp_path, at):
    listing = listing_of(b"a/b/c")
    outside = tmp_path / "outside"
    (outside / "b" / "c").mkdir(parents=True)
    place = tmp_path / "root" / os.fsdecode(at)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.symlink(outside, place)
    folders = Folders(root, listing)
    with pytest.raises(OSError, match=r"."):
        folders.get(listing.find(b"a/b/c"))
    folders.close()


def test_a_link_that_comes_later_is_not_followed(root, tmp_path):
    listing = listing_of(b"a/b")
    folders = Folders(root, listing)
    make_all(folders, listing)
    folders.close()
    os.rename(tmp_path / "root" / "a", tmp_path / "moved")
    os.symlink(tmp_path / "moved", tmp_path / "root" / "a")
    with pytest.raises(OSError, match=r"."):
        folders.get(listing.find(b"a/b"))
    folders.close()


def test_a_file_in_the_way(root, tmp_path):
    (tmp_path / "root" / "a").touch()
    with pytest.raises(NotADirectoryError):
        make_folder(root, b"a")
    with pytest.raises(FileExistsError):
        open_new_file(root, b"a")


@pytest.mark.parametrize("target", ["outside", "nowhere"])
def test_a_final_name_that_is_a_link(root, tmp_path, target):
    (tmp_path / "outside").mkdir()
    os.symlink(tmp_path / target, tmp_path / "root" / "name")
    with pytest.raises(OSError, match=r"."):
        make_folder(root, b"name")
    with pytest.raises(FileExistsError):
        open_new_file(root, b"name")
    with pytest.raises(FileExistsError):
        make_symlink(root, b"name", b"target", Attributes(Kind.SYMLINK))
    assert os.listdir(tmp_path / "outside") == []
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", [b"inside/x", b"../x", b"/tmp/x/y", b"..", b".", b""])
def test_a_name_is_one_component(root, tmp_path, name):
    # A link on the way to it would be followed.
    (tmp_path / "outside").mkdir()
    os.symlink(tmp_path / "outside", tmp_path / "root" / "inside")
    with pytest.raises(OSError, match=r"."):
        os.close(open_new_file(root, name))
    with pytest.raises(OSError, match=r"."):
        make_symlink(root, name, b"target", Attributes(Kind.SYMLINK))
    assert os.listdir(tmp_path / "outside") == []
    assert not (tmp_path / "x").exists()


def test_new_things_are_private(root, tmp_path):
    os.close(open_new_file(root, b"file"))
    assert make_folder(root, b"folder")
    assert not make_folder(root, b"folder")
    assert os.stat("file", dir_fd=root).st_mode & 0o7777 == 0o600
    assert os.stat("folder", dir_fd=root).st_mode & 0o7777 == 0o700


@pytest.mark.parametrize("when", [(0, 0), (-2, 500_000_000), (4_000_000_000, 123_456_789)])
def test_links_have_their_own_times(root, when):
    make_symlink(root, b"link", b"\xff target", Attributes(Kind.SYMLINK, 0o777, 0, *when))
    link = os.lstat(f"/proc/self/fd/{root}/link")
    assert os.readlink(b"link", dir_fd=root) == b"\xff target"
    assert divmod(link.st_mtime_ns, 10**9) == when


@pytest.mark.parametrize("mtime", [1 << 63, -(1 << 63) - 1, 1 << 80])
def test_a_time_that_no_system_has_is_not_worth_losing_a_link(root, mtime):
    make_symlink(root, b"link", b"target", Attributes(Kind.SYMLINK, 0o777, 0, mtime))
    assert os.readlink(b"link", dir_fd=root) == b"target"

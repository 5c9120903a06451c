"""mkdir in an archive."""

import os
import tarfile
from pathlib import Path

import pytest

from tests.core.operations.edits import check_proven, listed_by_tar
from tests.core.operations.hostile import foreign, member
from zpack.errors import BadName, NameTaken, NoFolder, RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    DeleteRequest,
    EditReport,
    ListRequest,
    MakeFolderRequest,
    delete,
    list_archive,
    make_folder,
)


def mkdir(archive: str, *paths: str) -> EditReport:
    return make_folder(MakeFolderRequest(archive, paths, latest=9), Control())


def test_with_those_on_the_way(archive: str) -> None:
    report = mkdir(archive, "tree/x/y", "tree/x/z", "new")
    assert (report.added, report.folders) == (4, 8)
    check_proven(archive)
    listing = list_archive(ListRequest(archive), Control()).listing
    attributes = listing.attributes(listing.find(b"tree/x/y"))
    assert (attributes.mtime, attributes.owner.uid) == (9, os.geteuid())
    assert {"tree/x/", "tree/x/y/", "tree/x/z/", "new/"} <= set(listed_by_tar(archive))


def test_one_that_is_only_implied_gets_an_entry(tmp_path: Path) -> None:
    archive = foreign(tmp_path / "a.tar.zst", (member("a/b/file"), b"x"))
    report = mkdir(archive, "a/b")
    assert report.converted
    check_proven(archive)
    assert listed_by_tar(archive) == ["a/b/file", "a/b/"]
    delete(DeleteRequest(archive, ("a/b/file",)), Control())
    assert listed_by_tar(archive) == ["a/b/"]
    delete(DeleteRequest(archive, ("a/b",)), Control())
    assert len(list_archive(ListRequest(archive), Control()).listing) == 1


def test_refused(archive: str) -> None:
    before = Path(archive).read_bytes()
    with pytest.raises(RequestRefused) as caught:
        mkdir(archive, "tree", "tree/a.txt/x", "..")
    assert [type(fault) for fault in caught.value.faults] == [NameTaken, NoFolder, BadName]
    assert Path(archive).read_bytes() == before


def test_a_folder_does_not_hide_what_is_below(tmp_path: Path) -> None:
    members = ((member("a/1"), b"1"), (member("a/s", tarfile.SYMTYPE, "../x"), b""))
    archive = foreign(tmp_path / "a.tar.zst", *members)
    mkdir(archive, "b")
    check_proven(archive)
    assert listed_by_tar(archive) == ["a/1", "a/s", "b/"]

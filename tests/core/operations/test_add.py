"""add: what comes where, what is replaced, what is refused."""

import os
from pathlib import Path

import pytest

from tests.core.operations.edits import by_tar, check_proven, listed_by_tar
from zpack.errors import (
    BadName,
    EverythingExcluded,
    FolderInTheWay,
    MemberMissing,
    MoreInTheWay,
    NameTaken,
    NoFolder,
    RequestRefused,
    SourceMissing,
    TargetInsideSource,
    UnknownPreset,
)
from zpack.jobs import Control, Outcome, ProgressReader
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    EditReport,
    ListRequest,
    add,
    delete,
    list_archive,
)


def put(archive: str, *sources: Path | str, **options: object) -> EditReport:
    request = AddRequest(archive, tuple(map(str, sources)), **options)  # type: ignore[arg-type]
    return add(request, Control())


def refused(archive: str, *sources: Path | str, **options: object) -> list[type]:
    before = Path(archive).read_bytes()
    with pytest.raises(RequestRefused) as caught:
        put(archive, *sources, **options)
    assert Path(archive).read_bytes() == before
    return [type(fault) for fault in caught.value.faults]


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.txt"
    path.write_text("new content")
    return path


def test_a_file_at_the_top(archive: str, new: Path, tmp_path: Path) -> None:
    report = put(archive, new)
    assert (report.added, report.files, report.links, report.bytes_in) == (1, 6, 3, 11)
    assert report.bytes_out == os.path.getsize(archive)
    check_proven(archive)
    assert by_tar(Path(archive), tmp_path / "out").nodes[b"new.txt"].content == b"new content"


def test_into_a_folder_that_is_made(archive: str, new: Path) -> None:
    report = put(archive, new, folder="/".join(["tree", "x", "y"]))
    assert report.added == 3
    assert {"tree/x/", "tree/x/y/", "tree/x/y/new.txt"} <= set(listed_by_tar(archive))
    check_proven(archive)


def test_folders_merge_and_keep_their_own_attributes(
    archive: str, tree: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "tree"
    (other / "sub").mkdir(parents=True)
    (other / "sub" / "more").write_text("more")
    os.chmod(other, 0o700)
    report = put(archive, other)
    assert (report.added, report.replaced) == (1, 0)
    listing = list_archive(ListRequest(archive), Control()).listing
    assert listing.mode[listing.find(b"tree")] == tree.stat().st_mode & 0o7777
    assert listing.find(b"tree/sub/more") is not None
    check_proven(archive)


def test_replace_takes_files_and_attributes_of_folders(
    archive: str, tree: Path, tmp_path: Path
) -> None:
    (tree / "b.bin").unlink()
    (tree / "b.bin").write_text("other")
    os.chmod(tree, 0o711)
    assert NameTaken in refused(archive, tree)
    report = put(archive, tree, replace=True)
    assert (report.added, report.replaced, report.removed) == (8, 8, 0)
    listing = list_archive(ListRequest(archive), Control()).listing
    assert listing.mode[listing.find(b"tree")] == 0o711
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[b"tree/b.bin"].content == b"other"
    assert found[b"tree/a.txt"].inode == found[b"tree/sub/same as a"].inode


def test_a_replaced_carrier_leaves_its_content_to_its_other_name(
    archive: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("not alpha")
    put(archive, tmp_path / "a.txt", folder="tree", replace=True)
    check_proven(archive)
    found = by_tar(Path(archive), tmp_path / "out").nodes
    assert found[b"tree/a.txt"].content == b"not alpha"
    assert found[b"tree/sub/same as a"].content == b"alpha\n" * 300


def test_kinds_do_not_replace_each_other(archive: str, tmp_path: Path) -> None:
    (tmp_path / "sub").write_text("a file")
    (tmp_path / "a.txt").mkdir()
    faults = refused(archive, tmp_path / "sub", tmp_path / "a.txt", folder="tree", replace=True)
    assert set(faults) == {FolderInTheWay, NoFolder}
    assert refused(archive, tmp_path / "sub", folder="tree/a.txt") == [NoFolder]


def test_all_faults_together(archive: str, tmp_path: Path) -> None:
    faults = refused(archive, tmp_path / "gone", folder="../x", preset="worst")
    assert faults == [UnknownPreset, SourceMissing, BadName]
    assert refused(archive, tmp_path) == [TargetInsideSource]


def test_very_many_clashes_are_counted(make, tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for number in range(50):
        (tmp_path / "many" / str(number)).touch()
    archive = make(tmp_path / "many").target
    faults = refused(archive, tmp_path / "many")
    assert faults == [NameTaken] * 20 + [MoreInTheWay]


def test_excluded(archive: str, tree: Path, new: Path) -> None:
    assert refused(archive, new, exclude=("*.txt",)) == [EverythingExcluded]
    os.rename(tree, tree.with_name("tree2"))
    put(archive, tree.with_name("tree2"), exclude=("sub",), latest=5, owners=False)
    listing = list_archive(ListRequest(archive), Control()).listing
    row = listing.find(b"tree2/a.txt")
    assert listing.find(b"tree2/sub") is None
    assert (listing.mtime[row], listing.attributes(row).owner.uid) == (5, 0)


def test_an_unreadable_file_is_told_and_the_rest_is_added(
    archive: str, tmp_path: Path, monkeypatch
) -> None:
    for name in ("fine", "secret"):
        (tmp_path / name).write_text(name)
    os.link(tmp_path / "secret", tmp_path / "secret too")
    deny(monkeypatch, b"secret")
    report = put(archive, *(tmp_path / name for name in ("fine", "secret", "secret too")))
    assert (report.exit_code, report.added) == (3, 1)
    assert len(report.problems) == 2
    check_proven(archive)
    assert "secret" not in "".join(listed_by_tar(archive))


def test_an_unreadable_file_replaces_nothing(archive: str, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a.txt").write_text("secret")
    deny(monkeypatch, b"a.txt")
    before = Path(archive).read_bytes()
    with pytest.raises(Exception, match="should replace another could not be read"):
        put(archive, tmp_path / "a.txt", folder="tree", replace=True)
    assert Path(archive).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def deny(monkeypatch: pytest.MonkeyPatch, name: bytes) -> None:
    """As if there was no right to open that file."""
    opened = os.open

    def refuse(path, *arguments, **options):
        if os.path.basename(os.fsencode(path)) == name and not options:
            raise PermissionError(13, "no")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)


def test_every_new_file_has_an_outcome_and_every_byte_is_counted(archive: str, tree: Path) -> None:
    os.rename(tree, tree.with_name("again"))
    control = Control()
    add(AddRequest(archive, (str(tree.with_name("again")),)), control)
    sample = ProgressReader(control.progress).sample()
    assert sample.items_done == sample.items_total == 8
    assert set(sample.outcomes) == {Outcome.DONE}
    assert sample.bytes_done == sample.bytes_total > 0


def test_adding_one_by_one_does_not_leave_a_frame_for_each(archive: str, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(str(number))
        put(archive, tmp_path / f"{number}.txt")
    listing = list_archive(ListRequest(archive), Control()).listing
    files = [row for row in range(len(listing)) if not listing.kind[row]]
    assert {listing.frame[row] for row in files} == {0}


def test_to_an_archive_that_was_emptied(archive: str, new: Path) -> None:
    delete(DeleteRequest(archive, ("tree",)), Control())
    put(archive, new)
    assert listed_by_tar(archive) == ["new.txt"]
    with pytest.raises(RequestRefused) as caught:
        delete(DeleteRequest(archive, ("tree", "tree")), Control())
    assert [type(fault) for fault in caught.value.faults] == [MemberMissing]

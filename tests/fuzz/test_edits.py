"""Broken archives, changed: only errors that explain themselves come out, nothing changes with
them, and no change makes something proven that is not what was put in."""

import os
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.operations.edits import model_of
from tests.fuzz.examples import examples
from tests.fuzz.mutations import EDITS, LIES, edited, lying, other_tar, without_index
from zpack.errors import ZpackError
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    EditReport,
    ExtractRequest,
    ListRequest,
    MakeFolderRequest,
    Proof,
    RenameRequest,
    VerifyRequest,
    add,
    delete,
    extract,
    list_archive,
    make_folder,
    rename,
    verify,
)

GOLDEN = Path(__file__).parents[1] / "golden"
_NAMES = ("hello.tar.zst", "mixed.tar.zst", "mixed.tar.lz4")
OURS = {name: (GOLDEN / f"proven-{name}").read_bytes() for name in _NAMES}
OTHERS = [path.read_bytes() for path in sorted(GOLDEN.glob("checked-*.tar.zst"))]
CHANGES = st.tuples(st.sampled_from(["add", "delete", "rename", "mkdir"]), st.integers(0, 1 << 20))


class Workshop:
    """An archive in a folder, to be changed."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.archive = self.folder / "a.tar.zst"

    def proof(self) -> Proof | None:
        try:
            return verify(VerifyRequest(str(self.archive), threads=1), Control()).proof
        except ZpackError:
            return None

    def paths(self) -> list[bytes]:
        try:
            listing = list_archive(ListRequest(str(self.archive)), Control()).listing
            return [listing.path(row) for row in range(1, len(listing))]
        except (ZpackError, ValueError, IndexError):
            return []

    def change(self, what: str, number: int) -> EditReport | None:
        """Do it to one of the entries; None if that was refused."""
        paths = self.paths() or [b"x"]
        member, name = os.fsdecode(paths[number % len(paths)]), str(self.archive)
        source = self.folder / "new"
        source.write_bytes(b"new")
        run = {
            "add": partial(add, AddRequest(name, (str(source),), threads=1)),
            "delete": partial(delete, DeleteRequest(name, (member,), threads=1)),
            "rename": partial(rename, RenameRequest(name, member, "new place", threads=1)),
            "mkdir": partial(make_folder, MakeFolderRequest(name, ("new",), threads=1)),
        }[what]
        before = self.archive.read_bytes()
        try:
            return run(Control())
        except ZpackError:
            assert self.archive.read_bytes() == before
            return None

    def contents(self) -> set[bytes]:
        """Of all files, extracted."""
        out = tempfile.mkdtemp(dir=self.folder)
        extract(ExtractRequest(str(self.archive), out, threads=1), Control())
        return {node.content for node in model_of(Path(out)).nodes.values() if node.content}


def change(data: bytes, what: tuple[str, int], whole: bytes | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = Workshop(folder)
        shop.archive.write_bytes(data)
        before = shop.proof()
        report = shop.change(*what)
        if report is None:
            return
        after = shop.proof()
        if report.converted or before is Proof.PROVEN:
            assert after is Proof.PROVEN
        if after is Proof.PROVEN and whole is not None and not report.converted:
            found = shop.contents()
            shop.archive.write_bytes(whole)
            assert found <= shop.contents() | {b"new"}


@examples(150)
@given(st.sampled_from(sorted(OURS)), EDITS, CHANGES)
def test_accidents(name, edits, what):
    change(edited(OURS[name], edits), what, OURS[name])


@examples(200)
@given(st.sampled_from(sorted(OURS)), LIES, CHANGES)
def test_lies_in_the_index(name, lies, what):
    change(lying(OURS[name], lies), what, OURS[name])


@examples(150)
@given(st.sampled_from(sorted(OURS)), EDITS, CHANGES)
def test_another_tar_than_the_index_says(name, edits, what):
    change(other_tar(OURS[name], edits), what, OURS[name])


@examples(100)
@given(st.sampled_from(OTHERS), EDITS, CHANGES)
def test_archives_by_others(data, edits, what):
    change(edited(data, edits), what, None)
    change(data, what, None)


@examples(100)
@given(st.sampled_from(sorted(OURS)), EDITS, CHANGES)
def test_bad_tars(name, edits, what):
    change(without_index(OURS[name], edits), what, None)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@examples(4000)
@given(st.sampled_from(sorted(OURS)), EDITS, LIES, CHANGES)
def test_much_of_everything(name, edits, lies, what):
    change(edited(OURS[name], edits), what, OURS[name])
    change(lying(OURS[name], lies), what, OURS[name])
    change(other_tar(OURS[name], edits), what, OURS[name])
    change(without_index(OURS[name], edits), what, None)

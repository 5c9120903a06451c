"""Series of edits of any kind, against a model; what an edit costs, and how it ends."""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.operations.edits import (
    FRAME,
    WITH_TINY,
    Model,
    Node,
    by_tar,
    check_order,
    check_proven,
)
from tests.fuzz.examples import examples
from zpack.errors import RequestRefused
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    CreateRequest,
    DeleteRequest,
    MakeFolderRequest,
    RenameRequest,
    add,
    create,
    delete,
    make_folder,
    presets,
    rename,
)

NAMES = [b"a", b"b.txt", b"c", b"\xff", "ü".encode(), b"n" * 120]
SIZES = [0, 1, 600, 5000, FRAME - 2048, FRAME, 3 * FRAME + 7]


@pytest.fixture(autouse=True, scope="module")
def tiny_frames():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presets, "PRESETS", WITH_TINY)
        yield


names = st.sampled_from(NAMES)
paths = st.lists(names, min_size=1, max_size=3).map(b"/".join)


@st.composite
def trees(draw) -> dict[bytes, Node]:
    """A few files, links and folders, each with its folders."""
    model = Model()
    for number, path in enumerate(draw(st.lists(paths, min_size=1, max_size=5))):
        above = path.rpartition(b"/")[0]
        if path in model.nodes or not _can_hold(model, above):
            continue
        model.make_folders(above)
        model.nodes[path] = draw(_nodes(model, number))
    return model.nodes


def _can_hold(model: Model, folder: bytes) -> bool:
    parts = folder.split(b"/")
    above = [b"/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    return all(model.nodes.get(each, Node()).is_folder for each in above)


@st.composite
def _nodes(draw, model: Model, number: int) -> Node:
    files = [node for node in model.nodes.values() if node.content is not None]
    kind = draw(st.sampled_from(["file", "file", "file", "link", "symlink", "folder"]))
    if kind == "link" and files:
        return draw(st.sampled_from(files))
    if kind == "symlink":
        return Node(target=draw(st.sampled_from([b"a", b"../b.txt", b"/nowhere"])))
    if kind == "folder":
        return Node()
    size = draw(st.sampled_from(SIZES))
    noise = random.Random(number).randbytes(size - size // 2)  # no secret
    return Node(bytes([number + 65]) * (size // 2) + noise, number)


def on_disk(nodes: dict[bytes, Node], folder: Path) -> list[str]:
    """The tree below a folder; the paths at its top."""
    folder.mkdir()
    inodes: dict[int, bytes] = {}
    for path in sorted(nodes):
        node, place = nodes[path], os.fsencode(folder) + b"/" + path
        if node.is_folder:
            os.makedirs(place, exist_ok=True)
        elif node.target is not None:
            os.symlink(node.target, place)
        elif node.inode in inodes:
            os.link(inodes[node.inode], place)
        else:
            with open(place, "wb") as file:
                file.write(node.content)
            inodes[node.inode] = place
    return [os.fsdecode(os.path.join(os.fsencode(folder), each)) for each in _tops(nodes)]


def _tops(nodes: dict[bytes, Node]) -> list[bytes]:
    return sorted({path.split(b"/")[0] for path in nodes})


class Series:
    """An archive and its model, edited together."""

    def __init__(self, folder: Path, nodes: dict[bytes, Node]) -> None:
        self.folder = folder
        self.archive = folder / "x.tar.zst"
        self.inodes = 0
        sources = tuple(on_disk(nodes, folder / "first"))
        create(CreateRequest(str(self.archive), sources, "tiny", threads=2), Control())
        self.model = Model(self.own(nodes))

    def own(self, nodes: dict[bytes, Node]) -> dict[bytes, Node]:
        """With inodes that no other tree has."""
        self.inodes += 100
        return {
            path: Node(node.content, self.inodes + node.inode, node.target)
            for path, node in nodes.items()
        }

    def add(self, nodes: dict[bytes, Node], folder: bytes, replace: bool, number: int) -> None:
        sources = tuple(on_disk(nodes, self.folder / f"add{number}"))
        request = AddRequest(
            str(self.archive), sources, os.fsdecode(folder), replace, "tiny", threads=2
        )
        prefix = folder + b"/" if folder else b""
        there = self.model.nodes
        fits = _can_hold(self.model, folder) if folder else True
        for path, node in nodes.items():
            old = there.get(prefix + path)
            if old is not None:
                both = old.is_folder and node.is_folder
                files = not old.is_folder and not node.is_folder
                fits &= both or (files and replace)
        self.expect(fits, lambda: add(request, Control()))
        if fits:
            self.model.add(self.own(nodes), folder)

    def expect(self, fits: bool, run) -> None:
        before = self.archive.read_bytes()
        if fits:
            run()
            return
        with pytest.raises(RequestRefused):
            run()
        assert self.archive.read_bytes() == before

    def delete(self, path: bytes) -> None:
        request = DeleteRequest(str(self.archive), (os.fsdecode(path),), "tiny")
        fits = path in self.model.nodes
        self.expect(fits, lambda: delete(request, Control()))
        if fits:
            self.model.delete(path)

    def rename(self, path: bytes, new: bytes) -> None:
        request = RenameRequest(str(self.archive), os.fsdecode(path), os.fsdecode(new), "tiny")
        above = new.rpartition(b"/")[0]
        fits = path in self.model.nodes and new not in self.model.nodes
        fits = fits and _can_hold(self.model, above) and not new.startswith(path + b"/")
        self.expect(fits, lambda: rename(request, Control()))
        if fits:
            self.model.rename(path, new)

    def mkdir(self, path: bytes) -> None:
        request = MakeFolderRequest(str(self.archive), (os.fsdecode(path),), "tiny")
        fits = path not in self.model.nodes and _can_hold(self.model, path)
        self.expect(fits, lambda: make_folder(request, Control()))
        if fits:
            self.model.make_folders(path)

    def check(self, number: int) -> None:
        check_proven(self.archive)
        check_order(self.archive)
        found = by_tar(self.archive, self.folder / f"tar{number}")
        assert found.shape() == self.model.shape()


@examples(40)
@given(st.data())
def test_any_series_of_edits(data):
    root = Path(tempfile.mkdtemp(prefix="zpack-edit-"))
    try:
        series = Series(root, data.draw(trees(), "first"))
        for number in range(data.draw(st.integers(1, 5), "edits")):
            there = st.sampled_from(sorted(series.model.nodes) or [b"a"])
            match data.draw(st.sampled_from(["add", "delete", "rename", "mkdir"])):
                case "add":
                    folder = data.draw(st.one_of(st.just(b""), there, paths))
                    series.add(data.draw(trees()), folder, data.draw(st.booleans()), number)
                case "delete":
                    series.delete(data.draw(st.one_of(there, paths)))
                case "rename":
                    series.rename(data.draw(there), data.draw(st.one_of(paths, there)))
                case "mkdir":
                    series.mkdir(data.draw(paths))
            series.check(number)
    finally:
        shutil.rmtree(root)

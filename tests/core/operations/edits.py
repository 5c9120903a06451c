"""Archives with small frames, and a model of what edits should make of them."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from zpack.entries import Kind
from zpack.jobs import Control
from zpack.operations import ListRequest, Proof, VerifyRequest, list_archive, verify
from zpack.operations.presets import PRESETS, Preset

FRAME = 16 << 10
TINY = Preset("tiny", "Tiny", "For tests", 1, False, FRAME, True)
WITH_TINY = (*PRESETS, TINY)


@dataclass(frozen=True)
class Node:
    """A file (``content``; names of one file share ``inode``), a symbolic link (``target``) or,
    with neither, a folder."""

    content: bytes | None = None
    inode: int = 0
    target: bytes | None = None

    @property
    def is_folder(self) -> bool:
        return self.content is None and self.target is None


@dataclass
class Model:
    """Paths, without the top."""

    nodes: dict[bytes, Node] = field(default_factory=dict)

    def under(self, path: bytes) -> list[bytes]:
        """A path and all below it."""
        return [each for each in self.nodes if each == path or each.startswith(path + b"/")]

    def delete(self, path: bytes) -> None:
        for each in self.under(path):
            del self.nodes[each]

    def rename(self, path: bytes, new: bytes) -> None:
        moved = {new + each[len(path) :]: self.nodes.pop(each) for each in self.under(path)}
        self.make_folders(new.rpartition(b"/")[0])
        self.nodes |= moved

    def make_folders(self, path: bytes) -> None:
        parts = path.split(b"/") if path else []
        for end in range(1, len(parts) + 1):
            self.nodes.setdefault(b"/".join(parts[:end]), Node())

    def add(self, nodes: dict[bytes, Node], folder: bytes) -> None:
        self.make_folders(folder)
        prefix = folder + b"/" if folder else b""
        self.nodes |= {prefix + path: node for path, node in nodes.items()}

    def shape(self) -> dict[bytes, object]:
        """To compare: contents by path, and the names of one file together."""
        groups: dict[int, bytes] = {}
        shape: dict[bytes, object] = {}
        for path in sorted(self.nodes):
            node = self.nodes[path]
            same = b"" if node.content is None else groups.setdefault(node.inode, path)
            shape[path] = (node.content, node.target, same)
        return shape


def model_of(root: Path) -> Model:
    """What is below a folder of the disk, the folder itself left out."""
    model, top = Model(), os.fsencode(root)
    for folder, folders, files in os.walk(top):
        for name in [*folders, *files]:
            path = os.path.join(folder, name)
            model.nodes[os.path.relpath(path, top)] = _node(path)
    return model


def _node(path: bytes) -> Node:
    if os.path.islink(path):
        return Node(target=os.readlink(path))
    if os.path.isdir(path):
        return Node()
    with open(path, "rb") as file:
        return Node(file.read(), os.stat(path).st_ino)


def by_tar(archive: Path, folder: Path) -> Model:
    """What GNU tar makes of it."""
    folder.mkdir()
    command = ["tar", "--zstd", "--warning=none", "-xf", archive, "-C", folder]
    subprocess.run(command, check=True)
    return model_of(folder)


def check_proven(archive: Path | str) -> None:
    report = verify(VerifyRequest(str(archive), threads=1), Control())
    assert (report.proof, report.problems) == (Proof.PROVEN, ())


_RANKS = {Kind.FILE: 0, Kind.HARD_LINK: 1, Kind.SYMLINK: 2, Kind.DIRECTORY: 4}


def check_order(archive: Path | str) -> None:
    """Kinds follow one another as docs/format.md says, and folders deepest first."""
    listing = list_archive(ListRequest(str(archive)), Control()).listing
    order = listing.tar_order()
    ranks = [_RANKS.get(Kind(listing.kind[row]), 3) for row in order]
    assert ranks == sorted(ranks)
    folders = [row for row in order if listing.kind[row] == Kind.DIRECTORY]
    assert folders == sorted(folders, reverse=True)
    in_frames = {listing.frame[row] for row in folders}
    assert not in_frames & {listing.frame[row] for row in order if row not in set(folders)}
    for row in order:
        target = listing.hard_link_target(row)
        if listing.kind[row] == Kind.HARD_LINK:
            assert target is not None
            assert listing.link(row) == listing.path(target)


def listed_by_tar(archive: Path | str) -> list[str]:
    found = subprocess.run(["tar", "--zstd", "-tf", archive], check=True, capture_output=True)
    return found.stdout.decode().splitlines()

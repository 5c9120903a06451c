"""Everything that can be done with an archive, where whatever escapes is noticed."""

import contextlib
import io
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from zpack.entries import ListingError
from zpack.errors import ZpackError
from zpack.jobs import Control
from zpack.operations import (
    Algorithm,
    Depth,
    ExtractRequest,
    InfoRequest,
    ListRequest,
    ManifestRequest,
    OnConflict,
    Proof,
    VerifyReport,
    VerifyRequest,
    extract,
    info,
    list_archive,
    verify,
    write_manifest,
)

NAMES = ("a.txt", "folder", "none", "hello.txt", "d", "to a", "a", "n")
Tree = dict[str, object]


def snapshot(root: Path) -> Tree:
    """All that is below a folder: kinds, modes, contents, targets."""
    found: Tree = {}
    for path in sorted(root.rglob("*")):
        mode = path.lstat().st_mode
        content: object = None
        if path.is_symlink():
            content = os.readlink(path)
        elif path.is_file():
            content = path.read_bytes()
        found[str(path.relative_to(root))] = (mode, content)
    return found


def check_findings(report: VerifyReport, size: int) -> None:
    """What a report says of places makes sense, whatever the archive says."""
    assert report.good <= report.files
    assert report.good_frames + len(report.damaged_frames) <= report.frames
    for frame in report.damaged_frames:
        assert 0 <= frame.offset <= frame.offset + frame.size <= size
        assert len(frame.paths) <= frame.entries
    for entry in report.entries:
        for stretch in entry.stretches:
            assert 0 <= stretch.start <= stretch.end <= entry.size
            assert 0 <= stretch.first_frame <= stretch.last_frame < report.frames
            assert 0 <= stretch.offset <= stretch.offset + stretch.size <= size


class Sandbox:
    """A folder with an archive, a destination, and things beside it that must stay as they are."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.archive = root / "archive.tar.zst"
        self.outside = root / "outside"
        (self.outside / "sub").mkdir(parents=True)
        (self.outside / "secret").write_bytes(b"secret")
        self._before = snapshot(self.outside)

    def put(self, data: bytes) -> None:
        self.archive.write_bytes(data)

    def proof(self, depth: Depth = Depth.FULL) -> Proof | None:
        """What verifying says; None if it says that there is nothing to verify."""

        def run() -> Proof:
            report = verify(VerifyRequest(str(self.archive), 1, depth=depth), Control())
            check_findings(report, self.archive.stat().st_size)
            return report.proof

        return self._try(run)

    def manifest(self) -> None:
        """Digests of what is good."""
        for algorithm in (Algorithm.SHA256, Algorithm.XXH128):
            request = ManifestRequest(str(self.archive), algorithm, 1)
            self._try(partial(write_manifest, request, io.BytesIO(), Control()))

    def look(self) -> None:
        """List it, walk through all of it, and ask for its facts."""

        def walk() -> None:
            listing = list_archive(ListRequest(str(self.archive)), Control()).listing
            rows = 0
            with contextlib.suppress(ListingError, IndexError):  # as a listing says it does
                for _ in listing.walk():
                    rows += 1
                    assert rows < len(listing)

        self._try(walk)
        self._try(lambda: info(InfoRequest(str(self.archive)), Control()))

    def extract(self, conflict: OnConflict, *, traps: bool) -> Tree:
        """Extract it; with ``traps`` among links that lead outside. What is there then."""
        destination = self.root / "destination"
        destination.mkdir()
        if traps:
            for name in NAMES[::2]:
                os.symlink(self.outside, destination / name)
            for name in NAMES[1::2]:
                os.symlink(self.outside / "secret", destination / name)
        request = ExtractRequest(str(self.archive), str(destination), conflict=conflict, threads=1)
        self._try(lambda: extract(request, Control()))
        try:
            assert snapshot(self.outside) == self._before
            expected = {"archive.tar.zst", "destination", "outside"}
            assert {path.name for path in self.root.iterdir()} == expected
            return snapshot(destination)
        finally:
            for folder in destination.rglob("*"):
                if folder.is_dir() and not folder.is_symlink():
                    folder.chmod(0o700)
            shutil.rmtree(destination)

    @staticmethod
    def _try(operation: Callable[[], object]) -> object:
        """Only errors that explain themselves may come out."""
        try:
            return operation()
        except ZpackError:
            return None

"""What is archived, and where: a copy of real files, on a memory disk if there is room."""

import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEMORY_DISK = Path("/dev/shm")
ROOM = 4 << 30  # the corpus, archives of it, and one extraction


@dataclass(frozen=True, slots=True)
class Corpus:
    """The folder ``path`` lies in the workspace. ``sample``: one file of it, relative to there."""

    path: Path
    origins: tuple[str, ...]
    files: int
    folders: int
    size: int
    sample: str

    def describe(self) -> str:
        """In one line."""
        megabytes = self.size / 1e6
        return f"{self.files:,} files in {self.folders:,} folders, {megabytes:,.0f} MB"

    def facts(self) -> dict[str, object]:
        """For the results."""
        return {
            "origins": list(self.origins),
            "files": self.files,
            "folders": self.folders,
            "bytes": self.size,
            "sample": self.sample,
        }


@contextmanager
def open_workspace(place: Path | None) -> Iterator[Path]:
    """A new folder, which is gone in the end."""
    folder = Path(tempfile.mkdtemp(prefix="zpack-bench-", dir=place or _roomiest()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _roomiest() -> Path:
    if MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK):
        if shutil.disk_usage(MEMORY_DISK).free >= ROOM:
            return MEMORY_DISK
        print(f"{MEMORY_DISK} has less than {ROOM >> 30} GB of room.")
    print("No memory disk: the file system's speed is measured, too.")
    return Path(tempfile.gettempdir())


def build_corpus(workspace: Path, folder: Path | None) -> Corpus:
    """Copy ``folder``, or the libraries of this Python: sources, documents, and binaries."""
    root = workspace / "corpus"
    root.mkdir()
    origins = _origins(folder)
    for name, origin in origins.items():
        subprocess.run(["cp", "-a", origin, root / name], check=True)
    files, folders = _contents(root)
    return Corpus(
        path=root,
        origins=tuple(origins),
        files=len(files),
        folders=len(folders),
        size=sum(path.lstat().st_size for path in files),
        sample=str(files[len(files) // 2].relative_to(workspace)),
    )


def _origins(folder: Path | None) -> dict[str, Path]:
    if folder is not None:
        return {folder.resolve().name: folder}
    paths = sysconfig.get_paths()
    return {"library": Path(paths["stdlib"]), "packages": Path(paths["purelib"])}


def _contents(root: Path) -> tuple[list[Path], list[Path]]:
    """Files (and links) and folders, sorted."""
    files, folders = [], []
    for place, names_of_folders, names_of_files in os.walk(root):
        files += [Path(place, name) for name in names_of_files]
        folders += [Path(place, name) for name in names_of_folders]
    return sorted(path for path in files if not path.is_symlink()), sorted(folders)

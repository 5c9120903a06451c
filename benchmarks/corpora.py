"""What is archived: files that a Debian machine has, or that are made from a seed.

The same machine gives the same corpora; other machines give others of the same kinds, so the
results say what they were measured on.
"""

import os
import sysconfig
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gathering import Share, copy_shares, join_files
from benchmarks.media import make_media

MB = 1_000_000
_SHARE, _LIB = Path("/usr/share"), Path("/usr/lib")
_LIBRARIES = (Share(_LIB / "x86_64-linux-gnu"), Share(_LIB / "aarch64-linux-gnu"))
_LIBRARY_SUFFIXES = (".so", ".a")
_SOURCES = (".py", ".pyi", ".c", ".h", ".hpp", ".js", ".ts", ".pm", ".rst", ".txt", ".toml", ".qml")
_SMALL = 1 * MB


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of the workspace. ``kinds``: bytes of the largest kinds of files. ``sample``: a
    file in the middle, relative to the folder's parent."""

    name: str
    path: Path
    files: int
    folders: int
    size: int
    kinds: tuple[tuple[str, int], ...]
    sample: str

    def describe(self) -> str:
        """In one line."""
        kinds = ", ".join(f"{kind} {size / MB:,.0f} MB" for kind, size in self.kinds)
        count = f"{self.files:,} files in {self.folders:,} folders"
        return f"{self.name}: {count}, {self.size / MB:,.0f} MB ({kinds})"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a corpus is made: ``make(folder, factor)``, with limits of ``factor`` times as many
    files and bytes."""

    name: str
    make: Callable[[Path, float], None]

    def build(self, workspace: Path, factor: float) -> Corpus:
        """A folder of that name in ``workspace``."""
        path = workspace / self.name
        self.make(path, factor)
        return describe_corpus(self.name, path)


def _make_small(target: Path, factor: float) -> None:
    """25,000 small files of many kinds."""
    shares = (
        Share(Path("/usr/include"), 7900, largest=_SMALL),
        Share(_LIB / "python3", 2800, largest=_SMALL),
        Share(Path(sysconfig.get_path("stdlib")), 2000, largest=_SMALL),
        Share(_SHARE / "doc", 4200, largest=_SMALL),
        Share(_SHARE / "locale", 3300, largest=_SMALL),
        Share(_SHARE / "man", 4000, largest=_SMALL),
        Share(_SHARE / "perl", 1500, largest=_SMALL),
        Share(_SHARE / "vim", 1000, largest=_SMALL),
        Share(_SHARE / "icons", 1000, largest=_SMALL),
    )
    copy_shares((share.scaled(factor) for share in shares), target)


def _make_source(target: Path, factor: float) -> None:
    """About 100 MB of sources: programs, headers, and what documents them."""
    shares = (
        Share(Path(sysconfig.get_path("stdlib")), bytes=30 * MB, suffixes=_SOURCES),
        Share(Path(sysconfig.get_path("purelib")), bytes=40 * MB, suffixes=_SOURCES),
        Share(Path("/usr/include"), bytes=40 * MB),
        Share(_SHARE / "perl", bytes=10 * MB, suffixes=_SOURCES),
    )
    copy_shares((share.scaled(factor) for share in shares), target)


def _make_binary(target: Path, factor: float) -> None:
    """One file of 400 MB: libraries and programs, one after the other."""
    target.mkdir()
    join_files((*_LIBRARIES, Share(Path("/usr/bin"))), target / "image.bin", int(400 * MB * factor))


def _make_media(target: Path, factor: float) -> None:
    """200 MB that are compressed already."""
    make_media(target, int(200 * MB * factor))


def _make_mixed(target: Path, factor: float) -> None:
    """1 GB, from headers of a few lines to libraries of 100 MB."""
    shares = (
        Share(Path("/usr/include"), bytes=80 * MB),
        Share(_LIB / "python3", bytes=50 * MB),
        Share(_SHARE / "doc", bytes=100 * MB),
        Share(_SHARE / "locale", bytes=100 * MB),
        Share(_SHARE / "perl", bytes=30 * MB),
        *(Share(share.root, bytes=450 * MB) for share in _LIBRARIES),
        Share(Path("/usr/bin"), bytes=150 * MB),
    )
    copy_shares((share.scaled(factor) for share in shares), target)
    make_media(target / "media", int(50 * MB * factor))


SMALL = Recipe("small", _make_small)
SOURCE = Recipe("source", _make_source)
BINARY = Recipe("binary", _make_binary)
MEDIA = Recipe("media", _make_media)
MIXED = Recipe("mixed", _make_mixed)


def describe_corpus(name: str, path: Path) -> Corpus:
    """What is in the folder ``path``."""
    files, folders = _contents(path)
    kinds: Counter[str] = Counter()
    for file in files:
        kinds[_kind(file.name)] += file.stat().st_size
    return Corpus(
        name=name,
        path=path,
        files=len(files),
        folders=folders,
        size=sum(kinds.values()),
        kinds=tuple(kinds.most_common(6)),
        sample=str(files[len(files) // 2].relative_to(path.parent)),
    )


def _kind(name: str) -> str:
    """The extension; that of a library even if its version follows."""
    if ".so." in name:
        return ".so"
    return Path(name).suffix or "(none)"


def _contents(root: Path) -> tuple[list[Path], int]:
    """Files, sorted, and how many folders."""
    files, folders = [], 0
    for place, inside, names in os.walk(root):
        files += [Path(place, name) for name in names]
        folders += len(inside)
    return sorted(path for path in files if not path.is_symlink()), folders

"""Other archivers, and zpack: how each makes an archive, and gets back what it can of a damaged one
with the means that it brings itself."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import SEVEN_ZIP, TAR_ZSTD, ZIP, ZSTD, Peer

PERCENT = 5  # of recovery records, and of what par2 makes
PAR2 = Peer("par2", ("par2",), ("par2", "--version"))
UNZIP = Peer("unzip", ("unzip",), ("unzip", "-v"))
_TIME = 300


@dataclass(frozen=True, slots=True)
class Contestant:
    """``pack(tree, folder)`` makes an archive of a folder, in files that are returned in the order
    in which they would lie on a disk. ``recover(files, out)`` puts what comes back into folders in
    ``out``: what is whole in any of them counts. ``peers``: the programs that it needs."""

    name: str
    peers: tuple[Peer, ...]
    pack: Callable[[Path, Path], list[Path]]
    recover: Callable[[list[Path], Path], None]

    @property
    def is_here(self) -> bool:
        """Whether all of its programs are installed."""
        return all(peer.is_here for peer in self.peers)


def run(*command: str | Path, folder: Path | None = None, answer: str = "") -> int:
    """A program whose failures are part of the contest. What takes too long has failed."""
    try:
        done = subprocess.run(
            command, cwd=folder, input=answer.encode(), capture_output=True, check=False,
            timeout=_TIME,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1
    return done.returncode


def _zpack(*arguments: str | Path) -> int:
    return run(sys.executable, "-m", "zpack", *arguments)


def _pack_with_zpack(*options: str) -> Callable[[Path, Path], list[Path]]:
    def pack(tree: Path, folder: Path) -> list[Path]:
        _zpack("create", folder / "a.tar.zst", tree, *options)
        return [folder / "a.tar.zst"]

    return pack


def _recover_with_zpack(files: list[Path], out: Path) -> None:
    fixed = out / "fixed.tar.zst"
    _zpack("repair", files[0], "-o", fixed)
    _zpack("extract", fixed if fixed.exists() else files[0], "-C", out / "all")


def _pack_with_tar(tree: Path, folder: Path) -> list[Path]:
    run("tar", "-I", "zstd -3", "-cf", folder / "a.tar.zst", "-C", tree.parent, tree.name)
    return [folder / "a.tar.zst"]


def _recover_with_tar(files: list[Path], out: Path) -> None:
    (out / "all").mkdir()
    with subprocess.Popen(
        ["zstd", "-dcqf", files[0]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as unpacked:
        subprocess.run(
            ["tar", "-x", "--ignore-zeros", "-f", "-", "-C", out / "all"],
            stdin=unpacked.stdout, stderr=subprocess.DEVNULL, check=False, timeout=_TIME,
        )  # fmt: skip
        assert unpacked.stdout is not None
        unpacked.stdout.close()


def _pack_with_par2(tree: Path, folder: Path) -> list[Path]:
    packed = _pack_with_tar(tree, folder)
    run("par2", "create", "-q", f"-r{PERCENT}", "-n1", "a.par2", packed[0].name, folder=folder)
    return [*packed, folder / "a.par2", *sorted(folder.glob("a.vol*.par2"))]


def _recover_with_par2(files: list[Path], out: Path) -> None:
    archive, *sidecars = files
    for sidecar in sidecars:
        command = ("par2", "repair", "-q", sidecar.name, archive.name)
        if run(*command, folder=archive.parent) == 0:
            break
    if archive.exists():
        _recover_with_tar([archive], out)


def _pack_with_7z(tree: Path, folder: Path) -> list[Path]:
    run("7zz", "a", "-bd", folder / "a.7z", tree)
    return [folder / "a.7z"]


def _recover_with_7z(files: list[Path], out: Path) -> None:
    run("7zz", "x", "-y", "-bd", f"-o{out / 'all'}", files[0])


def _pack_with_zip(tree: Path, folder: Path) -> list[Path]:
    run("zip", "-qr", folder / "a.zip", tree.name, folder=tree.parent)
    return [folder / "a.zip"]


def _recover_with_zip(files: list[Path], out: Path) -> None:
    """As it is, and once more after ``zip -FF``, which may lose what the other finds."""
    fixed = out / "fixed.zip"
    run("unzip", "-qo", files[0], "-d", out / "all")
    run("zip", "-FF", files[0], "--out", fixed, answer="y\n" * 20)
    if fixed.exists():
        run("unzip", "-qo", fixed, "-d", out / "more")


CONTESTANTS = (
    Contestant(f"zpack, record of {PERCENT} %", (), _pack_with_zpack("--recovery", f"{PERCENT}%"),
               _recover_with_zpack),
    Contestant("zpack", (), _pack_with_zpack(), _recover_with_zpack),
    Contestant("tar + zstd", (TAR_ZSTD, ZSTD), _pack_with_tar, _recover_with_tar),
    Contestant(f"tar + zstd, par2 {PERCENT} %", (TAR_ZSTD, ZSTD, PAR2), _pack_with_par2,
               _recover_with_par2),
    Contestant("7z", (SEVEN_ZIP,), _pack_with_7z, _recover_with_7z),
    Contestant("zip", (ZIP, UNZIP), _pack_with_zip, _recover_with_zip),
)  # fmt: skip

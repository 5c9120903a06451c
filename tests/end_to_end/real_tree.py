"""Grows a real tree: the interpreter's own library, and everything that a file system allows."""

import os
import subprocess
import sysconfig
from pathlib import Path

_NS = 1_000_000_000
LONG_NAME = "n" * 196 + ".txt"
BEFORE_1970 = "files/511.bytes"  # by a second and a half
NAMES = (
    b"two words.txt",
    b" leading and trailing ",
    b"-rf",
    b"--overwrite",
    b"line\nbreak.txt",
    b"tab\tand \x1b[31mcolour",
    "grüße-日本語.txt".encode(),
    b"not utf-8 \xff\xfe.bin",
    b"back\\slash",
    b"quote'and\"quote",
    b"*?[a]$HOME`id`",
    b"trailing.",
    LONG_NAME.encode(),
)


def grow_tree(root: Path) -> None:
    """About 10,000 files, 250 MB: the standard library, the environment's packages, oddities."""
    root.mkdir()
    paths = sysconfig.get_paths()
    subprocess.run(["cp", "-a", paths["stdlib"], root / "library"], check=True)
    packages = Path(paths["purelib"])
    command = ["rsync", "-aH", "--max-size=4m", f"{packages}/", root / "packages"]
    subprocess.run(command, check=True)
    grow_oddities(root / "oddities")
    grow_large_file(root / "large.bin")
    root.chmod(0o755)
    os.utime(root, ns=(7 * _NS + 7, 7 * _NS + 7))


def grow_large_file(path: Path) -> None:
    """Larger than a frame; each half compresses differently."""
    path.write_bytes(os.urandom(11 << 20) + b"".join(b"%09d\n" % n for n in range(1 << 20)))
    os.utime(path, ns=(1, 1_234_567_890_987_654_321))


def grow_oddities(root: Path) -> None:
    """One of everything that must survive."""
    root.mkdir()
    grow_names(root / "names")
    grow_files(root / "files")
    grow_links(root)
    grow_folders(root / "folders")
    set_times(root)
    root.chmod(0o755)


def grow_names(root: Path) -> None:
    """Names that are easily mistreated, of files and of folders, and paths of over 256 bytes."""
    root.mkdir()
    for number, name in enumerate(NAMES):
        path = os.path.join(os.fsencode(root), name)
        with open(path, "wb") as file:
            file.write(b"%d\n" % number)
        os.mkdir(path + b"~")
        os.symlink(name, path + b"@")
    deep = root.joinpath(*["a folder with a name of thirty"] * 9, LONG_NAME)
    deep.parent.mkdir(parents=True)
    deep.write_text("deep\n")


def grow_files(root: Path) -> None:
    """Sizes around a tar's blocks, and modes."""
    root.mkdir()
    for size in (0, 1, 511, 512, 513, 10240):
        (root / f"{size}.bytes").write_bytes(os.urandom(size))
    for mode in (0o400, 0o444, 0o555, 0o600, 0o700, 0o755, 0o777):
        path = root / f"mode {mode:o}"
        path.write_text(f"{mode:o}\n")
        path.chmod(mode)


def grow_links(root: Path) -> None:
    """Hard links over folders and endings, symbolic links to everything and nothing."""
    (root / "links").mkdir()
    for name in ("zzz.txt", "aaa.py", "files/third name", "names/fourth.txt"):
        (root / name).hardlink_to(root / "files" / "mode 600")
    (root / "links" / "empty").hardlink_to(root / "files" / "0.bytes")
    targets = ("../files/513.bytes", "nowhere", "/etc/hostname", "../folders", ".", "t" * 300)
    for number, target in enumerate(targets):
        (root / "links" / str(number)).symlink_to(target)
    os.symlink(b"not utf-8 \xff", os.fsencode(root / "links") + b"/bytes")


def grow_folders(root: Path) -> None:
    """Empty ones, and ones that may not be written to once their files are in them."""
    for mode in (0o555, 0o700, 0o500, 0o755, 0o777):
        inner = root / f"{mode:o}" / "inner"
        inner.mkdir(parents=True)
        (inner / "file").write_text("inside\n")
        (root / f"{mode:o}" / "empty").mkdir(mode=0o700)
        inner.chmod(mode)
        inner.parent.chmod(mode)


def set_times(root: Path) -> None:
    """A time of its own for everything, to the nanosecond; deepest first."""
    for number, (place, folders, files) in enumerate(os.walk(os.fsencode(root), topdown=False)):
        for name in files + folders:
            set_time(os.path.join(place, name), number * 1000 + len(name))
    os.utime(root / "files" / "1.bytes", ns=(0, -86_400 * _NS))
    os.utime(root / BEFORE_1970, ns=(0, -1_500_000_000))


def set_time(path: bytes, number: int) -> None:
    """Nanoseconds that neither a float nor a unit of 100 ns can hold."""
    when = (1_100_000_000 + number) * _NS + 123_456_789
    os.utime(path, ns=(when, when), follow_symlinks=False)

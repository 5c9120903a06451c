"""What the archives hold: trees that are made from a seed, of any size."""

import hashlib
import os
import random
from collections.abc import Callable
from pathlib import Path

_TIME = 1_700_000_000_000_000_000  # ns
# Sixteen letters, some more often than others: half a byte of entropy for each, as in texts.
_LETTERS = bytes(b"eeeettaaooinsrhl "[(value >> 3) % 17] for value in range(256))
_LONG_NAME = "a name that is longer than a hundred bytes " * 3

Digests = dict[str, bytes]


def digest(path: Path) -> bytes:
    """Of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()


def digests_below(root: Path) -> Digests:
    """Of each regular file, by its path."""
    found = {}
    for place, _, names in os.walk(root):
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                found[str(path.relative_to(root))] = digest(path)
    return found


def grow_nothing(root: Path, _size: int, _chance: random.Random) -> None:
    """A folder without a file."""
    root.mkdir()


def grow_empty(root: Path, _size: int, _chance: random.Random) -> None:
    """One file without content."""
    root.mkdir()
    (root / "empty").touch()


def grow_tiny(root: Path, _size: int, _chance: random.Random) -> None:
    """One file of six bytes."""
    root.mkdir()
    (root / "hello.txt").write_text("hello\n")


def grow_mixed(root: Path, size: int, chance: random.Random) -> None:
    """Files of a few bytes up to a quarter of all, of text, noise and zeros, with odd names, links
    and folders. An archive of it has about ``size`` bytes."""
    root.mkdir()
    (root / "folder" / "empty folder").mkdir(parents=True)
    (root / "empty").touch()
    (root / "n\u00e4me").write_text("text\n")
    (root / "folder" / _LONG_NAME).write_bytes(text(chance, 3000))
    (root / "largest").write_bytes(noise(chance, size // 4))
    left = size - size // 4
    for number in range(10_000):
        if left <= 0:
            break
        kind = chance.choice(_KINDS)
        length = min(int(2 ** chance.uniform(4, size.bit_length() - 2)), 16 << 20)
        folder = root / "folder" / str(number % 7)
        folder.mkdir(exist_ok=True)
        (folder / f"{kind.__name__} {number}").write_bytes(kind(chance, length))
        left -= length if kind is noise else length // 2
    (root / "hard link").hardlink_to(root / "largest")
    (root / "folder" / "soft link").symlink_to("../largest")


def text(chance: random.Random, length: int) -> bytes:
    """Half of it is redundant."""
    return chance.randbytes(length).translate(_LETTERS)


def noise(chance: random.Random, length: int) -> bytes:
    """As what is compressed already."""
    return chance.randbytes(length)


def zeros(chance: random.Random, length: int) -> bytes:
    """And text behind them."""
    return bytes(length // 2) + text(chance, length - length // 2)


_KINDS: tuple[Callable[[random.Random, int], bytes], ...] = (text, noise, zeros)


def settle_times(root: Path) -> None:
    """The same times and modes wherever a tree is made."""
    for place, folders, names in os.walk(root, topdown=False):
        for number, name in enumerate(sorted([*folders, *names])):
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else 0o644)
            time = _TIME + number * 1_000_000_000
            os.utime(path, ns=(time, time), follow_symlinks=False)
    os.utime(root, ns=(_TIME, _TIME))

"""Kinds of entries, numbered as in the index (docs/format.md, section 4)."""

from enum import IntEnum


class Kind(IntEnum):
    """What an entry is."""

    FILE = 0
    HARD_LINK = 1
    SYMLINK = 2
    DIRECTORY = 3
    CHARACTER_DEVICE = 4
    BLOCK_DEVICE = 5
    FIFO = 6


NODES = (Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE, Kind.FIFO)

KIND_WORDS = {
    Kind.FILE: "file",
    Kind.HARD_LINK: "hard link",
    Kind.SYMLINK: "symlink",
    Kind.DIRECTORY: "folder",
    Kind.CHARACTER_DEVICE: "character device",
    Kind.BLOCK_DEVICE: "block device",
    Kind.FIFO: "FIFO",
}

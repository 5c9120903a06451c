"""What sources are called in the archive, and where they are."""

import os
from collections.abc import Iterable

_FALLBACK = "root"


def source_name(path: str) -> str:
    """The last part of the path as given; for ``.``, ``..`` and ``/`` that of the real folder."""
    name = os.path.basename(path.rstrip("/"))
    if name in ("", ".", ".."):
        name = os.path.basename(os.path.realpath(path)) or _FALLBACK
    return name


def source_place(path: str) -> str:
    """Where a source is, without links on the way; a symbolic link is itself, not what it leads to,
    unless a slash follows it."""
    folder, name = os.path.split(path)
    try:
        if name in ("", ".", ".."):
            return os.path.realpath(path)
        return os.path.join(os.path.realpath(folder), name)
    except ValueError:  # no name that a file can have
        return path


def named_once(sources: Iterable[str]) -> list[str]:
    """Sources, each once, however often and in whatever way it is named (``a``, ``./a``, ``a/``)"""
    named: dict[tuple[str, str], str] = {}
    for path in sources:
        named.setdefault((source_name(path), source_place(path)), path)
    return [*named.values()]


def by_name(sources: Iterable[str]) -> list[str]:
    """Each source once, in the order that they get in an archive."""
    return sorted(named_once(sources), key=lambda path: os.fsencode(source_name(path)))

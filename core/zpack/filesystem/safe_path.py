"""The one gate: may an entry of this path be extracted? No format has its own."""

import os

_MAX_COMPONENT = 255
_RESERVED = {b"con", b"prn", b"aux", b"nul", b"conin$", b"conout$"}
_DIGITS = [*(b"%d" % digit for digit in range(10)), *(c.encode() for c in "¹²³")]
_NOT_ON_WINDOWS = frozenset(b'<>"|?*') | frozenset(range(32))
_RESERVED |= {stem + digit for stem in (b"com", b"lpt") for digit in _DIGITS}


def unsafe_reason(path: bytes, *, windows: bool = os.name == "nt") -> str | None:
    """Why an entry of this path must not be extracted, or None if it may.

    ``path`` as the archive has it. Pure: looks at nothing but its arguments; what stands on the
    disk is the destination's to watch.
    """
    parts = path.split(b"/")
    if path.startswith(b"/"):
        return "its path is absolute"
    if b".." in parts:
        return "its path leads out of the folder"
    if all(part in (b"", b".") for part in parts):
        return "its path names no file"
    if b"\0" in path or any(len(part) > _MAX_COMPONENT for part in parts):
        return "a part of its name is not possible on any disk"
    return _unsafe_on_windows(parts) if windows else None


def _unsafe_on_windows(parts: list[bytes]) -> str | None:
    for part in parts:
        if b"\\" in part or b":" in part:
            return "its path has a backslash or a colon"
        if not _NOT_ON_WINDOWS.isdisjoint(part):
            return "its name has a character that Windows does not allow"
        if part.rstrip(b". ") != part and part != b".":
            return "its name ends with a dot or a space"
        if part.partition(b".")[0].rstrip(b" ").lower() in _RESERVED:
            return "its name is reserved by Windows"
    return None

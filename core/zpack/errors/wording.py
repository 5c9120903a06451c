"""Names and reasons as text that is safe to show."""

import errno
import os
import unicodedata

# Control characters, line and paragraph separators, and the format characters
# (bidirectional overrides among them) can make a name look like another one,
# or steer a terminal.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

_REASONS = {
    "ENOENT": "it does not exist",
    "EACCES": "you do not have permission",
    "EPERM": "the system does not permit it",
    "ENOSPC": "the disk is full",
    "EDQUOT": "your disk quota is used up",
    "EROFS": "the disk is read-only",
    "EISDIR": "it is a folder",
    "ENOTDIR": "a part of its path is not a folder",
    "EIO": "the disk reported a read or write error",
    "ENAMETOOLONG": "its name is too long",
    "ELOOP": "it goes through a symbolic link",
    "EEXIST": "it already exists",
    "ENOTEMPTY": "the folder is not empty",
    "EFBIG": "it is too large for this disk",
    "ESTALE": "the network folder has gone away",
    "EMFILE": "too many files are open",
}


def shown(name: bytes | str) -> str:
    """A name or path as plain text: hidden characters and bytes that are not UTF-8 escaped."""
    text = os.fsdecode(name) if isinstance(name, bytes) else name
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown_character, text))


def _shown_character(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8 (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in _HIDDEN:
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character


def reason(error: OSError) -> str:
    """Why the system refused, in words."""
    name = errno.errorcode.get(error.errno or 0, "")
    return _REASONS.get(name) or (error.strerror or "unknown reason").lower()

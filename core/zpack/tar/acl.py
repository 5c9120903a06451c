"""POSIX.1e ACLs: Linux's binary form, and the text that tars have (docs/format.md, section 2)."""

import re
import struct
from collections.abc import Callable

_VERSION = struct.Struct("<I")
_ENTRY = struct.Struct("<HHI")
_KNOWN_VERSION = 2
_NO_ID = 0xFFFFFFFF
_OWNER, _USER, _OWNING_GROUP, _GROUP, _MASK, _OTHER = 1, 2, 4, 8, 16, 32
_WORDS = {
    _OWNER: b"user",
    _USER: b"user",
    _OWNING_GROUP: b"group",
    _GROUP: b"group",
    _MASK: b"mask",
    _OTHER: b"other",
}
_TAGS = {b"u": (_OWNER, _USER), b"g": (_OWNING_GROUP, _GROUP)}
_TAGS |= {b"m": (_MASK, _MASK), b"o": (_OTHER, _OTHER)}
_BITS = ((4, b"r"), (2, b"w"), (1, b"x"))
_PERMISSIONS = frozenset(b"rwxXst-")
_MOST_LETTERS = 5
_MOST_ENTRIES = 8000  # an attribute on Linux has 64 KiB at most
_MOST_DIGITS = 10

NameOf = Callable[[int], bytes]
IdOf = Callable[[bytes], int | None]


class AclError(ValueError):
    """An ACL that cannot be understood, or names somebody who is not known here."""


def acl_to_text(value: bytes, user_of: NameOf, group_of: NameOf) -> bytes:
    """The text of a value as ``system.posix_acl_*`` attributes have; ``user_of`` and ``group_of``
    give an id's name, or nothing. Raises :class:`AclError`."""
    if len(value) % _ENTRY.size != _VERSION.size or value[:4] != _VERSION.pack(_KNOWN_VERSION):
        raise AclError("it is of a form that is not known")
    entries = []
    for tag, bits, number in sorted(_ENTRY.iter_unpack(value[_VERSION.size :]), key=_place):
        if tag not in _WORDS or bits > 7:
            raise AclError("it is of a form that is not known")
        name = b""
        if tag in (_USER, _GROUP):
            name = (user_of if tag == _USER else group_of)(number)
        text = b"%b:%b:%b" % (_WORDS[tag], name, _letters(bits))
        if tag in (_USER, _GROUP):
            plain = b"%b:%d:%b" % (_WORDS[tag], number, _letters(bits))
            text = b"%b:%d" % (text, number) if _is_plain(name) else plain
        entries.append(text)
    return b",".join(entries)


def _letters(bits: int) -> bytes:
    return b"".join(letter if bits & bit else b"-" for bit, letter in _BITS)


def _is_plain(name: bytes) -> bool:
    """Whether a name can stand in the text, and be told from a number."""
    return bool(name) and not name.isdigit() and not re.search(rb"[\s:,#]", name)


def acl_from_text(text: bytes, uid_of: IdOf, gid_of: IdOf) -> bytes:
    """The value for a ``system.posix_acl_*`` attribute, of text as zpack, GNU tar, star and bsdtar
    write it. ``uid_of`` and ``gid_of`` give a name's id here. Raises :class:`AclError`."""
    entries: list[tuple[int, int, int]] = []
    for line in re.split(rb"[\n,]", text):
        entry = line.partition(b"#")[0].strip()
        if not entry:
            continue
        if len(entries) >= _MOST_ENTRIES:
            raise AclError("it has too many entries")
        entries.append(_read_entry(entry, uid_of, gid_of))
    if not entries:
        raise AclError("it is empty")
    return _VERSION.pack(_KNOWN_VERSION) + b"".join(
        _ENTRY.pack(*entry) for entry in sorted(entries, key=_place)
    )


def _place(entry: tuple[int, int, int]) -> tuple[int, int]:
    """The order that the system wants: by tag, then by id."""
    return entry[0], entry[2]


def _read_entry(entry: bytes, uid_of: IdOf, gid_of: IdOf) -> tuple[int, int, int]:
    fields = [field.strip() for field in entry.split(b":")]
    if fields[0] in (b"d", b"default"):
        del fields[0]
    tags = _TAGS.get(fields[0][:1]) if fields else None
    if tags is not None and len(fields) == 2 and tags[0] in (_MASK, _OTHER):
        fields.insert(1, b"")  # as Solaris writes them
    if tags is None or len(fields) not in (3, 4) or not _WORDS[tags[0]].startswith(fields[0]):
        raise AclError("it makes no sense")
    _, qualifier, letters, *number = fields
    if len(letters) > _MOST_LETTERS or not _PERMISSIONS.issuperset(letters):
        raise AclError("it makes no sense")
    bits = sum(bit for bit, letter in _BITS if letter in letters)
    if not qualifier:
        return tags[0], bits, _NO_ID
    id_of = uid_of if tags[1] == _USER else gid_of
    return tags[1], bits, _find_id(qualifier, number, id_of)


def _find_id(name: bytes, number: list[bytes], id_of: IdOf) -> int:
    found = id_of(name)
    for digits in (*number, name):
        if found is None and digits.isdigit() and len(digits) <= _MOST_DIGITS:
            found = int(digits)
    if found is None or not 0 <= found < _NO_ID:
        raise AclError("it names somebody who is not known on this system")
    return found

"""Extended header records (POSIX.1-2001, pax)."""

import binascii
import re
from functools import lru_cache

from zpack.tar.numbers import TarError

MAX_EXTENDED = 1 << 20
_NS = 1_000_000_000
_MAX_DIGITS = 20
_QUOTED = rb"%([0-9A-Fa-f]{2})"  # compiled when there is one: few archives have any
Records = dict[bytes, bytes]


_XATTR, _ACL = b"SCHILY.xattr.", b"SCHILY.acl."
_XATTR_CODED = b"LIBARCHIVE.xattr."  # the name as in an URL, the value in base64
_STRETCH = (b"GNU.sparse.offset", b"GNU.sparse.numbytes")


def read_records(data: bytes) -> Records:
    """The records of one extended header; of repeated ones the last. Raises :class:`TarError`.

    The map of a file with holes that stands in repeated records (version 0.0) becomes that of
    version 0.1.
    """
    records: Records = {}
    stretches: list[bytes] = []
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + _MAX_DIGITS)
        digits = data[at:space]
        if space < 0 or not digits.isdigit():
            raise TarError("an extended header makes no sense")
        end = at + int(digits)
        key, equals, value = data[space + 1 : end - 1].partition(b"=")
        if not space < end <= len(data) or data[end - 1 : end] != b"\n" or not (key and equals):
            raise TarError("an extended header makes no sense")
        if key in _STRETCH:
            stretches.append(value)
        records[key] = value
        at = end
    if stretches:
        records[b"GNU.sparse.map"] = b",".join(stretches)
    return records


def write_record(key: bytes, value: bytes) -> bytes:
    """``length key=value`` and a newline, where length counts its own digits too."""
    return b"%d %b=%b\n" % (_record_length(len(key) + len(value) + 3), key, value)


@lru_cache(maxsize=1024)
def _record_length(rest: int) -> int:
    length = rest + len(str(rest))
    if len(str(length)) > len(str(rest)):
        length = rest + len(str(length))
    return length


def write_extras(xattrs: dict[bytes, bytes], acls: dict[bytes, bytes]) -> bytes:
    """Records of extended attributes by name, and of ACLs (text) by ``access`` and ``default``."""
    pairs = [(_XATTR + _escape(name), value) for name, value in xattrs.items()]
    pairs += [(_ACL + which, text) for which, text in acls.items()]
    return b"".join(write_record(key, value) for key, value in sorted(pairs))


def extra_records(records: Records) -> bytes:
    """Those of an entry's records that are extended attributes or ACLs, in order of key."""
    pairs = {key: value for key, value in records.items() if key.startswith((_XATTR, _ACL))}
    for key, value in records.items():
        if key.startswith(_XATTR_CODED):
            name = _unquote(key.removeprefix(_XATTR_CODED))
            pairs.setdefault(_XATTR + _escape(name), _from_base64(value))
    return b"".join(write_record(key, pairs[key]) for key in sorted(pairs))


def read_extras(extras: bytes) -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
    """Extended attributes by name, and ACLs (text) by ``access`` and ``default``.

    Raises :class:`TarError`.
    """
    xattrs, acls = {}, {}
    for key, value in read_records(extras).items():
        if key.startswith(_XATTR):
            xattrs[_unescape(key.removeprefix(_XATTR))] = value
        elif key.startswith(_ACL):
            acls[key.removeprefix(_ACL)] = value
    return xattrs, acls


def _escape(name: bytes) -> bytes:
    return name.replace(b"%", b"%25").replace(b"=", b"%3D")


def _unescape(name: bytes) -> bytes:
    return name.replace(b"%3D", b"=").replace(b"%25", b"%")


def _unquote(name: bytes) -> bytes:
    """Percent-encoding, as libarchive writes it (urllib takes longer to load than all of this)."""
    return re.sub(_QUOTED, lambda match: bytes.fromhex(match[1].decode("ascii")), name)


def _from_base64(value: bytes) -> bytes:
    try:
        return binascii.a2b_base64(value + b"=" * (-len(value) % 4))
    except binascii.Error:
        raise TarError("an extended attribute makes no sense") from None


def read_size(value: bytes) -> int:
    """A decimal number that is not negative."""
    if not value.isdigit() or len(value) > _MAX_DIGITS:
        raise TarError("an extended header has a number that makes no sense")
    return int(value)


def read_time(value: bytes) -> tuple[int, int]:
    """Seconds (rounded down) and ns; digits beyond the ninth are cut off."""
    negative = value.startswith(b"-")
    whole, _, fraction = value.removeprefix(b"-").partition(b".")
    if not (whole + fraction).isdigit() or len(whole) > _MAX_DIGITS:
        raise TarError("an extended header has a time that makes no sense")
    seconds, ns = int(whole or b"0"), int(fraction[:9].ljust(9, b"0"))
    if not negative:
        return seconds, ns
    return (-seconds - 1, _NS - ns) if ns else (-seconds, 0)

"""Extended header records (POSIX.1-2001, pax)."""

from zpack.tar.numbers import TarError

MAX_EXTENDED = 1 << 20
_NS = 1_000_000_000
_MAX_DIGITS = 20
Records = dict[bytes, bytes]


def read_records(data: bytes) -> Records:
    """The records of one extended header; of repeated ones the last. Raises :class:`TarError`."""
    records: Records = {}
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
        records[key] = value
        at = end
    return records


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

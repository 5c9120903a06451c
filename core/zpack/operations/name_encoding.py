"""Names of archives by others in an encoding that somebody knows."""

from zpack import entries
from zpack.entries import Listing
from zpack.errors import RequestRefused, UnknownEncoding, ZpackError


def encoding_faults(encoding: str | None) -> list[ZpackError]:
    """What is wrong with the name of an encoding."""
    try:
        if encoding is not None:
            entries.NameDecoder(encoding)
    except entries.EncodingUnknown:
        return [UnknownEncoding(encoding or "")]
    return []


def named(listing: Listing, encoding: str | None) -> Listing:
    """The listing with its names read in ``encoding`` where they are not UTF-8. Raises
    :class:`RequestRefused`."""
    if encoding is None:
        return listing
    try:
        return entries.recoded(listing, encoding)
    except entries.EncodingUnknown:
        raise RequestRefused([UnknownEncoding(encoding)]) from None

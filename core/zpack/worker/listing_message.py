"""A listing on the wire: the columns of docs/format.md, section 4, each stored as it is."""

from zpack.entries import (
    ColumnError,
    Listing,
    decode_columns,
    encode_columns,
    listing_from_columns,
    listing_to_columns,
)
from zpack.worker.wire import Payload, WireError


def encode_listing(listing: Listing) -> bytes:
    """The payload of an ``L`` message."""
    return encode_columns(len(listing), listing_to_columns(listing), bytes)


def decode_listing(payload: Payload) -> Listing:
    """The listing, which uses the payload in place. Raises ``WireError``."""
    try:
        return listing_from_columns(*decode_columns(memoryview(payload), _load))
    except ColumnError as error:
        raise WireError(f"a listing cannot be used: {error}") from None


def _load(stored: "memoryview[int]", raw_length: int) -> "memoryview[int]":
    del raw_length  # checked by the caller
    return stored

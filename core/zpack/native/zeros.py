"""What a hole adds to a digest."""

from collections.abc import Callable

import xxhash

_ZEROS = bytes(1 << 20)


def digest_zeros(digest: xxhash.xxh3_128, length: int, check: Callable[[], None]) -> None:
    """Add ``length`` zero bytes. ``check`` is called for each MiB and may raise."""
    while length >= len(_ZEROS):
        check()
        digest.update(_ZEROS)
        length -= len(_ZEROS)
    digest.update(_ZEROS[:length])

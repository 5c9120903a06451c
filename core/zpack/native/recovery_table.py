"""The checksums of a recovery record's shares (docs/format.md, section 6)."""

from array import array

import xxhash

from zpack.native.recovery_geometry import PAGE_HEAD, PAGE_SHARES, Geometry

START = 4  # first bytes of a share by which it is found in another place
_ZEROS = bytes(1 << 16)


class ShareTable:
    """Checksum and first bytes of every share. ``known`` has a 1 for each share of which they are
    known: the pages of a record that is read may be damaged."""

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry
        self.known = bytearray(geometry.shares)
        self._checksums = array("Q", bytes(8 * geometry.shares))
        self._starts = bytearray(START * geometry.shares)

    def note(self, share: int, content: "bytes | memoryview[int]") -> None:
        """Take those of a share, which is there whole."""
        self._checksums[share] = xxhash.xxh3_64_intdigest(content)
        self._starts[START * share : START * (share + 1)] = content[:START]
        self.known[share] = 1

    def fits(self, share: int, content: "bytes | memoryview[int]") -> bool:
        """Whether this is the share: filled up with zeros if it is less than a share."""
        if not self.known[share]:
            return False
        short = self._geometry.share_size - len(content)
        digest = xxhash.xxh3_64(content)
        while short > 0:
            digest.update(_ZEROS[:short])
            short -= len(_ZEROS)
        return digest.intdigest() == self._checksums[share]

    def start(self, share: int) -> bytes:
        """The first four bytes of a share that is known."""
        return bytes(self._starts[START * share : START * (share + 1)])

    def pages(self) -> bytes:
        """All pages, joined."""
        return b"".join(map(self._page, range(self._geometry.pages)))

    def _page(self, number: int) -> bytes:
        first = number * PAGE_SHARES
        last = min(first + PAGE_SHARES, self._geometry.shares)
        body = self._checksums[first:last].tobytes() + self._starts[START * first : START * last]
        return _page_checksum(body, number) + body

    def name(self) -> bytes:
        """That of the record."""
        return xxhash.xxh3_128_digest(self.pages())

    def missing_pages(self) -> list[int]:
        """Numbers of pages that no copy has told yet."""
        return [page for page in range(self._geometry.pages) if not self.known[page * PAGE_SHARES]]

    def take_page(self, number: int, page: bytes) -> bool:
        """Take a page as it stands in a file; False if it is damaged."""
        body = page[PAGE_HEAD:]
        if len(page) != self._geometry.page_size(number):
            return False
        if page[:PAGE_HEAD] != _page_checksum(body, number):
            return False
        first = number * PAGE_SHARES
        count = len(body) // (8 + START)
        self._checksums[first : first + count] = array("Q", body[: 8 * count])
        self._starts[START * first : START * (first + count)] = body[8 * count :]
        self.known[first : first + count] = b"\1" * count
        return True


def _page_checksum(body: bytes, number: int) -> bytes:
    return xxhash.xxh3_64_intdigest(body, number).to_bytes(8, "little")

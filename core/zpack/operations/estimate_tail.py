"""How much an archive has besides files: index, digests, folders and links. Of small files it is a
large part."""

from array import array

from zpack.codecs import FrameTable
from zpack.entries import Kind, Listing
from zpack.native.index import DIGEST_SIZE, encode_index
from zpack.operations.estimate_scan import Census
from zpack.operations.presets import Preset

# In bytes, as measured on trees of 2 to 5,000 entries.
_FIXED = 570  # locator, seek table, the heads of sections, the frames of folders and end
_PLACE = 2.6  # where an entry begins, compressed
_HEADER, _LZ4_HEADER = 13, 26  # of a folder or link, compressed; those of files are content
_ROW = 30  # what index and digest take, where nothing was scanned


def columns_size(census: Census) -> float:
    """Of index and digests: what was scanned is compressed as in an archive, and stands for the
    rest."""
    listing = census.tree.rows.build()
    scanned = len(listing) - 1
    if not scanned:
        return _FIXED + _ROW * census.rows
    nothing = FrameTable(array("Q"), array("I"), array("I"), array("Q"))
    own = len(encode_index(listing, nothing)) + _PLACE * scanned
    own += DIGEST_SIZE * _with_content(listing)
    return _FIXED + own * max(1.0, census.rows / scanned)


def headers_size(census: Census, preset: Preset) -> int:
    """Of folders and links."""
    header = _LZ4_HEADER if preset.profile.lz4 else _HEADER
    return header * (census.folders + census.links)


def _with_content(listing: Listing) -> int:
    """Each has a digest that does not compress; those of empty files are all the same."""
    pairs = zip(listing.kind, listing.size, strict=True)
    return sum(kind == Kind.FILE and size > 0 for kind, size in pairs)

"""What an archive that is whole has for recovery, and whether that is as it was written."""

from collections.abc import Callable

from zpack.native.layout import LayoutError
from zpack.native.locator import Locator, Section
from zpack.native.recovery_geometry import HEAD_SIZE, Geometry, decode_head
from zpack.native.recovery_search import Pread, find_heads
from zpack.native.recovery_table import ShareTable

_DAMAGED = "the recovery record is damaged"


def read_geometry(pread: Pread, locator: Locator, check: Callable[[], None]) -> Geometry | None:
    """Of the record that the locator tells of; None if no head of it can be read."""
    section = locator.recovery
    if section is None:
        return None
    try:
        geometry, _ = decode_head(pread(HEAD_SIZE, section.offset))
        heads = [geometry]
    except LayoutError:
        found = find_heads(pread, section.offset, section.end, check)
        heads = [head.geometry for head in found if not head.shift]
    return next((each for each in heads if _belongs(each, section, locator)), None)


def _belongs(geometry: Geometry, section: Section, locator: Locator) -> bool:
    place = (section.offset, section.end, locator.index.offset, locator.lz4)
    return (geometry.protected, geometry.end, geometry.index_at, geometry.lz4) == place


def check_record(pread: Pread, locator: Locator, check: Callable[[], None]) -> list[int]:
    """Read all of the record. Returns the lengths of its frames; raises :class:`LayoutError` if
    anything in it is not as it should be."""
    section = locator.recovery
    if section is None:
        return []
    geometry, _ = decode_head(pread(HEAD_SIZE, section.offset))
    if not _belongs(geometry, section, locator):
        raise LayoutError("the recovery record belongs to another archive")
    table = ShareTable(geometry)
    for part in range(geometry.parts):
        at = geometry.part_at(part)
        if decode_head(pread(HEAD_SIZE, at)) != (geometry, part):
            raise LayoutError(_DAMAGED)
        _check_pages(geometry, table, pread, at + HEAD_SIZE)
    if table.name() != geometry.name:
        raise LayoutError(_DAMAGED)
    for share in range(geometry.data_shares, geometry.shares):
        check()
        if not table.fits(share, pread(geometry.share_size, geometry.share_at(share))):
            raise LayoutError(_DAMAGED)
    return geometry.part_lengths


def _check_pages(geometry: Geometry, table: ShareTable, pread: Pread, at: int) -> None:
    for number in range(geometry.pages):
        page = pread(geometry.page_size(number), at + geometry.page_at(number))
        if not table.take_page(number, page):
            raise LayoutError(_DAMAGED)

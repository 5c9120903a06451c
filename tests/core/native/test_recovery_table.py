"""The table of shares: pages, each with a checksum of its own."""

from dataclasses import replace

from zpack.native.recovery_geometry import PAGE_SHARES, choose_geometry
from zpack.native.recovery_table import ShareTable

GEOMETRY = replace(choose_geometry(300_000, 0, 5), share_size=256)


def filled() -> ShareTable:
    table = ShareTable(GEOMETRY)
    for share in range(GEOMETRY.shares):
        table.note(share, share.to_bytes(4, "big") + bytes(252))
    return table


def test_pages_there_and_back():
    table, pages = filled(), filled().pages()
    assert GEOMETRY.pages == 3
    assert len(pages) == GEOMETRY.table_size
    read = ShareTable(GEOMETRY)
    for number in (2, 0, 1):
        assert number in read.missing_pages()
        at = GEOMETRY.page_at(number)
        assert read.take_page(number, pages[at : at + GEOMETRY.page_size(number)])
    assert read.missing_pages() == []
    assert read.pages() == pages
    assert read.name() == table.name()


def test_shares_that_fit():
    table = filled()
    assert table.fits(7, b"\0\0\0\7" + bytes(252))
    assert table.fits(7, b"\0\0\0\7")  # filled up with zeros
    assert not table.fits(8, b"\0\0\0\7")
    assert not ShareTable(GEOMETRY).fits(7, b"\0\0\0\7")
    assert table.start(7) == b"\0\0\0\7"


def test_damaged_pages():
    pages, read = filled().pages(), ShareTable(GEOMETRY)
    page = pages[: GEOMETRY.page_size(0)]
    for bit in range(0, 8 * len(page), 101):
        changed = bytearray(page)
        changed[bit >> 3] ^= 1 << (bit & 7)
        assert not read.take_page(0, bytes(changed))
    assert not read.take_page(1, page)  # its number is in its checksum
    assert not read.take_page(0, page[:-12])
    assert not any(read.known)
    assert read.take_page(0, page)
    assert sum(read.known) == PAGE_SHARES

"""Listings made at once, as big as need be."""

from array import array

from zpack.entries import Attributes, Kind, Listing, ListingBuilder


def small_listing() -> Listing:
    """``docs`` with two files, ``empty``, and at the top a file, a link and hostile names."""
    made = ListingBuilder()
    made.append(0, b"<b>bold</b>.txt", Attributes(Kind.FILE, size=5))
    docs = made.append(0, b"docs", Attributes(Kind.DIRECTORY))
    made.append(0, b"empty", Attributes(Kind.DIRECTORY))
    made.append(0, b"esc\x1b[31m.txt", Attributes(Kind.FILE, size=6))
    made.append(0, b"line\nbreak", Attributes(Kind.FILE, size=7))
    link = made.append(0, b"link", Attributes(Kind.SYMLINK))
    made.append(0, b"photo 10.jpg", Attributes(Kind.FILE, size=10, mtime=100))
    made.append(0, b"photo 2.jpg", Attributes(Kind.FILE, size=2_000_000, mtime=200))
    made.append(0, "rtl\u202egpj.exe".encode(), Attributes(Kind.FILE, size=9))
    made.append(0, b"\xff raw", Attributes(Kind.FILE, size=11))
    made.append(docs, b"a.txt", Attributes(Kind.FILE, size=3000))
    made.append(docs, b"b.txt", Attributes(Kind.FILE, size=4000))
    made.links[link] = b"docs/a.txt"
    for row in range(1, len(made)):
        made.place(row, 0, row)
    return made.build()


def wide_listing(count: int) -> Listing:
    """One folder with so many files, made without a loop over them."""
    digits = len(str(count))
    names = b"".join(b"f%0*d" % (digits, number) for number in range(count))
    width = digits + 1
    rows = count + 1
    numbers = array("I", [0]) * rows
    made = ListingBuilder()
    listing = made.build()
    listing.parent = memoryview(numbers)
    listing.names = names
    listing.name_end = memoryview(array("Q", range(0, width * rows, width)))
    listing.kind = memoryview(bytes([Kind.DIRECTORY]) + bytes(count))
    listing.mode = memoryview(array("H", [0o644]) * rows)
    listing.size = memoryview(array("Q", range(rows, 0, -1)))
    listing.mtime = memoryview(array("q", [1_700_000_000]) * rows)
    listing.mtime_ns = listing.owner = listing.frame = memoryview(numbers)
    listing.offset = memoryview(numbers)
    return listing

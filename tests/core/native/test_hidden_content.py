"""Content that the index does not list, hidden between what it lists: damage."""

import pytest

from tests.core.native.parts import (
    SMALL,
    Content,
    Parts,
    check_damaged,
    make_archive,
    take_apart,
)
from tests.core.tar.tars import extended, record
from zpack.codecs import compress, decompress


@pytest.fixture
def parts() -> Parts:
    return take_apart(make_archive(SMALL, capacity=4096))


def contents(parts: Parts) -> list[bytes]:
    return [decompress(f, size) for f, size in zip(parts.frames, parts.dsizes, strict=True)]


def with_contents(parts: Parts, made: list[bytes]) -> Parts:
    parts.frames = [compress(content) for content in made]
    parts.dsizes = [len(content) for content in made]
    parts.count_frames()
    return parts


SECRET = b"s" * 512
HIDDEN = {
    "an entry between members": lambda c: [c[0] + SECRET, *c[1:]],
    "zeros after members": lambda c: [c[0] + bytes(512), *c[1:]],
    "the end in the middle": lambda c: [c[0] + bytes(1024), *c[1:]],
    "a frame of its own": lambda c: [c[0], SECRET, *c[1:]],
    "a frame of zeros": lambda c: [*c[:-1], bytes(1024), c[-1]],
    "after the end": lambda c: [*c[:-1], c[-1] + bytes(512)],
    "after the end, in a frame": lambda c: [*c, SECRET],
    "a shorter end": lambda c: [*c[:-1], bytes(512)],
    "no marker": lambda c: [bytes(1024) + c[0][1024:], *c[1:]],
    "another marker": lambda c: [c[0].replace(b"comment=zpack 1", b"comment=zpack 2"), *c[1:]],
    "a global header": lambda c: [c[0], extended(record(b"mode", b"7"), b"g"), *c[1:]],
    "a global header with a path": lambda c: [
        *c[:-1],
        extended(record(b"path", b"/etc/passwd"), b"g"),
        c[-1],
    ],
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_the_index_does_not_list(parts, tmp_path, name):
    made = contents(parts)
    check_damaged(with_contents(parts, HIDDEN[name](made)), tmp_path)


@pytest.mark.parametrize("key", [b"mtime", b"comment", b"SCHILY.xattr.user.x"])
def test_a_global_header_in_front_of_an_entry(tmp_path, key):
    # Other readers would apply it to all that follows.
    parts = take_apart(make_archive(Content({b"a": b"1", b"b": b"2"}, folders=(b"c",)), 8192))
    first, *rest = contents(parts)
    at = parts.values("offset")[2]
    assert at
    lie = extended(record(key, b"5"), b"g")
    check_damaged(with_contents(parts, [first[:at] + lie + first[at:], *rest]), tmp_path)

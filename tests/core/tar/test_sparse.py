"""Files with holes: as GNU tar and bsdtar write them, as we do, and as an enemy would."""

import os
import subprocess
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.tar.tars import Read, block, extended, read_all, reader_of, record
from tests.fuzz.examples import examples
from tests.golden.page import vector_bytes
from zpack.entries import Attributes, Holes, Kind
from zpack.tar import BLOCK, END, TarError, encode_entry, encode_map, packed_size

FORMS = {
    "old": ["tar", "--format=gnu", "--sparse"],
    "0.0": ["tar", "--format=posix", "--sparse", "--sparse-version=0.0"],
    "0.1": ["tar", "--format=posix", "--sparse", "--sparse-version=0.1"],
    "1.0": ["tar", "--format=posix", "--sparse", "--sparse-version=1.0"],
    "bsdtar": ["bsdtar", "--format=pax"],
}
SIZE = 3 << 20


def make_sparse(path: Path, data: dict[int, bytes], size: int) -> bytes:
    with open(path, "wb") as file:
        for offset, content in data.items():
            file.seek(offset)
            file.write(content)
        file.truncate(size)
    return path.read_bytes()


def expanded(read: Read) -> bytes:
    """The content with its holes."""
    attributes = read.header.attributes
    assert attributes.holes is not None
    made, at = bytearray(attributes.size), 0
    for offset, length in attributes.holes.data(attributes.size):
        made[offset : offset + length] = read.content[at : at + length]
        at += length
    assert at == len(read.content)
    return bytes(made)


SHAPES = {
    "middle": ({40960: b"x" * 5000, 1 << 20: b"y" * 4096}, SIZE),
    "all hole": ({}, SIZE),
    "data last": ({1 << 20: b"z" * 100}, (1 << 20) + 100),
    "data first": ({0: b"first" * 1000}, SIZE),
    "more than one header holds": ({n << 16: b"data" for n in range(60)}, SIZE << 1),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", SHAPES)
def test_by_others(tmp_path, form, shape):
    content = make_sparse(tmp_path / "holes", *SHAPES[shape])
    (tmp_path / "next").write_bytes(b"next")
    command = [*FORMS[form], "-cf", "-", "holes", "next"]
    data = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert len(data) < len(content)
    first, second = read_all(data)
    assert first.header.path == b"holes"
    assert not first.header.sparse
    assert expanded(first) == content
    assert (second.header.path, second.content, second.header.attributes.holes) == (
        b"next",
        b"next",
        None,
    )


def sparse_entry(path: bytes, holes: Holes, size: int, data: bytes) -> bytes:
    attributes = Attributes(Kind.FILE, 0o644, size, 1_600_000_000, 5, holes=holes)
    content = encode_map(holes, size) + data
    assert len(content) == packed_size(holes, size)
    return encode_entry(path, attributes) + content + bytes(-len(content) % BLOCK) + END


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("path", ["f", "d\u00e9/" + "n" * 200, "a/b"])
@pytest.mark.parametrize("program", ["tar", "bsdtar"])
def test_ours_by_others(tmp_path, shape, path, program):
    parts, size = SHAPES[shape]
    parts = {at: data + bytes(-len(data) % BLOCK) for at, data in parts.items()}  # as tar wants it
    size = max(size, *(at + len(data) for at, data in parts.items()), 0)
    holes = Holes.between(((at, len(data)) for at, data in parts.items()), size, packed=True)
    tar = sparse_entry(path.encode(), holes, size, b"".join(parts.values()))
    (tmp_path / "a.tar").write_bytes(tar)
    subprocess.run([program, "-xf", "a.tar"], cwd=tmp_path, check=True)
    made = tmp_path / path
    assert made.read_bytes() == make_sparse(tmp_path / "expected", parts, size)
    assert made.stat().st_mtime_ns == 1_600_000_000_000_000_005
    assert made.stat().st_blocks * 512 < size


def test_vector():
    holes = Holes.between([(40960, 8192), (1 << 20, 4096)], SIZE, packed=True)
    expected = vector_bytes("sparse-map-bytes")
    assert encode_map(holes, SIZE) == expected + bytes(BLOCK - len(expected))


@st.composite
def stretches(draw) -> tuple[list[tuple[int, int]], int]:
    numbers = sorted(draw(st.sets(st.integers(0, 1 << 43), max_size=12)))
    if len(numbers) % 2:
        numbers.append(numbers[-1] + 1)
    pairs = [(a, b - a) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    end = sum(pairs[-1]) if pairs else 0
    return pairs, end + draw(st.integers(0 if pairs else 1, 5000))


@examples(200)
@given(stretches())
def test_the_map_comes_back(case):
    pairs, size = case
    holes = Holes.between(pairs, size, packed=True)
    stored = packed_size(holes, size)
    attributes = Attributes(Kind.FILE, 0o644, size, holes=holes)
    data = encode_entry(b"f", attributes) + encode_map(holes, size)
    header = reader_of(data)[0].next()
    assert header is not None
    assert (header.path, header.attributes) == (b"f", attributes)
    assert header.stored == size - holes.total == stored - len(encode_map(holes, size))


def pax(content: bytes, stored: int | None = None, **records: str) -> bytes:
    made = b"".join(
        record(b"GNU.sparse." + key.encode(), value.encode()) for key, value in records.items()
    )
    size = len(content) if stored is None else stored
    return extended(made) + block(size=b"%011o" % size) + content + bytes(-len(content) % BLOCK)


def one(text: bytes, realsize: int = 1 << 20, data: bytes = b"") -> bytes:
    content = text + bytes(-len(text) % BLOCK) + data
    return pax(content, major="1", minor="0", name="n", realsize=str(realsize))


def old(*pairs: tuple[int, int], size: int, stored: int, more: bytes = b"") -> bytes:
    made = bytearray(block(type=b"S", magic=b"ustar  \0", size=b"%011o" % stored))
    for number, (offset, length) in enumerate(pairs):
        at = 386 + 24 * number
        made[at : at + 24] = b"%011o\0%011o\0" % (offset, length)
    made[482] = bool(more)
    made[483:495] = b"%011o\0" % size
    made[148:156] = b" " * 8
    made[148:156] = b"%06o\0 " % sum(made)
    return bytes(made) + more


CRAFTED = {
    "overlapping": one(b"2\n0\n512\n256\n512\n", data=bytes(1024)),
    "out of order": one(b"2\n4096\n512\n0\n512\n", data=bytes(1024)),
    "beyond the size": one(b"1\n1048576\n512\n", data=bytes(512)),
    "more data than stored": one(b"1\n0\n1024\n", data=bytes(512)),
    "less data than stored": one(b"1\n0\n256\n", data=bytes(512)),
    "a huge count": one(b"99999999999\n0\n512\n", data=bytes(512)),
    "more than there is": one(b"1000\n0\n512\n", data=bytes(512)),
    "no number": one(b"one\n0\n512\n", data=bytes(512)),
    "a negative offset": one(b"1\n-512\n512\n", data=bytes(512)),
    "no end of line": one(b"1" * 512 * 40),
    "no map": pax(b"", major="1", minor="0", name="n", realsize="512"),
    "no real size": pax(b"0\n" + bytes(510), major="1", minor="0", name="n"),
    "a real size without end": one(b"0\n", realsize=1 << 63),
    "odd numbers": pax(bytes(512), size="4096", map="0,512,1024"),
    "letters": pax(bytes(512), size="4096", map="0,x"),
    "0.1 out of order": pax(bytes(512), size="4096", map="1024,256,0,256"),
    "old, out of order": old((4096, 512), (0, 512), size=8192, stored=1024),
    "old, too long": old((0, 4096), size=512, stored=4096),
    "old, negative": old((0, 512), size=0, stored=512),
    "old, empty blocks without end": old(
        (0, 512), size=4096, stored=512, more=(bytes(504) + b"\1" + bytes(7)) * 3
    ),
    "old, cut": old((0, 512), size=4096, stored=512, more=b"1" * 100),
}


@pytest.mark.parametrize("case", CRAFTED)
def test_crafted_maps_are_damage(case):
    with pytest.raises(TarError):
        read_all(CRAFTED[case] + bytes(8192))


def test_blocks_without_end_are_not_followed():
    more = (b"%011o\0%011o\0" % (512, 0) + bytes(480) + b"\1" + bytes(7)) * 3
    data = old((0, 512), size=4096, stored=512, more=more)
    with pytest.raises(TarError):
        read_all(data)


def test_a_version_to_come_is_told():
    (read,) = read_all(pax(b"what", major="2", minor="0", name="n", realsize="9") + END)
    assert read.header.sparse
    assert (read.header.path, read.content) == (b"n", b"what")


def test_a_size_alone_is_all_hole():
    (read,) = read_all(pax(b"", size="4096") + END)
    assert read.header.attributes.holes == Holes(array("Q", [0]), array("Q", [4096]), packed=True)
    assert os.fsdecode(read.header.path) == "n"

"""Our headers against the page, and against what Python's tarfile makes of them."""

import io
import tarfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.tar.tars import TYPES, entries, read_header
from tests.fuzz.examples import examples
from tests.golden.page import vector, vector_bytes
from zpack.entries import Attributes, Device, Kind, Owner
from zpack.tar import BLOCK, END, MARKER, encode_entry, write_extras

PLAIN = st.text(alphabet="abc.-_/", min_size=1, max_size=250).map(
    lambda text: "/".join(part for part in text.split("/") if part) or "a"
)


def test_vector_of_the_marker():
    record = vector_bytes("marker-record")
    assert MARKER[BLOCK : BLOCK + len(record)] == record
    assert not any(MARKER[BLOCK + len(record) :])
    assert len(MARKER) == 2 * BLOCK
    info = tarfile.TarInfo.frombuf(MARKER[:BLOCK], "ascii", "strict")
    assert (info.name, info.type, info.size) == ("pax_global_header", b"g", len(record))
    assert (info.mode, info.uid, info.gid, info.mtime) == (0o644, 0, 0, 0)


def vector_entry() -> tuple[bytes, Attributes]:
    fields = dict(item.split("=") for item in vector("ustar-header").split())
    owner = Owner(
        int(fields["uid"]), int(fields["gid"]), fields["uname"].encode(), fields["gname"].encode()
    )
    mode, size, mtime = int(fields["mode"], 8), int(fields["size"]), int(fields["mtime"])
    return fields["name"].encode(), Attributes(Kind.FILE, mode, size, mtime, 0, owner)


def vector_block() -> bytes:
    block = bytearray(BLOCK)
    for line in vector("ustar-header-bytes").splitlines():
        offset, _, digits = line.partition(" ")
        data = bytes.fromhex(digits)
        block[int(offset) : int(offset) + len(data)] = data
    return bytes(block)


def test_vector_of_a_header():
    path, attributes = vector_entry()
    assert encode_entry(path, attributes) == vector_block()


def tar_info(path: bytes, attributes: Attributes, link: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(path.decode("utf-8", "surrogateescape"))
    info.type = TYPES[Kind(attributes.kind)]
    info.mode, info.size, info.mtime = attributes.mode, attributes.size, attributes.mtime
    info.linkname = link.decode("utf-8", "surrogateescape")
    owner = attributes.owner
    info.uid, info.gid = owner.uid, owner.gid
    info.uname, info.gname = owner.user.decode(), owner.group.decode()
    return info


def without_devices(block: bytes) -> bytes:
    """Python writes device numbers of 0 in octal for all entries, where the page wants NULs."""
    made = bytearray(block)
    made[329:345] = bytes(16)
    made[148:156] = b" " * 8
    made[148:156] = b"%06o\0 " % sum(made)
    return bytes(made)


@examples(300)
@given(
    PLAIN,
    st.sampled_from(sorted(TYPES)),
    st.integers(0, 0o7777),
    st.integers(0, 2**33 - 1),
    st.integers(0, 2**33 - 1),
    st.integers(0, 0o7777777),
)
def test_same_block_as_python_where_ustar_is_enough(path, kind, mode, size, mtime, uid):
    attributes = Attributes(
        kind, mode, size if kind == Kind.FILE else 0, mtime, 0, Owner(uid, 5, b"ann", b"users")
    )
    link = b"target" if kind in (Kind.HARD_LINK, Kind.SYMLINK) else b""
    try:
        expected = tar_info(path.encode(), attributes, link).tobuf(tarfile.USTAR_FORMAT)
    except ValueError:  # a name that ustar cannot have
        assert len(encode_entry(path.encode(), attributes, link)) > BLOCK
    else:
        assert encode_entry(path.encode(), attributes, link) == without_devices(expected)


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def read_by_python(data: bytes) -> tarfile.TarInfo:
    with tarfile.open(fileobj=io.BytesIO(data + END), errors="surrogateescape") as archive:
        info = archive.firstmember
    assert info is not None
    return info


@examples(400)
@given(entries())
def test_python_reads_back_everything(entry):
    path, attributes, link = entry
    info = read_by_python(encode_entry(path, attributes, link))
    assert as_bytes(info.name) == path
    assert as_bytes(info.linkname) == link
    assert (info.type, info.mode) == (TYPES[Kind(attributes.kind)], attributes.mode)
    assert info.size == attributes.size
    seconds = Decimal(info.pax_headers.get("mtime", info.mtime))
    assert seconds == attributes.mtime + Decimal(attributes.mtime_ns).scaleb(-9)
    owner = Owner(info.uid, info.gid, as_bytes(info.uname), as_bytes(info.gname))
    assert owner == attributes.owner


@examples(400)
@given(entries())
def test_our_reader_reads_back_everything(entry):
    path, attributes, link = entry
    data = encode_entry(path, attributes, link)
    header = read_header(data)
    assert (header.path, header.attributes, header.link) == (path, attributes, link)
    assert (header.position, header.stored, header.sparse) == (0, attributes.size, False)
    assert len(data) % BLOCK == 0


@pytest.mark.parametrize(
    ("seconds", "ns", "text"),
    [
        (-2, 500_000_000, b"-1.500000000"),
        (-1, 999_999_999, b"-0.000000001"),
        (-5, 0, b"-5"),
        (1, 1, b"1.000000001"),
        (2**33, 0, b"8589934592"),
        (2**33 - 1, 0, None),
        (0, 0, None),
    ],
)
def test_times_as_the_page_writes_them(seconds, ns, text):
    data = encode_entry(b"name", Attributes(Kind.FILE, mtime=seconds, mtime_ns=ns))
    records = data[BLOCK : 2 * BLOCK].rstrip(b"\0") if len(data) > BLOCK else None
    assert records == (None if text is None else b"%d mtime=%b\n" % (len(text) + 10, text))


@pytest.mark.parametrize("length", [*range(95, 105), *range(985, 1000), 9987, 9988, 9989])
def test_a_record_counts_its_own_digits(length):
    path = b"\xc3\xa4" + b"n" * (length - 2)
    header = encode_entry(path, Attributes(Kind.FILE))
    assert read_by_python(header).name.encode() == path


NODES = {
    Kind.CHARACTER_DEVICE: tarfile.CHRTYPE,
    Kind.BLOCK_DEVICE: tarfile.BLKTYPE,
    Kind.FIFO: tarfile.FIFOTYPE,
}


@pytest.mark.parametrize("kind", NODES)
def test_devices_and_fifos(kind):
    device = None if kind == Kind.FIFO else Device(4095, 1_048_575)
    attributes = Attributes(kind, 0o600, 0, 7, 0, device=device)
    data = encode_entry(b"dev/node", attributes)
    info = tarfile.TarInfo.frombuf(data, "utf-8", "strict")
    assert (info.name, info.type, info.size) == ("dev/node", NODES[kind], 0)
    assert (info.devmajor, info.devminor) == (device or (0, 0))
    header = read_header(data)
    assert (header.attributes, header.stored) == (attributes, 0)


def test_extras_follow_the_other_records():
    extras = write_extras({b"user.a": b"\xff\0", b"user.b=": b""}, {b"access": b"user::rwx"})
    attributes = Attributes(Kind.DIRECTORY, 0o700, 0, 7, 500_000_000, extras=extras)
    data = encode_entry("\u00fc".encode(), attributes)
    assert extras in data
    assert b"hdrcharset" not in data  # values are bytes anyway
    with tarfile.open(fileobj=io.BytesIO(data + END)) as tar:
        (info,) = tar.getmembers()
    assert list(info.pax_headers) == [
        "path",
        "mtime",
        "SCHILY.acl.access",
        "SCHILY.xattr.user.a",
        "SCHILY.xattr.user.b%3D",
    ]
    header = read_header(data)
    assert (header.path, header.attributes) == ("\u00fc".encode(), attributes)

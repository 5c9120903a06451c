"""Records of extended headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.tar.tars import record
from tests.fuzz.examples import examples
from tests.golden.page import vector_bytes
from zpack.tar import TarError, read_extras, write_extras
from zpack.tar.pax import extra_records, read_records, read_size, read_time

KEYS = st.binary(min_size=1, max_size=20).filter(
    lambda key: b"=" not in key and not key.startswith(b"GNU.sparse.")
)


@examples(200)
@given(st.dictionaries(KEYS, st.binary(max_size=200), max_size=6))
def test_any_records(records):
    data = b"".join(record(key, value) for key, value in records.items())
    assert read_records(data) == records


def test_the_last_of_repeated_ones_counts():
    assert read_records(record(b"path", b"a") + record(b"path", b"b")) == {b"path": b"b"}


@pytest.mark.parametrize(
    "data",
    [
        b"0 a=b\n",
        b"1 a=b\n",
        b"3 a=b\n",
        b"5 a=b\n",
        b"7 a=b\n",
        b"-6 a=b\n",
        b"+6 a=b\n",
        b"6_0 a=b\n",
        b" 6 a=b\n",
        b"6 ab=\0",
        b"6 abc\n",
        b"5 =b\n",
        b"a=b\n",
        b"6 a=b\n\n",
        b"99999999999999999999 a=b\n",
        b"9" * 5000 + b" a=b\n",
        "\uff16 a=b\n".encode(),
        b"6\xa0a=b\n",
    ],
)
def test_what_makes_no_sense(data):
    with pytest.raises(TarError):
        read_records(data)


@examples(300)
@given(st.lists(st.one_of(st.binary(max_size=12), st.builds(record, KEYS, KEYS)), max_size=6))
def test_noise_raises_nothing_else(parts):
    try:
        records = read_records(b"".join(parts))
    except TarError:
        return
    assert len(records) <= len(b"".join(parts))


@pytest.mark.parametrize(("value", "size"), [(b"0", 0), (b"007", 7), (b"8589934592", 1 << 33)])
def test_sizes(value, size):
    assert read_size(value) == size


@pytest.mark.parametrize("value", [b"", b"-1", b"+1", b"1.5", b" 1", b"1_0", b"9" * 21, b"\xb2"])
def test_what_is_no_size(value):
    with pytest.raises(TarError):
        read_size(value)


@pytest.mark.parametrize(
    ("value", "time"),
    [
        (b"0", (0, 0)),
        (b"1.5", (1, 500_000_000)),
        (b"-1.5", (-2, 500_000_000)),
        (b"-1", (-1, 0)),
        (b"-0", (0, 0)),
        (b"-0.000000001", (-1, 999_999_999)),
        (b"1.", (1, 0)),
        (b".5", (0, 500_000_000)),
        (b"1.1234567899", (1, 123_456_789)),
        (b"253402300799.999999999", (253_402_300_799, 999_999_999)),
    ],
)
def test_times(value, time):
    assert read_time(value) == time


@pytest.mark.parametrize("value", [b"", b".", b"-", b"--1", b"+1", b"1e5", b"nan", b"9" * 21])
def test_what_is_no_time(value):
    with pytest.raises(TarError):
        read_time(value)


def test_vector_of_extras():
    acl = b"user::rw-,user:ann:rw-:1000,user:2000:r--,group::r--,mask::rw-,other::r--"
    made = write_extras({b"user.note": b"hello", b"user.a=b": b"\0\xff"}, {b"access": acl})
    assert made == vector_bytes("extras-bytes")


XATTRS = st.dictionaries(
    st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name),
    st.binary(max_size=300),
    max_size=5,
)


@examples(200)
@given(XATTRS, st.dictionaries(st.sampled_from([b"access", b"default"]), st.binary(max_size=50)))
def test_extras_come_back(xattrs, acls):
    extras = write_extras(xattrs, acls)
    assert read_extras(extras) == (xattrs, acls)
    assert extra_records(read_records(extras)) == extras


def test_extras_of_libarchive():
    records = read_records(
        record(b"LIBARCHIVE.xattr.user.a%3Db", b"AP8KPQ")
        + record(b"LIBARCHIVE.xattr.user.both", b"eA==")
        + record(b"SCHILY.xattr.user.both", b"y")
        + record(b"mtime", b"5")
    )
    xattrs, acls = read_extras(extra_records(records))
    assert xattrs == {b"user.a=b": b"\0\xff\n=", b"user.both": b"y"}
    assert acls == {}


def test_base64_that_is_none():
    with pytest.raises(TarError):
        extra_records({b"LIBARCHIVE.xattr.user.a": b"A"})

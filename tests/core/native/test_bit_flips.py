"""Whatever single bit of an archive flips, and wherever it is cut: it is never called proven."""

import contextlib
import os
import random

import pytest

from tests.core.native.parts import Content, make_archive, verified
from zpack.errors import ArchiveDamaged, NewerFormat, NotAnArchive, ZpackError
from zpack.operations import Proof

FLIPS = 10_000
REFUSED = (ArchiveDamaged, NewerFormat, NotAnArchive)


def archive() -> bytes:
    """Files of all sorts in several frames, links and folders; small, since it is read often."""
    source = random.Random(1)
    files = {b"text %d" % n: b"line %d\n" % n * 150 for n in range(6)}
    files |= {b"noise %d" % n: source.randbytes(1000) for n in range(4)}
    files |= {b"large": source.randbytes(5000) + bytes(9000), b"none": b"", "ü".encode(): b"x"}
    return make_archive(
        Content(
            files,
            hard={b"again": b"text 1", b"again and again": b"large"},
            soft={b"link": b"text 1", b"dangling": b"/no/where"},
            folders=(b"folder", b"other folder"),
        ),
        capacity=8192,
    )


@pytest.fixture(scope="module")
def data() -> bytes:
    made = archive()
    assert len(made) <= 200_000
    return made


def never_proven(path) -> None:
    try:
        report = verified(path)
    except REFUSED:
        return
    assert report.proof in (Proof.DAMAGED, Proof.PROOF_LOST)
    assert report.exit_code == 4


def test_it_is_proven_as_it_is(data, tmp_path):
    assert verified(tmp_path / "archive", data).proof is Proof.PROVEN


@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_flipped_bits(data, tmp_path, part):
    path = tmp_path / "archive"
    path.write_bytes(data)
    bits = random.Random(20).sample(range(8 * len(data)), FLIPS)
    fd = os.open(path, os.O_WRONLY)
    try:
        for bit in bits[part::4]:
            byte = data[bit // 8]
            os.pwrite(fd, bytes([byte ^ 1 << bit % 8]), bit // 8)
            never_proven(path)
            os.pwrite(fd, bytes([byte]), bit // 8)
    finally:
        os.close(fd)
    assert verified(path).proof is Proof.PROVEN


def test_every_cut(data, tmp_path):
    path = tmp_path / "archive"
    path.write_bytes(data)
    for length in reversed(range(len(data))):
        os.truncate(path, length)
        with contextlib.suppress(ZpackError):
            assert verified(path).proof is not Proof.PROVEN

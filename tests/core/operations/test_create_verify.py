"""A new archive is read back before it takes its name."""

import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker, snapshot
from zpack.codecs import Encoder
from zpack.errors import VerificationFailed
from zpack.filesystem import AtomicFile
from zpack.operations import Originals


class Disk:
    """Spoils one byte of what is written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        write, self._left = AtomicFile.write, at

        def spoiled(file: AtomicFile, data: bytes) -> None:
            at, self._left = self._left, self._left - len(data)
            if 0 <= at < len(data):
                data = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
            write(file, data)

        monkeypatch.setattr(AtomicFile, "write", spoiled)


def test_verified(tree: Path, make: Maker) -> None:
    assert make(tree, verify=True).verified
    assert not make(tree, target="2.tar.zst").verified


@pytest.mark.parametrize("at", [0, 200, 1200, -1])
@pytest.mark.parametrize("originals", list(Originals))
def test_a_disk_that_spoils_a_byte(
    tree: Path, tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch, at: int, originals
) -> None:
    target = tmp_path / "made.tar.zst"
    size = make(tree).bytes_out
    target.write_bytes(b"precious")
    before = snapshot(tree)
    Disk(monkeypatch, at % size)
    with pytest.raises(VerificationFailed):
        make(tree, verify=True, overwrite=True, originals=originals)
    assert target.read_bytes() == b"precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.tar.zst", "tree"]
    assert snapshot(tree) == before


def test_memory_that_spoils_a_frame(
    tree: Path, tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = Encoder.encode

    def spoiled(encoder, content, check):
        return encode(encoder, memoryview(bytes(content)[:-1] + b"\1"), check)

    monkeypatch.setattr(Encoder, "encode", spoiled)
    for options in ({"verify": True}, {"preset": "best"}):
        with pytest.raises(VerificationFailed, match="did not unpack"):
            make(tree, **options)
    assert os.listdir(tmp_path) == ["tree"]

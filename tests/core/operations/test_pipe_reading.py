"""What is read for a pipe: only what is chosen."""

import io
import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from zpack.filesystem import SourceFile
from zpack.jobs import Control
from zpack.operations import PipeRequest, write_contents


def test_one_file_reads_one_frame(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(8):
        (tmp_path / "in" / f"{number}").write_bytes(os.urandom(5 << 20))
    archive = make(tmp_path / "in", preset="fast").target
    read: list[int] = []
    real = SourceFile.pread

    def counted(self: SourceFile, length: int, offset: int) -> bytes:
        data = real(self, length, offset)
        read.append(len(data))
        return data

    monkeypatch.setattr(SourceFile, "pread", counted)
    write_contents(PipeRequest(archive, ("in/3",)), io.BytesIO(), Control())
    assert sum(read) < 9 << 20

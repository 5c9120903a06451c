"""Bytes of an archive in a new one, and how they are counted."""

from pathlib import Path

import pytest

from zpack.filesystem import AtomicFile, SourceFile
from zpack.jobs import Cancelled, Control
from zpack.operations import byte_copies
from zpack.operations.byte_copies import append_bytes, pieces_of, stepper

DATA = bytes(range(250))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(byte_copies, "_PIECE", 100)
    (tmp_path / "old").write_bytes(DATA)
    return tmp_path / "old"


def test_pieces_end_where_they_should_and_where_the_file_ends(old: Path) -> None:
    with SourceFile(str(old)) as source:
        assert [len(piece) for piece in pieces_of(source, 0, 250)] == [100, 100, 50]
        assert b"".join(pieces_of(source, 30, 131)) == DATA[30:131]
        assert b"".join(pieces_of(source, 200, 1000)) == DATA[200:]
        assert list(pieces_of(source, 7, 7)) == []


def test_appended_bytes_are_counted(old: Path, tmp_path: Path) -> None:
    control = Control()
    with (
        SourceFile(str(old)) as source,
        AtomicFile(str(tmp_path / "new"), overwrite=False) as target,
    ):
        append_bytes(target, source, 10, 240, stepper(control))
        target.commit()
    assert (tmp_path / "new").read_bytes() == DATA[10:240]
    assert sum(lane.bytes_done for lane in control.progress.lanes) == 230


def test_cancelling_is_noticed_after_a_piece(old: Path, tmp_path: Path) -> None:
    control = Control()
    control.cancel()
    with (
        SourceFile(str(old)) as source,
        AtomicFile(str(tmp_path / "new"), overwrite=False) as target,
    ):
        with pytest.raises(Cancelled):
            append_bytes(target, source, 0, 250, stepper(control))
        assert source.bytes_read == 100
    assert not (tmp_path / "new").exists()

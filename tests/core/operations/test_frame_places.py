"""Front ends learn where an archive's frames are."""

from pathlib import Path

from tests.core.operations.test_verify_decoding import BIG, made
from zpack.jobs import Control, ProgressReader
from zpack.operations import VerifyRequest, verify
from zpack.operations.frame_places import FramePlaces


def test_verifying_tells_them(tmp_path: Path) -> None:
    path, table = made(tmp_path, big=BIG)
    control = Control()
    reader = ProgressReader(control.progress)
    verify(VerifyRequest(str(path)), control)
    places = control.progress.parts
    assert isinstance(places, FramePlaces)
    assert len(places) == len(table)
    assert list(places.offset) == list(table.offset)
    assert list(places.content) == list(table.dsize)
    sample = reader.sample()
    assert sorted(sample.settled) == list(range(len(table)))
    assert sample.part_states == bytes([1]) * len(table)

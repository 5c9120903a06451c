"""The proof of memory, at a size that takes no time."""

from pathlib import Path

import pytest

import zpack
from benchmarks import memory
from benchmarks.options import parse
from zpack.tar.sparse import PACKED_FROM


def test_pretenders_are_long_and_take_no_room(tmp_path: Path) -> None:
    memory.make_pretenders(tmp_path / "source", 2_000_000_001)
    found = sorted((tmp_path / "source").iterdir())
    assert [path.stat().st_size for path in found] == [1_000_000_000, 1_000_000_000, 1]
    assert sum(path.stat().st_blocks * 512 for path in found) < 1_000_000
    with found[0].open("rb") as file:
        file.seek(64 << 20)
        assert file.read(4096) == (64 << 20).to_bytes(8, "little") * 512


def test_every_byte_of_a_pretender_goes_into_the_archive(tmp_path: Path) -> None:
    memory.make_pretenders(tmp_path / "source", 40_000_000)
    target = str(tmp_path / "a.tar.zst")
    zpack.create(zpack.CreateRequest(target, (str(tmp_path / "source"),)), zpack.Control())
    info = zpack.info(zpack.InfoRequest(target), zpack.Control())
    assert info.tar_size > info.content_size == 40_000_000


def test_a_full_pretender_is_below_what_is_stored_sparsely() -> None:
    assert memory.GIGABYTE < PACKED_FROM


@pytest.mark.slow
def test_the_whole_proof_at_a_small_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.main(parse(["--memory", "--size", "0.005", "--place", str(tmp_path)]))
    shown = capsys.readouterr().out
    assert "the growth means nothing" in shown
    assert "create balanced, entries" in shown
    assert "verify, GB" in shown
    assert list(tmp_path.iterdir()) == []

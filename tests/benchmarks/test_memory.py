"""The proof of memory, at a size that takes no time."""

from pathlib import Path

import pytest

from benchmarks import memory
from benchmarks.options import parse


def test_the_pretender_is_long_and_takes_no_room(tmp_path: Path) -> None:
    path = tmp_path / "file"
    memory.make_pretender(path, 1_000_000_001)
    assert path.stat().st_size == 1_000_000_001
    assert path.stat().st_blocks * 512 < 1_000_000
    with path.open("rb") as file:
        file.seek(64 << 20)
        assert file.read(4096) == (64 << 20).to_bytes(8, "little") * 512


@pytest.mark.slow
def test_the_whole_proof_at_a_small_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert memory.main(parse(["--memory", "--size", "0.005", "--place", str(tmp_path)])) == 0
    shown = capsys.readouterr().out
    assert "create balanced, entries" in shown
    assert "verify, GB" in shown
    assert list(tmp_path.iterdir()) == []

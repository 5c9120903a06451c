"""The comparison with other archivers: the same damage, and what counts as whole."""

import random
import shutil
from pathlib import Path

import pytest

from benchmarks.damage_lab.contest import BLOWS, Contest, Score, damage, grow_documents
from benchmarks.damage_lab.contest_report import contest_table, versions

_PROGRAMS = ("tar", "zstd", "par2", "7zz", "zip", "unzip")


def test_files_are_damaged_as_they_lie_one_behind_the_other(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1" * 60_000)
    second.write_bytes(b"2" * 40_000)
    place = tmp_path / "place"
    place.mkdir()
    cut = damage([first, second], BLOWS["30 % cut off at the end"], random.Random(1), place)
    assert [path.stat().st_size for path in cut] == [60_000, 10_000]
    cut = damage([first, second], BLOWS["the last 4 KiB zeroed"], random.Random(1), place)
    assert cut[1].read_bytes() == b"2" * 35_904 + bytes(4096)


@pytest.mark.parametrize("blow", BLOWS)
def test_all_archives_are_hit_in_the_same_places(blow: str) -> None:
    for size in (1_000_000, 2_000_000):
        hits = [BLOWS[blow](size, random.Random(5)) for _ in range(2)]
        assert hits[0] == hits[1]
        assert all(0 <= edit.start <= edit.end <= size for edit in hits[0])
        small = BLOWS[blow](1_000_000, random.Random(5))[0]
        assert abs(hits[0][0].start / size - small.start / 1_000_000) < 0.02


def test_a_score_is_all_or_nothing_only_if_it_is() -> None:
    assert Score([1.0, 1.0], [0.0, 0.0]).show() == "100 / 0"
    assert Score([1.0, 0.9999], [0.0001, 0.0]).show() == "99.9 / 0.1"


@pytest.mark.skipif(not all(map(shutil.which, _PROGRAMS)), reason="other archivers are missing")
def test_each_brings_back_what_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "origin" / "tree"
    grow_documents(tree, 300_000, random.Random(1))
    contest = Contest(tree, tmp_path, seed=1)
    none = "one byte put in"
    monkeypatch.setitem(BLOWS, none, lambda _size, _chance: [])
    kept = {"the last 4 KiB zeroed", none}
    for blow in [blow for blow in BLOWS if blow not in kept]:
        monkeypatch.delitem(BLOWS, blow)
    contest.run(1)
    assert {score.show() for score in contest.scores[none].values()} == {"100 / 100"}
    last = {name: score.show() for name, score in contest.scores["the last 4 KiB zeroed"].items()}
    assert last["7z"] == "0 / 0"
    assert last["zpack, record of 5 %"] == "100 / 100"
    assert last["tar + zstd"] != "100 / 100"
    assert "| the last 4 KiB zeroed |" in contest_table(contest)
    assert any(line.startswith("par2: par2cmdline") for line in versions(contest))

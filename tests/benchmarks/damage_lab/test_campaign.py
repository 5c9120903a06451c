"""Campaigns: which trials are done, how they are told, and that one can be done again."""

from pathlib import Path

import pytest

from benchmarks.damage_lab.__main__ import main
from benchmarks.damage_lab.campaign import cases, engine_for
from benchmarks.damage_lab.engine import Command
from benchmarks.damage_lab.options import parse
from benchmarks.damage_lab.subjects import RECORDS, recipes
from benchmarks.damage_lab.trial import COPIES
from benchmarks.damage_lab.wounds import RATES, WOUNDS


def test_every_archive_and_every_damage_unless_told_otherwise() -> None:
    done = list(cases(parse([])))
    assert {case.wound for _, case in done} == {*WOUNDS, COPIES}
    assert len({f"bit-rot-{rate:.0e}" for rate in RATES} & set(WOUNDS)) == 7
    names = {recipe.name for recipe, _ in done}
    assert {f"tiny-fastest-{record}%" for record in RECORDS} <= names
    assert "20MB-balanced-10%-volumes" in names
    assert not any(name.startswith("1GB") for name in names)
    assert any(recipe.size.name == "1GB" for recipe in recipes())
    assert len({recipe.name for recipe in recipes()}) == len(recipes())


def test_what_was_asked_for() -> None:
    wishes = "--size tiny --kind bursts --kind aimed --trials 3 --seed 9 --only fastest-5%"
    done = [case for _, case in cases(parse(wishes.split()))]
    assert [str(case) for case in done] == [
        f"9/tiny-fastest-5%/{kind}/{number}" for kind in ("bursts", "aimed") for number in range(3)
    ]


def test_the_seed_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZPACK_DAMAGE_SEED", "77")
    assert parse([]).seed == 77
    assert parse(["--seed", "5"]).seed == 5


def test_large_archives_may_take_longer() -> None:
    limits = {recipe.size.name: engine_for(recipe, command=False).limit for recipe in recipes()}
    assert limits["tiny"] < limits["100MB"] < limits["1GB"]
    assert isinstance(engine_for(recipes()[0], command=True), Command)


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--place", str(tmp_path), "--kept", str(tmp_path / "kept")]
    assert main(["--size", "tiny", "--only", "balanced-5%", "--seed", "3", *here]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Seed 3.")
    assert f"{len(WOUNDS) + 1} trials of {len(WOUNDS) + 1}, 0 of them not kept" in told
    assert main(["--replay", "3/tiny-balanced-5%/one-byte/0", *here]) == 0
    told = capsys.readouterr().out
    assert "1 bytes overwritten at" in told
    assert "promised: True, restored: True, 1 of 1 files" in told
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_done_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ("3/huge-balanced-5%/one-byte/0", "3/tiny-balanced-5%/sunburn/0", "nonsense"):
        assert main(["--place", str(tmp_path), "--replay", wrong]) == 2
        assert "no trial" in capsys.readouterr().err

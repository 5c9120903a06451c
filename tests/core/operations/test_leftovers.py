"""What a killed job left."""

from pathlib import Path

from zpack.operations import (
    AddRecoveryRequest,
    CreateRequest,
    ExtractRequest,
    RepairRequest,
    VerifyRequest,
)
from zpack.operations.leftovers import clear_leftovers

PART = "0123abcd.zpack-part"


def test_of_a_creation(tmp_path: Path) -> None:
    left, other = tmp_path / f".x.tar.zst.{PART}", tmp_path / f".y.tar.zst.{PART}"
    left.write_text("half")
    other.write_text("another's")
    clear_leftovers(CreateRequest(str(tmp_path / "x.tar.zst"), ("a",)))
    assert [path.name for path in tmp_path.iterdir()] == [other.name]


def test_of_an_extraction(tmp_path: Path) -> None:
    destination = tmp_path / "there"
    for left in (tmp_path / f".there.{PART}", destination / f".photos.{PART}"):
        (left / "half").mkdir(parents=True)
    (destination / f".file.{PART}").write_text("half")
    (destination / "mine").write_text("mine")
    clear_leftovers(ExtractRequest("x.tar.zst", str(destination)))
    assert [path.name for path in tmp_path.rglob("*")] == ["there", "mine"]


def test_of_a_repair(tmp_path: Path) -> None:
    fixed, parts = str(tmp_path / "fixed"), str(tmp_path / "parts")
    for name in ("damaged", "fixed", "parts"):
        (tmp_path / f".{name}.{PART}").write_text("half")
    clear_leftovers(RepairRequest(str(tmp_path / "damaged"), fixed, partial=parts))
    assert [path.name for path in tmp_path.iterdir()] == [f".damaged.{PART}"]
    clear_leftovers(AddRecoveryRequest(str(tmp_path / "damaged"), 5, fixed))
    assert [path.name for path in tmp_path.iterdir()] == [f".damaged.{PART}"]
    clear_leftovers(AddRecoveryRequest(str(tmp_path / "damaged"), 5))
    assert not list(tmp_path.iterdir())


def test_where_nothing_is(tmp_path: Path) -> None:
    clear_leftovers(ExtractRequest("x.tar.zst", str(tmp_path / "gone")))
    clear_leftovers(VerifyRequest("x.tar.zst"))
    assert not list(tmp_path.iterdir())

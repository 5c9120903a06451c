"""Archives with a recovery record: other programs read them, and the command brings them back."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import pyzstd

from tests.end_to_end.people import give_away, public_folder, remove_folder
from tests.end_to_end.programs import run, zpack


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A tree, and archives of it in both formats."""
    folder, chance = public_folder(), random.Random(1)
    (folder / "tree" / "sub").mkdir(parents=True)
    for number in range(40):
        text = b"line %d\n" % number * chance.randrange(9000)
        (folder / "tree" / "sub" / f"{number}.txt").write_bytes(text)
    (folder / "tree" / "noise").write_bytes(chance.randbytes(1_500_000))
    give_away(folder)
    for ending in ("tar.zst", "tar.lz4"):
        zpack("create", folder / f"x.{ending}", folder / "tree", "--recovery", "10%")
    yield folder
    remove_folder(folder)


def names_by_tar(*arguments: str | Path) -> list[bytes]:
    return sorted(run("tar", *arguments).stdout.splitlines())


def test_tar_and_bsdtar_list_it(folder: Path) -> None:
    listed = names_by_tar("--zstd", "-tf", folder / "x.tar.zst")
    assert len(listed) == 43
    assert names_by_tar("-I", "lz4", "-tf", folder / "x.tar.lz4") == listed
    for ending in ("tar.zst", "tar.lz4"):
        assert sorted(run("bsdtar", "-tf", folder / f"x.{ending}").stdout.splitlines()) == listed


def test_their_programs_test_it(folder: Path) -> None:
    run("zstd", "-qt", folder / "x.tar.zst")
    run("lz4", "-qt", folder / "x.tar.lz4")
    assert b"Everything is Ok" in run("7zz", "t", "-bd", folder / "x.tar.zst").stdout


def test_its_seek_table_is_right(folder: Path) -> None:
    whole = run("zstd", "-dcq", folder / "x.tar.zst").stdout
    with pyzstd.SeekableZstdFile(folder / "x.tar.zst") as ours:
        assert ours.read() == whole


@pytest.mark.parametrize("ending", ["tar.zst", "tar.lz4"])
def test_damaged_and_repaired(folder: Path, place: Path, ending: str) -> None:
    whole = (folder / f"x.{ending}").read_bytes()
    damaged, fixed = place / f"damaged.{ending}", place / f"fixed.{ending}"
    damaged.write_bytes(whole[9000:40_000] + b"inserted" + whole[100_000:-3000])
    zpack("repair", damaged, "-o", fixed)
    assert fixed.read_bytes() == whole
    zpack("verify", fixed)


def test_volumes(folder: Path, place: Path) -> None:
    zpack(
        *("create", place / "v.tar.zst", folder / "tree"),
        *("--recovery", "40%", "--volume-size", "400k"),
    )
    volumes = sorted(place.glob("v.tar.zst.*"))
    whole = b"".join(volume.read_bytes() for volume in volumes)
    data = bytearray(volumes[1].read_bytes())
    data[1000:50_000] = bytes(49_000)
    volumes[1].write_bytes(data)
    zpack("repair", volumes[0], "-o", place / "fixed.tar.zst")
    assert (place / "fixed.tar.zst").read_bytes() == whole
    volumes[1].unlink()
    zpack("repair", volumes[0], "-o", place / "fixed.tar.zst", "--overwrite")
    assert (place / "fixed.tar.zst").read_bytes() == whole


def test_editing_keeps_it(folder: Path, place: Path) -> None:
    archive = place / "e.tar.zst"
    archive.write_bytes((folder / "x.tar.zst").read_bytes())
    give_away(archive)
    zpack("delete", archive, "tree/sub/7.txt")
    assert b"10 % of it" in zpack("info", archive).stdout
    run("zstd", "-qt", archive)

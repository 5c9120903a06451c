"""Archives of several frames, damaged, repaired and looked at."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.native.parts import take_apart
from zpack.jobs import Control
from zpack.native.lz4_profile import TAR_LZ4
from zpack.operations import (
    AssessDamageRequest,
    CreateRequest,
    DamageReport,
    ExtractRequest,
    ListRequest,
    RepairReport,
    RepairRequest,
    VerifyReport,
    VerifyRequest,
    assess_damage,
    create,
    extract,
    list_archive,
    presets,
    repair,
    verify,
)
from zpack.operations.presets import Preset

FILES = 12
SIZE = 60_000
TINY = (  # some files in a frame
    Preset("tiny", "Tiny", "For tests", 1, False, 1 << 18, False),
    Preset("tiny lz4", "Tiny", "For tests", 1, False, 1 << 18, False, TAR_LZ4),
)


def grow(root: Path) -> Path:
    """A tree whose archives have several frames, with links and folders."""
    chance = random.Random(3)
    (root / "sub" / "empty").mkdir(parents=True)
    for number in range(FILES):
        (root / f"file {number:02}").write_bytes(chance.randbytes(SIZE))
    (root / "small").write_text("small\n")
    (root / "soft").symlink_to("small")
    (root / "sub" / "hard").hardlink_to(root / "small")
    return root


def archive_of(root: Path, target: Path, **wishes: object) -> bytes:
    """Its bytes."""
    wanted = "tiny" if target.suffix == ".zst" else "tiny lz4"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presets, "PRESETS", (*presets.PRESETS, *TINY))
        create(CreateRequest(str(target), (str(root),), wanted, **wishes), Control())  # type: ignore[arg-type]
    return target.read_bytes()


def repaired(
    damaged: bytes, folder: Path, *copies: bytes, ending: str = "tar.zst", told: bool = True
) -> RepairReport:
    """The report; the archive is at its ``target``. The damaged files stay as they are, and what is
    ``told`` before is what is done."""
    paths = []
    for number, data in enumerate((damaged, *copies)):
        path = folder / f"damaged {number}.{ending}"
        path.write_bytes(data)
        paths.append(path)
    fixed = folder / f"fixed.{ending}"
    first, *others = map(str, paths)
    before = assess_damage(AssessDamageRequest(first, tuple(others)), Control())
    report = repair(RepairRequest(first, str(fixed), tuple(others), overwrite=True), Control())
    for path, data in zip(paths, (damaged, *copies), strict=True):
        assert path.read_bytes() == data
    assert same_but_time(before, report.damage) or not told
    return report


def same_but_time(told: DamageReport, done: DamageReport) -> bool:
    """What is told before is what is done."""
    return replace(told, seconds=0.0) == replace(done, seconds=0.0)


def proof_of(path: str | Path) -> VerifyReport:
    return verify(VerifyRequest(str(path)), Control())


def paths_in(path: str | Path) -> set[str]:
    listing = list_archive(ListRequest(str(path)), Control()).listing
    return {name.decode() for _, name in listing.walk()}


def places(data: bytes) -> tuple[int, int, int]:
    """The middle of a frame that is neither the first nor the last with files, where its frames
    end, and where its index begins."""
    parts = take_apart(data)
    ends, at = [], len(parts.head)
    for frame in parts.frames:
        at += len(frame)
        ends.append(at)
    return (ends[0] + ends[1]) // 2, ends[-1], data.index(b"zpkindex") - 8


def files_of(archive: str, folder: Path) -> dict[str, bytes]:
    extract(ExtractRequest(archive, str(folder)), Control())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def check_files(archive: str, root: Path, folder: Path) -> set[str]:
    """What is in an archive is as it was; returns which files are."""
    found = files_of(archive, folder)
    for name, content in found.items():
        assert (root.parent / name).read_bytes() == content, name
    return set(found)

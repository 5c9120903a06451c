"""Class 12: loops without end, lengths and offsets that make no sense.

tarfile 2025-8194, 2019-20907; zipfile 2024-8088. More of them, as tars and as bytes:
``tests/core/tar/test_hostile_tars.py``, ``tests/fuzz``.
"""

from pathlib import Path

import pytest

from tests.core.native.parts import Parts, put_together
from tests.core.tar.tars import block, extended, record
from tests.core.threats.crafting import FIRST, LAST, file, take_for_zpack, tar_of, zstd
from tests.core.threats.field import Field, zpack
from zpack.tar import END, MARKER

GOOD = tar_of(FIRST)
TARS = {
    "a size below zero": block(size=b"\xff" * 12),
    "an extended header of itself": extended(b"", size=512) + block(),
    "an extended header of size below zero": block(type=b"x", size=b"\xff" * 12),
    "a record of length zero": extended(b"0 path=a\n") + block(),
    "a record that leads back": extended(b"-5 path=a\n") + block(),
    "a record longer than its header": extended(b"99 path=a\n") + block(),
    "extended headers only": extended(record(b"path", b"x")) * 5000,
    "long names only": extended(b"long\0", b"L") * 5000,
    "a label of size below zero": block(type=b"V", size=b"\xff" * 12) + block(),
    "a sparse map without end": block(type=b"S", size=b"0") + b"\xff" * 512 * 100,
    "a size past all files": block(size=b"77777777777"),
}


@pytest.mark.parametrize("name", TARS)
def test_a_tar_with(tmp_path: Path, name: str) -> None:
    """What comes before it comes out, and the work ends."""
    field = Field(tmp_path, "tar.zst")
    field.archive.write_bytes(zstd(GOOD + TARS[name] + END))
    field.look()
    answer = field.extract()
    assert answer.code == 4
    assert (field.out / "good" / "first").read_bytes() == b"first"


def parts() -> Parts:
    return take_for_zpack(MARKER + tar_of(FIRST, file("a/b/c"), file("a/d"), LAST))


LIES = {
    "a folder in itself": ("parent", 2, 2),
    "a folder below what is in it": ("parent", 1, 3),
    "a folder that is not there": ("parent", 3, 9999),
    "a frame that is not there": ("frame", 3, 7),
    "an offset past the frame": ("offset", 3, 1 << 30),
    "an offset that is no header": ("offset", 3, 1000),
    "an offset before the one before": ("offset", -1, 0),
    "a size past the archive": ("size", -1, 1 << 30),
    "a name without an end": ("name_end", -1, 1 << 20),
    "a name that ends before it begins": ("name_end", 2, 0),
    "an owner who is not there": ("owner", 1, 99),
    "a kind that is not there": ("kind", 3, 99),
    "a frame past the file": ("frame_offset", 0, 1 << 40),
    "a frame of no content": ("frame_dsize", 0, 0),
    "a frame of too much content": ("frame_dsize", 0, 1 << 31),
    "a time past all calendars": ("mtime", 3, (1 << 63) - 1),
}


@pytest.mark.parametrize("name", LIES)
def test_an_index_with(tmp_path: Path, name: str) -> None:
    """The tar, which is the truth, is read instead, or the damage is told."""
    column, row, value = LIES[name]
    made = parts()
    made.values(column)[row] = value
    field = Field(tmp_path, "zpack")
    field.archive.write_bytes(put_together(made))
    field.look()
    assert zpack("verify", field.archive).code == 4
    answer = field.extract()
    assert answer.code == 4
    assert field.came_out <= {"a/b/c", "a/d"}

"""Class 11: little that claims or becomes much. zipfile 2019-9674, 2024-0450.

Memory stays bounded whatever an archive claims; limits on what is extracted are tried in
``test_limits``.
"""

import resource
import struct
import subprocess
from pathlib import Path

import pytest
import zstandard

from tests.core.cli.support import SECONDS, command, environment
from tests.core.native.parts import put_together
from tests.core.threats.crafting import bomb, file, member, plain, take_for_zpack, tar_of, zstd
from tests.core.threats.field import Field, zpack
from zpack.tar import END, MARKER

MEMORY = 1 << 30


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run_with_little_memory(*arguments: str | Path) -> int:
    done = subprocess.run(
        command(*arguments),
        env=environment(),
        preexec_fn=limited,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=SECONDS,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"Memory" not in done.stderr
    return done.returncode


@pytest.mark.parametrize("verb", ["list", "verify"])
def test_a_file_of_nothing_but_zeros(tmp_path: Path, verb: str) -> None:
    bomb(tmp_path / "bomb", 2 * MEMORY)
    assert (tmp_path / "bomb").stat().st_size < 1 << 20
    assert run_with_little_memory(verb, tmp_path / "bomb") == 0


@pytest.mark.parametrize("size", [1 << 40, 1 << 60, (1 << 62) + 1, 0o77777777777])
def test_a_size_that_is_not_there(tmp_path: Path, size: int) -> None:
    """No room is taken on the word of a header."""
    field = Field(tmp_path, "tar.zst")
    info = member("huge")
    info.size = size
    field.archive.write_bytes(zstd(tar_of(file("good"), (info, b"x" * 512)) + END))
    field.look()
    answer = field.extract()
    assert answer.code == 4
    assert (field.out / "good").read_bytes() == b"evil"
    assert sum(path.stat().st_blocks for path in field.out.iterdir()) < 100


def test_a_million_names_in_little_room(tmp_path: Path) -> None:
    header = tar_of(file("n", b""))
    (tmp_path / "many").write_bytes(zstd(header * 200_000 + END))
    assert (tmp_path / "many").stat().st_size < 50_000
    assert run_with_little_memory("info", tmp_path / "many") == 0


def test_an_archive_in_an_archive_stays_packed(field: Field) -> None:
    """Nothing inside is opened unasked, however deep."""
    inner = plain(file("../evil"))
    for _ in range(5):
        inner = plain(file("inner.tar.zst", inner))
    field.put(file("inner.tar.zst", inner))
    assert field.attack().code == 0
    assert field.came_out == {"inner.tar.zst"}


def with_a_column(name: bytes, length: int) -> bytes:
    """A zpack archive whose index has one more column, of zeros."""
    parts = take_for_zpack(MARKER + tar_of(file("good")))
    coder = zstandard.ZstdCompressor(write_checksum=True).compressobj(size=length)
    packed = b"".join(
        [*(coder.compress(bytes(1 << 20)) for _ in range(length >> 20)), coder.flush()]
    )
    if name.decode() in parts.columns:
        del parts.columns[name.decode()]

    def grow(section: bytes) -> bytes:
        head, body = section[:24], section[24:]
        rows, count, reserved = struct.unpack_from("<QII", body)
        at = 16 + 40 * count
        described = struct.pack("<16sc7sQQ", name, b"B", bytes(7), length, len(packed))
        body = struct.pack("<QII", rows, count + 1, reserved) + body[16:at] + described + body[at:]
        head = (
            struct.pack("<II", *(struct.unpack_from("<I", head)[0], 16 + len(body + packed)))
            + head[8:]
        )
        return head + body + packed

    return put_together(parts, index=grow)


@pytest.mark.parametrize("name", [b"unknown", b"names", b"links"])
def test_an_index_that_becomes_two_gigabytes(tmp_path: Path, name: bytes) -> None:
    data = with_a_column(name, (2 << 30) - (1 << 20))
    assert len(data) < 1 << 18
    (tmp_path / "attack").write_bytes(data)
    assert run_with_little_memory("list", tmp_path / "attack") == 4


def test_owners_without_number(tmp_path: Path) -> None:
    """Each would become an object, a hundred times the size of what it is made from."""
    (tmp_path / "attack").write_bytes(with_a_column(b"owner_names", 60 << 20))
    assert run_with_little_memory("list", tmp_path / "attack") == 4


@pytest.mark.parametrize("limit", [("--max-size", "1M"), ("--max-entries", "1")])
def test_past_a_limit_nothing_comes_out(field: Field, limit: tuple[str, str]) -> None:
    """Nobody can be asked here, so it is refused before anything is written."""
    field.put(file("zeros", bytes(2 << 20)), file("more"))
    answer = zpack("extract", *limit, field.archive, "-C", field.out)
    assert answer.code == 1
    assert limit[0] in answer.err
    assert list(field.out.iterdir()) == []
    field.check()

"""Other programs list, test and decompress our archives."""

import os
import random
import re
from pathlib import Path

import pytest
import pyzstd

from tests.end_to_end.comparing import Tree, look
from tests.end_to_end.programs import run, zpack

_PLAIN = re.compile(rb"[\w./ -]+", re.ASCII)


@pytest.fixture(scope="module")
def names(real_tree: Path) -> list[bytes]:
    """What each entry is called, in alphabetical order."""
    tree: Tree = look(real_tree)
    return sorted(
        b"/".join([b"tree", path] if path else [b"tree"]) + (b"/" if found.kind == b"d" else b"")
        for path, found in tree.items()
    )


@pytest.fixture(scope="module")
def names_in_tar(real_tree: Path, names: list[bytes]) -> list[bytes]:
    """What a tar lists: a folder with links that lead out stands there twice (docs/format.md)."""
    tree: Tree = look(real_tree)
    preludes = {
        os.path.dirname(path)
        for path, found in tree.items()
        if found.kind == b"l" and (b".." in found.link.split(b"/") or found.link[:1] == b"/")
    }
    return sorted(
        [*names, *(b"tree/" + path + b"/" for path in preludes if path)]
        + ([b"tree/"] if b"" in preludes else [])
    )


def lines(output: bytes | list[bytes]) -> list[bytes]:
    """Names may have line breaks: so both sides are taken apart by line."""
    whole = output if isinstance(output, bytes) else b"".join(name + b"\n" for name in output)
    return sorted(whole.split(b"\n"))


def test_zstd_tests_it(real_archive: Path) -> None:
    run("zstd", "-t", real_archive)


def test_zstd_describes_it(real_archive: Path, real_tar: Path) -> None:
    described = run("zstd", "-lv", real_archive).stdout.decode()
    assert f"({real_tar.stat().st_size} B)" in described
    assert f"({real_archive.stat().st_size} B)" in described
    assert re.search(r"# Skippable Frames: [1-9]", described)
    assert "Check: XXH64" in described


def test_gnu_tar_lists_it(real_archive: Path, names_in_tar: list[bytes]) -> None:
    listed = run("tar", "--zstd", "--quoting-style=literal", "-tf", real_archive).stdout
    assert lines(listed) == lines(names_in_tar)


def test_gnu_tar_tells_the_compression_itself(
    real_archive: Path, names_in_tar: list[bytes]
) -> None:
    listed = run("tar", "--quoting-style=literal", "-tf", real_archive).stdout
    assert lines(listed) == lines(names_in_tar)


def test_gnu_tar_lists_what_zstd_decompresses(real_tar: Path, names_in_tar: list[bytes]) -> None:
    with real_tar.open("rb") as file:
        listed = run("tar", "--quoting-style=literal", "-tf", "-", stdin=file).stdout
    assert lines(listed) == lines(names_in_tar)


def test_bsdtar_lists_it(real_archive: Path, names_in_tar: list[bytes]) -> None:
    listed = sorted(run("bsdtar", "-tf", real_archive).stdout.splitlines())
    assert len(listed) == len(names_in_tar)
    # What is not plain it escapes in a way of its own.
    plain = [name for name in names_in_tar if _PLAIN.fullmatch(name)]
    assert len(plain) > 0.9 * len(names_in_tar)
    assert set(plain) <= set(listed)


def test_zpack_lists_the_same(real_archive: Path, names: list[bytes]) -> None:
    assert lines(zpack("list", real_archive).stdout) == lines(names)


def test_7zip_tests_it(real_archive: Path, real_tar: Path) -> None:
    assert b"Everything is Ok" in run("7zz", "t", "-bd", real_archive).stdout
    assert b"Everything is Ok" in run("7zz", "t", "-bd", real_tar).stdout


def test_pyzstd_reads_all_of_it(real_archive: Path, real_tar: Path) -> None:
    with pyzstd.SeekableZstdFile(real_archive) as ours, real_tar.open("rb") as whole:
        while expected := whole.read(1 << 20):
            assert ours.read(len(expected)) == expected
        assert ours.read(1) == b""


def test_pyzstd_reads_anywhere(real_archive: Path, real_tar: Path) -> None:
    size = real_tar.stat().st_size
    chance = random.Random(1)
    with pyzstd.SeekableZstdFile(real_archive) as ours, real_tar.open("rb") as whole:
        for _ in range(40):
            at, length = chance.randrange(size), chance.choice((1, 512, 100_000))
            ours.seek(at)
            whole.seek(at)
            assert ours.read(length) == whole.read(length), f"at {at}"

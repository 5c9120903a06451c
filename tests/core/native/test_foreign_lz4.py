"""tar.lz4 by others, in every form that the lz4 program writes: as tar itself would have it."""

import contextlib
import os
import random
import struct
import subprocess
from pathlib import Path

import pytest

from tests.core.codecs.frames import skippable
from tests.core.codecs.lz4_peers import FLAGS, by_hand, by_program, packed
from tests.core.native.parts import verified
from zpack.errors import FrameNotRead, ZpackError
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    ExtractRequest,
    InfoRequest,
    ListRequest,
    Proof,
    VerifyRequest,
    extract,
    info,
    list_archive,
    verify,
)

UNCHECKED = ("no checksum", "legacy")


def content(number: int) -> bytes:
    return random.Random(number).randbytes(20_000) + b"file %d\n" % number * 4000


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    (root / "in" / "folder").mkdir(parents=True)
    for number in range(12):
        (root / "in" / "folder" / f"file {number}").write_bytes(content(number))
    (root / "in" / "empty").touch()
    os.symlink("folder/file 3", root / "in" / "link")
    os.link(root / "in" / "folder" / "file 5", root / "in" / "same")
    return root


@pytest.fixture(scope="module")
def tar(tree) -> bytes:
    command = ["tar", "--sort=name", "-cf", "-", "in"]
    return subprocess.run(command, cwd=tree, capture_output=True, check=True).stdout


def contents_of(root: Path) -> dict[str, bytes | str | None]:
    found: dict[str, bytes | str | None] = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_symlink():
            found[name] = os.readlink(path)
        else:
            found[name] = path.read_bytes() if path.is_file() else None
    return found


def check_all(path: Path, tree: Path, proof: Proof) -> None:
    report = verified(path)
    assert (report.proof, report.problems, report.good) == (proof, (), report.files)
    listing = list_archive(ListRequest(str(path)), Control()).listing
    names = {os.fsdecode(name) for _, name in listing.walk()}
    assert names == {f"in/{name}" for name in contents_of(tree / "in")} | {"in"}
    out = path.parent / f"{path.name} out"
    made = extract(ExtractRequest(str(path), str(out)), Control())
    assert (made.exit_code, made.problems) == (0, ())
    assert contents_of(out) == contents_of(tree)


@pytest.mark.parametrize("flags", FLAGS)
def test_every_form_of_the_program(flags, tree, tar, tmp_path):
    path = tmp_path / "a.tar.lz4"
    path.write_bytes(by_program(tar, *FLAGS[flags], path=tmp_path / "in.tar"))
    check_all(path, tree, Proof.READABLE if flags in UNCHECKED else Proof.CHECKED)
    facts = info(InfoRequest(str(path)), Control())
    assert (facts.format, facts.indexed, facts.tar_size) == ("tar.lz4", False, len(tar))


def test_by_tar_and_bsdtar(tree, tmp_path):
    for number, command in enumerate((["tar", "-I", "lz4", "-cf"], ["bsdtar", "--lz4", "-cf"])):
        path = tmp_path / f"{number}.tar.lz4"
        subprocess.run([*command, path, "in"], cwd=tree, check=True)
        check_all(path, tree, Proof.CHECKED)


def test_many_frames_of_all_forms(tree, tar, tmp_path):
    forms = [flags for name, flags in FLAGS.items() if name not in UNCHECKED]
    cuts = [0, *sorted(random.Random(1).sample(range(len(tar)), len(forms) - 1)), len(tar)]
    parts = [skippable(b"first", 0x184D2A53)]
    for start, end, flags in zip(cuts[:-1], cuts[1:], forms, strict=True):
        parts += [by_program(tar[start:end], *flags), skippable(b"between")]
    path = tmp_path / "a.tar.lz4"
    path.write_bytes(b"".join(parts))
    check_all(path, tree, Proof.CHECKED)
    half = len(tar) // 2
    path = tmp_path / "b.tar.lz4"
    path.write_bytes(by_program(tar[:half], "-l") + by_program(tar[half:]))
    check_all(path, tree, Proof.READABLE)


def test_an_ending_that_says_nothing(tree, tar, tmp_path):
    (tmp_path / "backup").write_bytes(by_program(tar))
    check_all(tmp_path / "backup", tree, Proof.CHECKED)


@pytest.mark.parametrize("flags", ["default", "dependent 64 KiB", "block checksums", "legacy"])
def test_cut_anywhere_it_says_so(flags, tar, tmp_path):
    data = by_program(tar, *FLAGS[flags])
    path = tmp_path / "a.tar.lz4"
    path.write_bytes(data)
    for length in range(len(data) - 1, 0, -9973):
        os.truncate(path, length)
        try:
            report = verified(path)
        except ZpackError:
            continue
        assert (report.proof, report.exit_code) == (Proof.DAMAGED, 4)


@pytest.mark.parametrize("flags", ["default", "block checksums alone", "content size"])
def test_a_flipped_byte_is_noticed(flags, tar, tmp_path):
    path = tmp_path / "a.tar.lz4"
    data = by_program(tar, *FLAGS[flags], path=tmp_path / "in.tar")
    for at in [*range(4, 20), *range(20, len(data), 9001), *range(len(data) - 12, len(data))]:
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        with contextlib.suppress(ZpackError):
            assert verified(path).proof is Proof.DAMAGED


def test_what_comes_before_damage_can_be_extracted(tar, tmp_path):
    data = bytearray(by_program(tar, "-B4", "-BX"))
    data[len(data) * 3 // 4] ^= 1
    (tmp_path / "a.tar.lz4").write_bytes(data)
    report = extract(ExtractRequest(str(tmp_path / "a.tar.lz4"), str(tmp_path / "out")), Control())
    assert report.exit_code == 4
    listing = list_archive(ListRequest(str(tmp_path / "a.tar.lz4")), Control()).listing
    assert 5 < len(listing) < 16


def test_one_that_needs_a_dictionary(tmp_path):
    import xxhash

    head = struct.pack("<IBBI", 0x184D2204, 0x65, 0x70, 7)
    data = head + bytes([xxhash.xxh32_intdigest(head[4:]) >> 8 & 255]) + by_hand(packed(b"x"))[7:]
    (tmp_path / "a.lz4").write_bytes(data)
    with pytest.raises(FrameNotRead, match="lz4 -D"):
        verified(tmp_path / "a.lz4")


def test_it_can_be_cancelled(tar, tmp_path):
    (tmp_path / "a.tar.lz4").write_bytes(by_program(tar))
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        verify(VerifyRequest(str(tmp_path / "a.tar.lz4"), 1), control)

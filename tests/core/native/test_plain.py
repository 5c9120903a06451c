"""One compressed file without a tar: an archive of one entry."""

import contextlib
import os
import random
import stat
import subprocess
from pathlib import Path

import pytest

from tests.core.codecs.frames import skippable, zstd
from tests.core.codecs.lz4_peers import by_program
from tests.core.native.parts import verified
from zpack.errors import ArchiveDamaged, NotATar, ZpackError
from zpack.formats import open_readable
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    ExtractRequest,
    InfoRequest,
    ListRequest,
    OnConflict,
    Proof,
    extract,
    info,
    list_archive,
)

TIME = 1_500_000_000
LONG = random.Random(1).randbytes(300_000) + b"and some text\n" * 200_000
CONTENTS = {"text": b"hello\n", "long": LONG, "empty": b"", "zeros": bytes(10_240), "short": b"x"}
CODERS = {
    "zstd": (zstd, ".zst", "zst", Proof.CHECKED),
    "zstd without checksum": (lambda data: zstd(data, "--no-check"), ".zst", "zst", Proof.READABLE),
    "zstd that tells its size": (
        lambda data: zstd(data, f"--stream-size={len(data)}"),
        ".zstd",
        "zst",
        Proof.CHECKED,
    ),
    "two of zstd": (
        lambda d: zstd(d[:99]) + skippable(b"") + zstd(d[99:]),
        ".zst",
        "zst",
        Proof.CHECKED,
    ),
    "lz4": (by_program, ".lz4", "lz4", Proof.CHECKED),
    "lz4, dependent": (lambda data: by_program(data, "-BD", "-B4"), ".lz4", "lz4", Proof.CHECKED),
    "lz4, legacy": (lambda data: by_program(data, "-l"), ".lz4", "lz4", Proof.READABLE),
}


def made(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    os.utime(path, (TIME, TIME))
    return path


@pytest.mark.parametrize("coder", CODERS)
@pytest.mark.parametrize("content", CONTENTS)
def test_an_archive_of_one_entry(coder, content, tmp_path):
    code, ending, form, proof = CODERS[coder]
    path = made(tmp_path / f"notes.txt{ending}", code(CONTENTS[content]))
    listing = list_archive(ListRequest(str(path)), Control()).listing
    ((row, name),) = listing.walk()
    assert (name, listing.size[row], listing.mode[row]) == (
        b"notes.txt",
        len(CONTENTS[content]),
        0o644,
    )
    assert (listing.mtime[row], listing.mtime_ns[row]) == (TIME, 0)
    report = verified(path)
    assert (report.proof, report.files, report.good, report.problems) == (proof, 1, 1, ())
    facts = info(InfoRequest(str(path)), Control())
    assert (facts.format, facts.files, facts.tar_size) == (form, 1, 0)
    assert facts.content_size == len(CONTENTS[content])
    out = extract(ExtractRequest(str(path), str(tmp_path / "out")), Control())
    assert (out.exit_code, out.files) == (0, 1)
    file = tmp_path / "out" / "notes.txt"
    assert file.read_bytes() == CONTENTS[content]
    assert (file.stat().st_mtime, stat.S_IMODE(file.stat().st_mode) & ~0o644) == (TIME, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [(".zst", b".zst contents"), ("...zst", b"...zst contents"), ("data", b"data contents")],
)
def test_names_that_leave_nothing(tmp_path, name, expected):
    path = made(tmp_path / name, zstd(b"content"))
    listing = list_archive(ListRequest(str(path)), Control()).listing
    assert [found for _, found in listing.walk()] == [expected]
    extract(ExtractRequest(str(path), str(tmp_path / "out")), Control())
    assert os.listdir(os.fsencode(tmp_path / "out")) == [expected]


def test_a_name_that_is_not_utf_8(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.zst")
    with open(path, "wb") as file:
        file.write(zstd(b"content"))
    listing = list_archive(ListRequest(os.fsdecode(path)), Control()).listing
    assert [found for _, found in listing.walk()] == [b"caf\xe9"]


@pytest.mark.parametrize("name", ["a.tar.zst", "a.tzst", "a.tar.lz4"])
def test_the_name_of_a_tar_is_no_name_for_a_file(tmp_path, name):
    with pytest.raises(NotATar):
        verified(made(tmp_path / name, zstd(b"no tar at all")))
    assert verified(made(tmp_path / name, zstd(bytes(10_240)))).files == 0


@pytest.mark.parametrize("name", ["a.zst", "a.lz4", "a"])
def test_a_tar_is_a_tar_whatever_its_name(tmp_path, name):
    (tmp_path / "file").write_bytes(b"content")
    tar = subprocess.run(
        ["tar", "-cf", "-", "file"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    path = made(tmp_path / name, by_program(tar) if "lz4" in name else zstd(tar))
    listing = list_archive(ListRequest(str(path)), Control()).listing
    assert [found for _, found in listing.walk()] == [b"file"]


def test_one_that_tells_its_size_is_listed_without_reading_it(tmp_path):
    data = zstd(LONG, f"--stream-size={len(LONG)}")
    path = made(tmp_path / "a.zst", data + skippable(bytes(5 << 20)))
    with open_readable(str(path), lambda: None, lambda entries, size: None) as archive:
        assert archive.listing.size[1] == len(LONG)
        assert archive.source.bytes_read < 1 << 20


def test_one_that_does_not_tell_is_read_with_progress_and_can_be_stopped(tmp_path):
    path = made(tmp_path / "a.zst", zstd(LONG * 5))
    told = []
    with open_readable(str(path), lambda: None, lambda entries, size, *_: told.append(size)):
        pass
    assert told == sorted(told)
    assert told[-1] >= path.stat().st_size
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        list_archive(ListRequest(str(path)), control)


def test_what_exists_is_not_lost(tmp_path):
    path = made(tmp_path / "notes.txt.zst", zstd(b"from the archive"))
    (tmp_path / "notes.txt").write_bytes(b"mine")
    for conflict, mine, both in (
        (OnConflict.SKIP, b"mine", False),
        (OnConflict.RENAME, b"mine", True),
        (OnConflict.OVERWRITE, b"from the archive", True),
    ):
        request = ExtractRequest(str(path), str(tmp_path), conflict=conflict)
        extract(request, Control())
        assert (tmp_path / "notes.txt").read_bytes() == mine
        assert (tmp_path / "notes (2).txt").exists() == both


@pytest.mark.parametrize("coder", ["zstd", "zstd that tells its size", "lz4", "lz4, dependent"])
def test_damage_is_noticed_wherever_it_is(coder, tmp_path):
    code, ending, *_ = CODERS[coder]
    data = code(b"some text, and noise: " + LONG[:600])
    path = tmp_path / f"notes.txt{ending}"
    first = 6 if ending == ".zst" else 4  # the size of a window is checked by nothing
    for at in range(first, len(data)):
        made(path, data[:at] + bytes([data[at] ^ 0x21]) + data[at + 1 :])
        with contextlib.suppress(ZpackError):
            assert verified(path).proof is Proof.DAMAGED
    for length in range(1, len(data)):
        made(path, data[:length])
        with contextlib.suppress(ZpackError):
            assert verified(path).proof is Proof.DAMAGED


@pytest.mark.parametrize("coder", ["zstd", "lz4"])
def test_a_damaged_file_is_not_left_under_its_name(coder, tmp_path):
    code, ending, *_ = CODERS[coder]
    data = bytearray(code(LONG))
    data[len(data) // 2] ^= 0xFF
    path = made(tmp_path / f"notes.txt{ending}", bytes(data))
    report = extract(ExtractRequest(str(path), str(tmp_path / "out")), Control())
    assert report.exit_code == 4
    assert [problem.path for problem in report.problems if problem.code == "damaged"] == [
        "notes.txt"
    ]
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("size", [(1 << 64) - 1, 1 << 63, 1 << 40])
def test_a_size_that_lies(size, tmp_path):
    frame = bytearray(zstd(b"x" * 300, "--stream-size=300"))
    told = bytes(frame[:4]) + bytes([0xC0 | 0x24]) + size.to_bytes(8, "little") + bytes(frame[7:])
    path = made(tmp_path / "a.zst", told)
    with contextlib.suppress(ZpackError):
        assert verified(path).proof is Proof.DAMAGED


def test_nothing_but_damage_is_an_error(tmp_path):
    with pytest.raises(ArchiveDamaged):
        verified(made(tmp_path / "a.zst", zstd(LONG)[:8]))

"""``zpack manifest``: to standard output, to a file, and what it says."""

import json
import subprocess
from pathlib import Path

from tests.core.cli.support import zpack
from zpack.cli.main import run


def test_standard_output(archive: Path, tmp_path: Path):
    assert run(["extract", "-q", str(archive), "-C", str(tmp_path / "out")]) == 0
    done = zpack("manifest", archive)
    assert (done.code, done.err) == (0, b"")
    subprocess.run(["sha256sum", "--quiet", "-c"], input=done.out, cwd=tmp_path / "out", check=True)


def test_a_file_that_appears_whole_and_is_not_replaced_unasked(archive: Path, tmp_path: Path):
    target = tmp_path / "sums"
    done = zpack("manifest", archive, "--algorithm", "xxh128", "-o", target)
    assert (done.code, done.text) == (
        0,
        f"Wrote the digests of 3 files to {target}. “xxhsum -c” checks them.\n",
    )
    first = target.read_bytes()
    assert zpack("manifest", archive, "-o", target).code == 1
    assert target.read_bytes() == first
    assert zpack("manifest", archive, "-o", target, "--overwrite", "-q").code == 0
    assert target.read_bytes() != first


def test_json(archive: Path, tmp_path: Path):
    answer = json.loads(zpack("manifest", archive, "--json", "-o", tmp_path / "sums").text)
    assert (answer["algorithm"], answer["files"], answer["exit_code"]) == ("sha256", 3, 0)
    assert zpack("manifest", archive, "--json").code == 2


def test_damage(archive: Path):
    data = bytearray(archive.read_bytes())
    data[3000] ^= 0x10
    archive.write_bytes(data)
    done = zpack("manifest", archive)
    assert done.code == 4
    assert "damaged" in done.complaint


def test_without_digests(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    path = tmp_path / "by-tar.tar.zst"
    subprocess.run(["tar", "--zstd", "-cf", path, "-C", tmp_path, "file"], check=True)
    done = zpack("manifest", path)
    assert done.code == 0
    assert done.complaint.startswith("zpack: Without digests in the archive")

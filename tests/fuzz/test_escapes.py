"""Archives made to write outside of the destination, or to use up the machine: the index agrees
with the tar, all checksums are right, and only its rows cannot be."""

import io
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.sandbox import Sandbox
from zpack.codecs import Encoder
from zpack.entries import ROOT, Attributes, Kind, ListingBuilder
from zpack.jobs import Control
from zpack.native.frame_pool import FramePool
from zpack.native.writer import ArchiveWriter
from zpack.operations import OnConflict, Proof

CORE = Path(__file__).parents[2] / "core"
CAPACITY = 1 << 16
Row = tuple[bytes, Kind, bytes]


def archive_of(entries: list[Row], parents: dict[int, int] | None = None) -> bytes:
    """Rows directly in the root, whatever their names; ``parents`` are changed at last."""
    rows, out, control = ListingBuilder(), bytearray(), Control()
    with FramePool(out.extend, lambda: Encoder(1), CAPACITY, 1, control) as pool:
        writer = ArchiveWriter(pool, CAPACITY, rows, out.extend, control.check)
        for name, kind, link in entries:
            row = rows.append(ROOT, name, Attributes(kind, 0o755))
            if link:
                rows.links[row] = link
        writer.digests = bytearray(16 * len(rows))
        for row, (name, kind, link) in enumerate(entries, 1):
            if kind == Kind.FILE:
                writer.add_file(row, name, rows.attributes(row), io.BytesIO().readinto)
            else:
                writer.add_entry(row, name, link)
        for row, parent in (parents or {}).items():
            rows.parent[row] = parent
        writer.finish(rows, writer.digests)
    return bytes(out)


ESCAPES: dict[str, list[Row]] = {
    "a link through a link": [
        (b"x", Kind.SYMLINK, b"../outside"),
        (b"x/evil", Kind.SYMLINK, b"/etc/passwd"),
    ],
    "a file through a link on the disk": [(b"d/evil", Kind.FILE, b"")],
    "a folder through a link on the disk": [(b"d/evil", Kind.DIRECTORY, b"")],
    "a hard link through a link on the disk": [
        (b"b", Kind.FILE, b""),
        (b"d/evil", Kind.HARD_LINK, b"b"),
    ],
    "a file over one outside": [(b"d/secret", Kind.FILE, b"")],
    "above": [(b"../outside/evil", Kind.FILE, b"")],
    "above, by a link": [(b"../outside/evil", Kind.SYMLINK, b"x")],
    "a NUL": [(b"a\0b", Kind.FILE, b"")],
}


@pytest.mark.parametrize("conflict", [OnConflict.SKIP, OnConflict.OVERWRITE, OnConflict.RENAME])
@pytest.mark.parametrize("name", ESCAPES)
def test_nothing_is_written_outside(tmp_path, name, conflict):
    sandbox = Sandbox(tmp_path)
    sandbox.put(archive_of(ESCAPES[name]))
    assert sandbox.proof() is not Proof.PROVEN
    for traps in (False, True):
        sandbox.extract(conflict, traps=traps)


def limited_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


@pytest.mark.parametrize("verb", ["list", "verify", "info", "extract"])
def test_folders_in_a_circle_use_up_nothing(tmp_path, verb):
    entries = [(b"%02d" % number, Kind.DIRECTORY, b"") for number in range(1, 65)]
    parents = dict.fromkeys(range(2, 65), 1) | {37: 37, 38: 37}
    (tmp_path / "a.tar.zst").write_bytes(archive_of(entries, parents))
    command = [sys.executable, "-m", "zpack", verb, "a.tar.zst"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CORE)},
        preexec_fn=limited_memory,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 4 or (verb == "info" and done.returncode == 0)

"""Random archives without their first components: the tree that GNU tar makes of them."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.operations.hostile import member
from zpack.jobs import Control
from zpack.operations import ExtractRequest, OnConflict, extract

_NAMES = st.sampled_from(["a", "b", "ü"])
_FILES = st.lists(_NAMES, min_size=1, max_size=4).map(lambda parts: "/".join([*parts, "file"]))
_FOLDERS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)
_ENTRIES = st.lists(
    st.one_of(
        st.tuples(st.just(tarfile.REGTYPE), _FILES),
        st.tuples(st.just(tarfile.DIRTYPE), _FOLDERS),
        st.tuples(st.just(tarfile.LNKTYPE), _FOLDERS),
    ),
    min_size=1,
    max_size=8,
)


def archive_of(path: Path, entries: list[tuple[bytes, str]]) -> None:
    """Each entry tells itself from the others by time, mode and content."""
    buffer = io.BytesIO()
    before: list[str] = []
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for number, (kind, place) in enumerate(entries):
            link = before[-1] if before else ""
            if kind == tarfile.LNKTYPE and not link:
                continue
            name = f"{place}/link{number}" if kind == tarfile.LNKTYPE else place
            info = member(name, kind, link, mtime=1000 + number)
            info.mode = 0o700 + number if kind == tarfile.DIRTYPE else 0o640
            content = b"%d" % number if kind == tarfile.REGTYPE else b""
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
            if kind == tarfile.REGTYPE:
                before.append(name)
    path.write_bytes(zstandard.compress(buffer.getvalue()))


def look(root: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in root.rglob("*"):
        name = str(path.relative_to(root))
        found[name] = path.read_text() if path.is_file() else path.stat().st_mode
    return found


@settings(max_examples=40, deadline=None)
@given(_ENTRIES, st.integers(0, 3))
def test_as_gnu_tar(entries: list[tuple[bytes, str]], strip: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        archive_of(root / "x.tar.zst", entries)
        (root / "tar").mkdir()
        command = ["tar", "--zstd", "-xpf", root / "x.tar.zst", "-C", root / "tar"]
        subprocess.run(
            [*command, f"--strip-components={strip}"], check=False, stderr=subprocess.DEVNULL
        )
        request = ExtractRequest(
            str(root / "x.tar.zst"),
            str(root / "out"),
            conflict=OnConflict.OVERWRITE,
            strip_components=strip,
        )
        extract(request, Control())
        expected, found = look(root / "tar"), look(root / "out")
        assert found.keys() >= expected.keys()  # links to what vanished have the data with us
        for name in found.keys() - expected.keys():
            path = root / "out" / name
            assert path.name.startswith("link") or path.is_dir()
        assert {name: found[name] for name in expected} == expected

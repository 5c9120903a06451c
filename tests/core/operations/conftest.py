"""A small tree with one of everything, and ways to make archives of it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.operations import repairs
from zpack.jobs import Control
from zpack.operations import CreateReport, CreateRequest, create

TIME_NS = 1_600_000_000_123_456_789


def fill(root: Path) -> Path:
    """``root`` as a tree of files, links and folders with odd modes and nanosecond times."""
    (root / "empty").mkdir(parents=True)
    (root / "sub" / "deep").mkdir(parents=True)
    (root / "a.txt").write_text("alpha\n" * 300)
    (root / "b.bin").write_bytes(bytes(range(256)) * 40)
    (root / "none").write_bytes(b"")
    (root / "sub" / "ünï.txt").write_text("names are not ASCII")
    (root / "sub" / "deep" / "program").write_text("#!/bin/sh\n")
    os.chmod(root / "sub" / "deep" / "program", 0o755)
    os.chmod(root / "b.bin", 0o400)
    os.link(root / "a.txt", root / "sub" / "same as a")
    os.symlink("../a.txt", root / "sub" / "to a")
    os.symlink("/nowhere", root / "dangling")
    for path in sorted(root.rglob("*"), reverse=True):
        os.utime(path, ns=(TIME_NS, TIME_NS), follow_symlinks=False)
    os.utime(root, ns=(TIME_NS + 1, TIME_NS + 1))
    return root


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return fill(tmp_path / "tree")


Maker = Callable[..., CreateReport]


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """``make(source, ...)`` creates ``made.tar.zst`` and returns the report."""

    def run(*sources: Path, target: str = "made.tar.zst", **options: object) -> CreateReport:
        names = tuple(str(source) for source in sources)
        request = CreateRequest(str(tmp_path / target), names, **options)  # type: ignore[arg-type]
        return create(request, Control())

    return run


@pytest.fixture
def archive(tree: Path, make: Maker) -> str:
    """An archive of ``tree``."""
    return make(tree).target


@pytest.fixture
def by_tar(tree: Path, tmp_path: Path) -> str:
    """The same tree in an archive without index and digests."""
    target = tmp_path / "by-tar.tar.zst"
    subprocess.run(
        ["tar", "--zstd", "--format=pax", "-cf", target, "-C", tmp_path, "tree"], check=True
    )
    return str(target)


@pytest.fixture(params=["digests", "decoded"])
def either(request: pytest.FixtureRequest, archive: str, by_tar: str) -> str:
    return archive if request.param == "digests" else by_tar


def snapshot(root: Path) -> dict[str, tuple[object, ...]]:
    """Everything below ``root`` that an archive keeps, by path; inodes as groups of names."""
    found = {}
    inodes: dict[int, str] = {}
    for path in [root, *sorted(root.rglob("*"))]:
        info = path.lstat()
        content: object = None
        if path.is_symlink():
            content = os.readlink(path)
        elif path.is_file():
            content = path.read_bytes()
        same = "" if path.is_dir() else inodes.setdefault(info.st_ino, str(path.relative_to(root)))
        name = str(path.relative_to(root))
        found[name] = (info.st_mode, info.st_mtime_ns, content, same)
    return found


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree whose archives, by ``archive_of``, have several frames."""
    return repairs.grow(tmp_path_factory.mktemp("repair") / "tree")


@pytest.fixture(scope="session", params=["tar.zst", "tar.lz4"])
def plain(request: pytest.FixtureRequest, root: Path) -> tuple[bytes, str]:
    """An archive of ``root`` without a recovery record, and its ending."""
    return repairs.archive_of(root, root.parent / f"plain.{request.param}"), request.param

"""What the tests with real programs share. The real tree is grown and archived once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.people import give_away, public_folder, remove_folder
from tests.end_to_end.programs import run, zpack
from tests.end_to_end.real_tree import grow_tree


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder of the ordinary user's."""
    folder = public_folder()
    yield folder
    remove_folder(folder)


@pytest.fixture(scope="session")
def shared_place() -> Iterator[Path]:
    """The folder of the real tree and its archive: only to be read."""
    folder = public_folder()
    yield folder
    remove_folder(folder)


@pytest.fixture(scope="session")
def real_tree(shared_place: Path) -> Path:
    """See ``real_tree.py``; it belongs to the ordinary user."""
    tree = shared_place / "tree"
    grow_tree(tree)
    give_away(tree)
    return tree


@pytest.fixture(scope="session")
def real_archive(shared_place: Path, real_tree: Path) -> Path:
    """An archive of the real tree, made by the command line with no options."""
    archive = shared_place / "real.tar.zst"
    zpack("create", archive, real_tree)
    return archive


@pytest.fixture(scope="session")
def real_tar(shared_place: Path, real_archive: Path) -> Path:
    """The tar in the archive, as ``zstd`` decompresses it."""
    tar = shared_place / "real.tar"
    with tar.open("wb") as file:
        run("zstd", "-dc", real_archive, stdout=file)
    return tar

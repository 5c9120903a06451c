"""What is taken from the machine, and what is made."""

import os
import zlib
from pathlib import Path

import pytest

from benchmarks.corpora import MEDIA, Corpus, describe_corpus
from benchmarks.gathering import Share, copy_shares, find_files, join_files
from benchmarks.media import make_media
from benchmarks.million import make_entries


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with files whose sizes are their numbers."""
    root = tmp_path / "machine"
    for name, size in (("b/2.py", 2), ("a/3.h", 3), ("a/x/1.py", 1), ("big.py", 1000)):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    os.symlink("big.py", root / "link.py")
    (root / "b" / "__pycache__").mkdir()
    (root / "b" / "__pycache__" / "2.pyc").write_bytes(b"left out")
    return root


def names(share: Share) -> list[str]:
    return [found.name for found in find_files(share)]


class TestShares:
    def test_all_files_come_in_a_fixed_order_without_links_and_caches(self, machine: Path) -> None:
        assert names(Share(machine)) == ["big.py", "a/3.h", "a/x/1.py", "b/2.py"]

    def test_limits(self, machine: Path) -> None:
        assert names(Share(machine, files=2)) == ["big.py", "a/3.h"]
        assert names(Share(machine, largest=10)) == ["a/3.h", "a/x/1.py", "b/2.py"]
        assert names(Share(machine, bytes=4)) == ["a/3.h", "a/x/1.py"]
        assert names(Share(machine, suffixes=(".h", ".c"))) == ["a/3.h"]

    def test_a_smaller_size_means_smaller_limits(self, machine: Path) -> None:
        assert names(Share(machine, files=8).scaled(0.25)) == ["big.py", "a/3.h"]

    def test_a_root_that_is_missing_gives_nothing(self, tmp_path: Path) -> None:
        assert names(Share(tmp_path / "nowhere")) == []

    def test_copies_keep_names_and_times(self, machine: Path, tmp_path: Path) -> None:
        for path in (machine / "a", machine / "a" / "3.h"):
            os.utime(path, (1_500_000_000, 1_500_000_000))
        copy_shares([Share(machine), Share(tmp_path / "nowhere")], tmp_path / "copy")
        (copied,) = (tmp_path / "copy").rglob("3.h")
        assert copied.read_bytes() == b"xxx"
        assert copied.stat().st_mtime_ns == 1_500_000_000_000_000_000
        assert copied.parent.stat().st_mtime_ns == 1_500_000_000_000_000_000

    def test_joining_stops_at_the_size(self, machine: Path, tmp_path: Path) -> None:
        join_files([Share(machine)], tmp_path / "short", 1002)
        assert (tmp_path / "short").stat().st_size == 1002
        join_files([Share(machine)], tmp_path / "all", 10_000)
        assert (tmp_path / "all").stat().st_size == 1006


class TestMedia:
    def test_the_same_seed_makes_the_same_files(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            make_media(tmp_path / name, 2_000_000)
        one, two = sorted((tmp_path / "one").iterdir()), sorted((tmp_path / "two").iterdir())
        assert [path.name for path in one] == [path.name for path in two]
        assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]

    def test_nothing_is_left_to_compress(self, tmp_path: Path) -> None:
        make_media(tmp_path / "media", 20_000_000)
        paths = sorted((tmp_path / "media").iterdir())
        assert {path.suffix for path in paths} >= {".jpg", ".png", ".mp4", ".gz", ".zst", ".xz"}
        for path in paths:
            content = path.read_bytes()[:200_000]
            assert len(zlib.compress(content)) > 0.95 * len(content), path.name


@pytest.mark.parametrize("count", [1, 7, 1500])
def test_a_tree_has_as_many_entries_as_asked_for(tmp_path: Path, count: int) -> None:
    made = make_entries(tmp_path / "tree", count)
    found = sum(len(folders) + len(files) for _, folders, files in os.walk(tmp_path / "tree"))
    assert made == found
    assert count <= found <= count + 2


def test_a_corpus_is_described(machine: Path, tmp_path: Path) -> None:
    (machine / "libz.so.1.2").write_bytes(b"x" * 50)
    corpus = describe_corpus("all", machine)
    assert (corpus.files, corpus.size) == (6, 1064)
    assert corpus.kinds[:2] == ((".py", 1003), (".so", 50))
    assert (tmp_path / corpus.sample).is_file()
    assert corpus.describe().startswith("all: 6 files in 4 folders, 0 MB (.py 0 MB, ")


def test_a_recipe_makes_a_corpus_of_its_name(tmp_path: Path) -> None:
    corpus = MEDIA.build(tmp_path, 0.005)
    assert isinstance(corpus, Corpus)
    assert (corpus.name, corpus.path) == ("media", tmp_path / "media")
    assert corpus.size >= 1_000_000

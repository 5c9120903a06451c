"""Class 13: two descriptions that disagree. The tar is the truth; a difference is damage.

zipfile 2025-8291; containers/storage #2014, #1778 (zstd:chunked).
"""

from pathlib import Path

import pytest

from tests.core.native.parts import Parts
from tests.core.threats.crafting import (
    FIRST,
    LAST,
    Lie,
    file,
    indexed,
    plain,
    rename_in_index,
    skippable,
    symlink,
    tar_of,
    zstd,
)
from tests.core.threats.field import Field, zpack
from zpack.tar import END


@pytest.fixture
def believed(tmp_path: Path) -> Field:
    """A field for archives with an index."""
    return Field(tmp_path, "zpack")


@pytest.mark.parametrize("name", ["../evil", "/in/evil", "xx/evil"])
def test_a_harmless_name_in_the_index(believed: Field, name: str) -> None:
    """Whoever looks at the list sees another file than the one that would be written."""
    old = name.rsplit("/", maxsplit=1)[-1].encode()
    believed.put(file(name), lie=rename_in_index(old, b"nice"))
    answer = believed.attack()
    assert answer.code == (3 if ".." in name else 4)  # the index shows where it leads, already
    assert believed.came_out == set()
    assert zpack("verify", believed.archive).code == 4


@pytest.mark.parametrize(("told", "true"), [(b"evil", b".bashrc"), (b"a.txt", b"b.exe")])
def test_another_name_in_the_tar(believed: Field, told: bytes, true: bytes) -> None:
    length = max(len(told), len(true))
    told, true = told.ljust(length, b"_"), true.ljust(length, b"_")
    believed.put(file(true.decode()), lie=rename_in_index(true, told))
    answer = believed.attack()
    assert ("damaged", told.decode()) in answer.problems
    assert believed.came_out == set()


def changed(column: str, row: int, value: int) -> Lie:
    def lie(parts: Parts) -> None:
        parts.values(column)[row] = value

    return lie


@pytest.mark.parametrize(
    ("column", "value"), [("mode", 0o777), ("size", 3), ("mtime", 5), ("owner", 0)]
)
def test_other_facts(believed: Field, column: str, value: int) -> None:
    odd = file("evil", b"evil", mode=0o600, uid=7)
    believed.put(odd, lie=changed(column, 1, value))
    answer = believed.extract()
    assert answer.code == 4
    assert believed.came_out == set()


@pytest.mark.parametrize("kind", [3, 5])
def test_another_kind(believed: Field, kind: int) -> None:
    """The index contradicts itself, too, since it tells a size: the tar is read instead."""
    believed.put(file("evil"), lie=changed("kind", 1, kind))
    answer = believed.attack()
    assert answer.code == 4
    assert (believed.out / "evil").read_bytes() == b"evil"


def test_another_link_target(believed: Field) -> None:
    def lie(parts: Parts) -> None:
        column = parts.columns["links"]
        parts.columns["links"] = type(column)("links", "B", b"good/first")

    believed.put(symlink("link", "/etc/shado"), lie=lie)
    answer = believed.attack()
    assert ("damaged", "link") in answer.problems
    assert not (believed.out / "link").is_symlink()


def test_content_that_is_not_what_was_put_in(believed: Field) -> None:
    def lie(parts: Parts) -> None:
        parts.digests = parts.digests[:16] + bytes(16) + parts.digests[32:]

    believed.put(file("evil"), lie=lie)
    answer = believed.attack()
    assert ("damaged", "evil") in answer.problems
    assert believed.came_out == set()


def test_entries_that_the_index_leaves_out(believed: Field) -> None:
    """A second tar in front of the index: other programs would extract it."""
    believed.put(file("seen"))
    whole = believed.archive.read_bytes()
    believed.archive.write_bytes(zstd(tar_of(file("../evil"))) + whole)
    believed.look()
    answer = believed.extract()
    assert answer.code in (3, 4)
    assert ("refused", "../evil") in answer.problems


def test_one_archive_behind_another(believed: Field) -> None:
    """The last index covers only the second; what is listed is what is extracted."""
    first, second = indexed(FIRST, file("evil")), indexed(FIRST, LAST)
    believed.archive.write_bytes(first + second)
    believed.look()
    believed.extract()
    listed = zpack("list", believed.archive).out.decode().split()
    assert believed.came_out <= set(listed)


@pytest.mark.parametrize("what", [b"", b"x" * 600, b"zpkindex" + bytes(100)])
def test_what_follows_the_tar_is_no_index(tmp_path: Path, what: bytes) -> None:
    field = Field(tmp_path, "tar.zst")
    field.archive.write_bytes(plain(FIRST, file("a"), LAST) + skippable(what))
    assert field.attack().code in (0, 4)
    assert field.came_out == {"a"}


def test_what_follows_the_end_of_the_tar(tmp_path: Path) -> None:
    """tar stops at the end; so does zpack, and lists nothing that it would not extract."""
    field = Field(tmp_path, "tar.zst")
    hidden = tar_of(file("hidden"))
    field.archive.write_bytes(zstd(tar_of(FIRST, LAST) + END + hidden + END))
    field.attack()
    assert field.came_out == set()
    assert b"hidden" not in zpack("list", field.archive).out

"""Class 8: names that collide. On disk a conflict, in one archive the later counts; never a silent
loss (Engrampa #494)."""

from pathlib import Path

import pytest

from tests.core.threats.crafting import FOLDER, Member, file, folder, hard_link, member, symlink
from tests.core.threats.field import Field, zpack

FILE_AND_FOLDER: list[tuple[Member, ...]] = [
    (file("a"), file("a/b", b"in")),
    (file("a/b", b"in"), file("a")),
    (folder("a"), file("a/b", b"in"), symlink("a", "..")),
]


@pytest.mark.parametrize("members", FILE_AND_FOLDER)
def test_a_file_and_a_folder(field: Field, members: tuple[Member, ...]) -> None:
    field.put(*members)
    answer = field.attack()
    assert answer.named == {"a"}
    assert answer.code == 3
    assert (field.out / "a" / "b").read_bytes() == b"in"


def test_duplicates(field: Field) -> None:
    """The later counts and the earlier one is not lost from sight."""
    field.put(file("same", b"early"), file("same", b"later"), file("same", b"last"))
    field.attack()
    assert (field.out / "same").read_bytes() == b"last"
    listed = zpack("list", "--json", field.archive).out
    assert listed.count(b'"path": "same"') == 3
    assert listed.count(b'"superseded": true') == 2


def test_a_link_and_later_a_folder(field: Field) -> None:
    field.put(symlink("a", "../folder"), file("a/b", b"in"), folder("a"))
    assert b'"superseded": 1' in field.attack().out
    assert (field.out / "a" / "b").read_bytes() == b"in"


def test_a_duplicate_in_other_words(tmp_path: Path) -> None:
    field = Field(tmp_path, "tar.zst")
    field.put(file("d/same", b"early"), file("./d//./same", b"last"))
    field.attack()
    assert (field.out / "d" / "same").read_bytes() == b"last"


def test_a_link_to_what_is_replaced_later(field: Field) -> None:
    """tarfile 2025-4435: the link must not name what comes later."""
    field.put(file("a", b"v1"), hard_link("b", "a"), file("a", b"v2"))
    field.extract()
    assert (field.out / "a").read_bytes() == b"v2"
    assert not (field.out / "b").exists() or (field.out / "b").read_bytes() == b"v1"


@pytest.mark.parametrize("names", [("Name", "name", "NAME"), ("\u00e9", "e\u0301")])
def test_names_that_are_one_on_some_disks(field: Field, names: tuple[str, ...]) -> None:
    """Where the disk tells them apart all come out; where not, the second is a conflict."""
    field.put(*(file(name, name.encode()) for name in names))
    answer = field.extract("--conflict", "rename")
    assert answer.code == 0
    found = sorted(path.read_bytes() for path in field.out.iterdir() if path.is_file())
    assert found == sorted(name.encode() for name in names)


def test_what_is_there_is_kept(field: Field) -> None:
    (field.out / "mine").write_text("mine")
    (field.out / "taken").mkdir()
    field.put(file("mine"), file("taken"), (member("good", FOLDER), b""))
    answer = field.extract()  # nobody can be asked
    assert answer.code == 3
    assert (field.out / "mine").read_text() == "mine"
    assert (field.out / "taken").is_dir()

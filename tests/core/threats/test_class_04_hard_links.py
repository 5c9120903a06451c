"""Class 4: hard links to outside, to nothing, and such as carry data.

libarchive 2016-5418: a hard link with content wrote into the file it was linked to.
"""

import os
from pathlib import Path

import pytest

from tests.core.threats.crafting import HARD_LINK, file, hard_link, member, symlink
from tests.core.threats.field import Field

TARGETS = ["../evil", "{outside}/evil", "../folder/evil", "good/../../evil", "gone", "link", "good"]


@pytest.mark.parametrize("target", TARGETS)
def test_to_what_is_not_in_the_archive(field: Field, target: str) -> None:
    field.put(hard_link("link", target.format(outside=field.outside)))
    answer = field.attack()
    assert answer.problems == {("link-target-missing", "link")}
    assert answer.code == 3
    assert field.came_out == set()


def test_to_a_file_that_was_there_before(field: Field) -> None:
    """Only files of the same extraction are linked, so what is there keeps its single name."""
    (field.out / "mine").write_text("mine")
    field.put(hard_link("link", "mine"))
    assert field.extract().named == {"link"}
    assert (field.out / "mine").stat().st_nlink == 1


def test_one_with_data(tmp_path: Path) -> None:
    """None of it is written to the file of that name. As in GNU tar a link has no content, and what
    follows is no header."""
    field = Field(tmp_path, "tar.zst")
    field.put((member("link", HARD_LINK, "good/first"), b"evil" * 128))
    assert field.extract().code == 4
    assert (field.out / "good" / "first").read_bytes() == b"first"
    assert field.came_out <= {"link"}


def test_through_a_link_that_lies_there(field: Field) -> None:
    os.symlink("../folder", field.out / "way")
    field.put(file("way/evil"), hard_link("mine", "way/evil"))
    answer = field.extract("--conflict", "overwrite")
    assert answer.named == {"way", "way/evil", "mine"}
    assert answer.code == 3


def test_to_a_link_that_leads_out(field: Field) -> None:
    """It is a second name of the link; what the link points to gets none."""
    field.put(symlink("link", "../evil"), hard_link("again", "link"), file("again.txt"))
    assert field.attack().code == 0
    assert os.readlink(field.out / "again") == "../evil"


def test_in_a_circle(field: Field) -> None:
    field.put(hard_link("a", "b"), hard_link("b", "c"), hard_link("c", "a"), hard_link("d", "d"))
    answer = field.attack()
    assert answer.named == {"a", "b", "c", "d"}
    assert answer.code == 3

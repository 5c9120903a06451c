"""Class 3: a link that lies in the destination already, or gets there meanwhile.

GNU tar 2025-45582: a second archive into the folder of the first.
"""

import os
from pathlib import Path

import pytest

from tests.core.threats.crafting import FORMS, file, folder, hard_link, symlink
from tests.core.threats.field import Field, seen
from zpack.jobs import Control
from zpack.operations import ExtractRequest, OnConflict, extract

CONFLICTS = ["skip", "overwrite", "rename", "newer"]


@pytest.mark.parametrize("how", CONFLICTS)
@pytest.mark.parametrize("target", ["../folder", "..", "../evil", "../gone"])
def test_a_link_where_a_folder_should_be(field: Field, target: str, how: str) -> None:
    (field.out / "link").symlink_to(target)
    field.put(file("link/evil"), folder("link", mode=0o777), symlink("link/s", "x"))
    answer = field.extract("--conflict", how)
    assert answer.code == 3
    assert answer.named >= {"link", "link/evil", "link/s"}
    assert os.readlink(field.out / "link") == target
    field.is_good(field.out)


@pytest.mark.parametrize("how", CONFLICTS)
@pytest.mark.parametrize("target", ["../evil", "../gone", "{outside}/folder"])
def test_a_link_where_a_file_should_be(field: Field, target: str, how: str) -> None:
    """It is replaced at most; nothing is written through it."""
    target = target.format(outside=field.outside)
    for name in ("file", "hard", "soft"):
        (field.out / name).symlink_to(target)
    field.put(file("file", mtime=2**32), hard_link("hard", "file"), symlink("soft", "x"))
    field.extract("--conflict", how)
    field.is_good(field.out)
    if how == "overwrite":
        assert (field.out / "file").read_bytes() == b"evil"
        assert not (field.out / "file").is_symlink()
        assert os.readlink(field.out / "soft") == "x"
    else:
        assert os.readlink(field.out / "soft") == target


def test_two_archives_into_one_folder(field: Field) -> None:
    """The first one lays the link, the second one would go through it."""
    field.put(symlink("link", "../folder"), symlink("direct", "../evil"))
    assert field.extract().code == 0
    field.put(file("link/evil"), file("direct", b"new"))
    answer = field.extract("--conflict", "overwrite")
    assert answer.named == {"link", "link/evil"}
    assert (field.out / "direct").read_bytes() == b"new"
    assert not (field.out / "direct").is_symlink()


class Swapping(Control):
    """At each checkpoint it puts a link in the place of a folder, as another program might."""

    def __init__(self, place: Path, target: Path) -> None:
        super().__init__()
        self._place, self._target = place, target
        self.swapped = 0

    def check(self) -> None:
        if self._place.is_dir() and not self._place.is_symlink():
            self._place.rename(self._place.with_name(f"was {self.swapped}"))
            self._place.symlink_to(self._target)
            self.swapped += 1
        super().check()


@pytest.mark.parametrize("form", FORMS)
def test_one_that_gets_there_meanwhile(tmp_path: Path, form: str) -> None:
    field = Field(tmp_path, form)
    (field.out / "there").mkdir()
    field.put(folder("d"), *(file(f"d/{n}") for n in range(200)), folder("d/e"), file("d/e/evil"))
    control = Swapping(field.out / "d", field.folder)
    request = ExtractRequest(str(field.archive), str(field.out), conflict=OnConflict.OVERWRITE)
    report = extract(request, control)
    assert control.swapped
    field.check()
    written = [name for name in seen(field.out) if "was " in name or "d/" in name]
    assert len(report.problems) + len(written) >= 200

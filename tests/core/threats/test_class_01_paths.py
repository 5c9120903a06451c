"""Class 1: names that lead out of the folder, by every road.

Ark 2011-2725, 2020-16116; File Roller 2019-16680; tarfile 2007-4559; WinRAR 2018-20250.
"""

import pytest

from tests.core.cli.support import zpack as process
from tests.core.threats.crafting import FOLDER, HARD_LINK, SYMLINK, file, member
from tests.core.threats.field import Field

NAMES = [
    "../evil",
    "./../evil",
    "../out/evil",
    "../out2/evil",
    "a/../../evil",
    "a/b/../../../evil",
    "../../../../../../../../../../tmp/zpack-evil",
    "a/..",
    "..",
    "./..//evil",
    "link/../../evil",
]


@pytest.mark.parametrize("name", NAMES)
def test_above(field: Field, name: str) -> None:
    field.put(file(name))
    answer = field.attack()
    assert {code for code, _ in answer.problems} == {"refused"}
    assert len(answer.named) == 1
    assert answer.code == 3
    assert field.came_out == set()


@pytest.mark.parametrize("name", ["/evil", "//evil", "/{outside}/evil", "/./evil"])
def test_absolute(field: Field, name: str) -> None:
    name = name.format(outside=field.outside)
    field.put(file(name))
    answer = field.attack()
    # An index cannot say that a path is absolute: so there it differs from the tar, too.
    assert answer.code == (3 if field.form != "zpack" else 4)
    assert answer.named == {name.lstrip("/.")}
    assert field.came_out == set()


@pytest.mark.parametrize(
    "kind", [SYMLINK, HARD_LINK, FOLDER], ids=["symlink", "hard link", "folder"]
)
@pytest.mark.parametrize("name", ["../evil", "a/../../folder"])
def test_other_kinds(field: Field, kind: bytes, name: str) -> None:
    field.put((member(name, kind, "good/first"), b""))
    answer = field.attack()
    assert answer.code == 3
    assert "refused" in {code for code, _ in answer.problems}
    assert field.came_out == set()


def test_everything_below_is_refused_too(field: Field) -> None:
    field.put(
        (member("..", FOLDER), b""), file("../out/a/evil"), file("a/../b/evil"), file("a/fine")
    )
    answer = field.attack()
    assert answer.named == {"..", "../out/a/evil", "a/../b/evil"}
    assert answer.code == 3
    assert field.came_out == {"a/fine"}


@pytest.mark.parametrize("name", ["..\\evil", "C:\\evil", "\\\\server\\share\\evil", "C:evil"])
def test_names_of_other_systems_are_only_names_here(field: Field, name: str) -> None:
    field.put(file(name))
    answer = field.attack()
    assert answer.code == 0
    assert field.came_out == {name}


@pytest.mark.parametrize("name", ["../evil", "../folder/evil"])
@pytest.mark.parametrize("how", ["skip", "overwrite", "rename", "newer"])
def test_whatever_is_done_about_conflicts(field: Field, name: str, how: str) -> None:
    field.put(file(name), file("good/first", b"first"))
    (field.out / "good").mkdir()
    (field.out / "good" / "first").write_bytes(b"first")
    answer = field.extract("--conflict", how)
    assert ("refused", name) in answer.problems
    assert answer.code == 3


def test_one_asked_for_by_name(field: Field) -> None:
    field.put(file("../evil"))
    answer = field.extract(members=("../evil",))
    assert (answer.code, answer.problems) == (3, {("refused", "../evil")})
    assert list(field.out.iterdir()) == []


def test_by_a_process_of_its_own(field: Field) -> None:
    """As a user sees it: what is wrong is named, the rest is there, and a script can tell."""
    field.put(file("../evil"))
    done = process("extract", field.archive, "-C", field.out)
    assert done.code == 3
    assert "../evil: its path leads out of the folder." in done.complaint
    field.is_good(field.out)
    field.check()

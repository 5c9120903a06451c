"""Class 2: a symbolic link, and then something through it.

Ark 2020-24654; File Roller 2020-36314; 7-Zip 2025-11001, 2025-55188; tarfile 2025-4330, 2025-4517;
unrar 2022-30333.
"""

import os

import pytest

from tests.core.threats.crafting import Member, file, folder, hard_link, symlink
from tests.core.threats.field import Field

TARGETS = ["..", "../folder", "{outside}/folder", "../../outside", "good/../../folder", "."]


@pytest.mark.parametrize("target", TARGETS)
def test_a_file_through_a_link(field: Field, target: str) -> None:
    field.put(symlink("link", target.format(outside=field.outside)), file("link/evil"))
    answer = field.attack()
    # The folder that the file needs is there first: the link is what does not come out.
    assert ("unwritable", "link") in answer.problems
    assert answer.code == 3
    assert (field.out / "link" / "evil").read_bytes() == b"evil"
    assert not (field.out / "link").is_symlink()


def test_a_file_over_a_link(field: Field) -> None:
    """Of two entries with one path the later counts: the link is never made."""
    field.put(symlink("link", "../evil"), file("link", b"not through it"))
    assert field.attack().code == 0
    assert (field.out / "link").read_bytes() == b"not through it"
    assert not (field.out / "link").is_symlink()


@pytest.mark.parametrize("last", [file("c/evil"), folder("c/evil"), symlink("c/evil", "x")])
def test_a_chain_of_links(field: Field, last: Member) -> None:
    field.put(symlink("a", ".."), symlink("b", "a"), symlink("c", "b/folder"), last)
    answer = field.attack()
    assert ("unwritable", "c") in answer.problems
    assert os.readlink(field.out / "a") == ".."  # links themselves are harmless


def test_a_link_as_a_step_of_another(field: Field) -> None:
    """Each is harmless alone; what the last one means depends on the others."""
    links = [symlink("d" * 200 + str(n), ".") for n in range(3)]
    way = "/".join(["d" * 200 + "0"] * 30)
    field.put(
        *links, symlink("out", f"{way}/../folder"), file("out/evil"), hard_link("e", "out/evil")
    )
    field.attack()
    assert (field.out / "e").samefile(field.out / "out" / "evil")


def test_a_path_longer_than_any_system_resolves(field: Field) -> None:
    """tarfile 2025-4517: realpath gave up beyond PATH_MAX, and what followed was not checked."""
    deep = "/".join(["d" * 247] * 17)
    assert len(deep) > 4096
    field.put(folder(deep), symlink("escape", f"{deep}/../../.."), file("escape/../evil"))
    answer = field.attack()
    assert ("refused", "escape/../evil") in answer.problems


def test_a_hard_link_to_a_link_and_a_file_through_it(field: Field) -> None:
    field.put(symlink("link", "../folder"), hard_link("again", "link"), file("again/evil"))
    answer = field.attack()
    assert ("unwritable", "again") in answer.problems
    assert (field.out / "again" / "evil").read_bytes() == b"evil"


def test_a_folder_that_becomes_a_link(field: Field) -> None:
    field.put(folder("d"), symlink("d", "../folder"), file("d/evil"), folder("d", mode=0o777))
    assert field.attack().code == 0  # of entries with one path the last counts
    assert (field.out / "d").is_dir()
    assert not (field.out / "d").is_symlink()

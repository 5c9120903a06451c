"""The attackers' archives are what they are meant to be: else no attack would be tried."""

from pathlib import Path

from tests.core.native.parts import verified
from tests.core.threats.crafting import (
    FIRST,
    LAST,
    file,
    folder,
    hard_link,
    indexed,
    plain,
    symlink,
)
from zpack.jobs import Control
from zpack.operations import ListRequest, Proof, list_archive

HARMLESS = (
    FIRST,
    file("a/b/c"),
    symlink("s", "a"),
    hard_link("h", "good/first"),
    folder("a"),
    LAST,
)


def test_an_archive_with_an_index_is_believed(tmp_path: Path) -> None:
    assert verified(tmp_path / "a", indexed(*HARMLESS)).proof is Proof.PROVEN
    assert list_archive(ListRequest(str(tmp_path / "a")), Control()).indexed


def test_one_without_is_read_as_tar(tmp_path: Path) -> None:
    assert verified(tmp_path / "a", plain(*HARMLESS)).proof is Proof.CHECKED
    assert not list_archive(ListRequest(str(tmp_path / "a")), Control()).indexed


def test_one_that_leads_out_is_believed_as_well(tmp_path: Path) -> None:
    """So that it is the gate that stops it, and not a checksum."""
    assert verified(tmp_path / "a", indexed(file("../evil"))).proof is Proof.PROVEN

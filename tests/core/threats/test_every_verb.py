"""The attacks of each class through the verbs that do not extract, and through extraction that
changes paths: nothing outside is touched, and an edit makes no attack look harmless."""

import io
import tarfile
from pathlib import Path

import pytest

from tests.core.cli.support import zpack as process
from tests.core.threats.crafting import Member, file, folder, hard_link, member, symlink
from tests.core.threats.field import Field, seen, zpack

ATTACKS: dict[str, tuple[Member, ...]] = {
    "class 1: above": (file("../evil"), file("a/../../evil")),
    "class 1: absolute": (file("/evil"), symlink("/link", "x")),
    "class 2: through a link": (symlink("link", "../folder"), file("link/evil")),
    "class 2: a chain": (symlink("a", ".."), symlink("b", "a"), file("b/folder/evil")),
    "class 4: a hard link to outside": (hard_link("h", "../evil"), hard_link("i", "/etc/passwd")),
    "class 7: nodes and bits": (
        (member("node", tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        file("program", mode=0o6755),
    ),
    "class 8: file and folder": (file("a"), file("a/b"), folder("a"), file("a")),
    "class 15: names": (file("-rf"), file("$(touch evil)"), file("new\nline")),
}


@pytest.fixture(params=ATTACKS)
def attack(field: Field, request: pytest.FixtureRequest) -> Field:
    field.put(*ATTACKS[request.param])
    return field


def test_comparing(attack: Field) -> None:
    """Links on disk are not followed: what is behind them is not looked at."""
    for name in ("link", "b", "a", "h"):
        (attack.out / name).symlink_to("../folder")
    before = seen(attack.out)
    answer = zpack("compare", "--json", attack.archive, attack.out)
    assert answer.code in (3, 4)
    attack.check()
    assert seen(attack.out) == before


EDITS = {
    "add": ("add", "ARCHIVE", "{here}/new"),
    "delete": ("delete", "ARCHIVE", "good/first"),
    "rename": ("rename", "ARCHIVE", "good/first", "good/second"),
    "rename above": ("rename", "ARCHIVE", "good/first", "../evil"),
    "mkdir": ("mkdir", "ARCHIVE", "made"),
    "mkdir above": ("mkdir", "ARCHIVE", "../made"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_editing(attack: Field, edit: str) -> None:
    """What is refused leaves the archive as it was. What is done leaves no attack unseen."""
    (attack.here / "new").write_text("new")
    attack.before = seen(attack.outside, "out")
    before = attack.archive.read_bytes()
    words = [word.format(here=attack.here) for word in EDITS[edit]]
    answer = zpack(*(attack.archive if word == "ARCHIVE" else word for word in words))
    attack.check()
    assert [path.name for path in attack.archive.parent.iterdir() if path.is_file()] == ["attack"]
    if answer.code != 0:
        assert attack.archive.read_bytes() == before
        return
    assert "above" not in edit
    refused = attack.extract("--conflict", "overwrite").named
    # An absolute path, which no index can say, has become a relative one: harmless.
    gone = set() if refused else {"evil", "link"}
    assert refused - {"good/first", "good/second"} >= _refused(attack, before) - gone


def _refused(field: Field, data: bytes) -> set[str]:
    """What extracting the archive as it was would name."""
    field.archive.write_bytes(data)
    return field.extract("--conflict", "overwrite", to=field.out / "as it was").named


@pytest.mark.parametrize("count", ["1", "2"])
def test_stripping_components(attack: Field, count: str) -> None:
    """Whatever is left of a path goes through the gate."""
    answer = attack.extract("--strip-components", count)
    assert answer.code in (0, 3, 4)
    assert not any("evil" in line for line in answer.err.splitlines())


@pytest.mark.parametrize("name", ["a/../evil", "a/../../evil", "../../evil", "a//../evil"])
def test_stripping_down_to_what_leads_out(field: Field, name: str) -> None:
    field.put(file(name))
    for count in ("1", "2", "3"):
        field.extract("--strip-components", count, "--conflict", "skip")


def test_patterns_do_not_open_the_gate(attack: Field) -> None:
    attack.extract("--include", "*evil*", "--conflict", "skip")
    attack.extract("--exclude", "good", "--conflict", "skip")


def test_edits_by_names_that_lead_out(field: Field, tmp_path: Path) -> None:
    """Names in the archive are not names on the disk."""
    field.put(file("../evil"))
    for words in (
        ("delete", field.archive, "../evil"),
        ("rename", field.archive, "../evil", "fine"),
    ):
        data = field.archive.read_bytes()
        zpack(*words)
        field.check()
        field.archive.write_bytes(data)


def test_to_standard_output(attack: Field) -> None:
    answer = process("extract", "--to-stdout", attack.archive)
    assert answer.code in (0, 3, 4)
    attack.check()
    assert list(attack.out.iterdir()) == []


def test_a_tar_to_standard_output_has_no_attack_in_it(attack: Field) -> None:
    """Another program will extract it, perhaps a careless one."""
    answer = process("extract", "--to-tar", attack.archive)
    assert answer.code in (0, 3, 4)
    attack.check()
    with tarfile.open(fileobj=io.BytesIO(answer.out), mode="r|") as tar:
        names = [info.name for info in tar] if answer.code != 4 else []
    assert not any(name.startswith("/") or ".." in name.split("/") for name in names)

"""Classes 14 to 16: what an archive or a name looks like.

7-Zip 2026-48095. PeaZip 2009-2261. WinRAR 2025-52331, 2024-36052.
"""

import pytest

from tests.core.cli.support import Terminal, command
from tests.core.threats.crafting import file, symlink
from tests.core.threats.field import Field, zpack

SHELL = [
    "-rf",
    "--help",
    "-C",
    "@file",
    "$(touch evil)",
    "`touch evil`",
    "; touch evil",
    "| touch evil",
    "a b",
    "*",
    "~",
    "%s%n",
    "new\nline",
    "quote'\"",
    "back\\slash",
]
STEERING = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\rover",
    "\x08\x08back",
    "\u202egnp.exe",
    "\u2066\u2069",
    "\u200bzero",
    "\ufeffmark",
    "\x7f",
]


@pytest.mark.parametrize("name", ["attack.zip", "attack.txt", "attack.tar.lz4", "attack", "-x"])
def test_class_14_the_content_decides(field: Field, name: str) -> None:
    field.put(file("a"))
    field.archive = field.archive.rename(field.archive.with_name(name))
    assert field.attack().code == 0
    assert field.came_out == {"a"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(100), b"7z\xbc\xaf\x27\x1c" * 9])
def test_class_14_what_only_has_the_ending(field: Field, content: bytes) -> None:
    field.archive = field.archive.with_name("attack.tar.zst")
    field.archive.write_bytes(content)
    for verb in ("list", "verify", "extract", "info"):
        assert zpack(verb, field.archive).code in (1, 4)
    assert list(field.here.iterdir()) == []


def test_class_15_names_are_only_names(field: Field) -> None:
    field.put(*(file(name, name.encode()) for name in SHELL))
    assert field.attack().code == 0
    assert field.came_out == set(SHELL)
    assert all((field.out / name).read_text() == name for name in SHELL)


@pytest.mark.parametrize("name", ["-rf", "--conflict", "@file", "*"])
def test_class_15_asked_for_by_name(field: Field, name: str) -> None:
    field.put(file(name))
    assert field.extract(members=(name,)).code == 0
    assert field.came_out == {name}


def test_class_16_in_a_terminal(field: Field) -> None:
    """Neither the list nor what is complained of may steer it."""
    # None of the file's names is ever a control sequence on the screen, whatever is shown.
    field.put(*(file(f"../{name}") for name in STEERING), symlink("to", STEERING[0]))
    shown = b""
    for arguments in (("list", "-l"), ("extract", "-C", field.out), ("verify",)):
        with Terminal(command(*arguments, field.archive)) as terminal:
            done = terminal.finish()
            shown += done.err + done.out if arguments[0] != "list" else done.err
    for name in STEERING:
        assert name.encode() not in shown
    assert b"\\x1b[31mred" in shown


def test_class_16_in_complaints(field: Field) -> None:
    field.put(*(file(f"../{name}") for name in STEERING))
    answer = zpack("extract", field.archive, "-C", field.out)
    assert answer.code == 3
    assert all(name not in answer.err for name in STEERING)
    assert "\\x1b[31mred" in answer.err


def test_class_16_in_json(field: Field) -> None:
    field.put(*(file(name) for name in STEERING))
    for arguments in (("list", "--json"), ("verify", "--json"), ("info", "--json")):
        out = zpack(*arguments, field.archive).out
        assert out.isascii()
        assert out.replace(b"\n", b"").decode().isprintable()

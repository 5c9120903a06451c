"""Class 9: names with powers on Windows: streams, devices, what it cuts off.

WinRAR 2025-8088; 7-Zip 2026-58052. The gate is asked as on Windows; it is pure, so it tells the
same on any system.
"""

import pytest

from zpack.filesystem import unsafe_reason

NAMES = [
    b"file.txt:Zone.Identifier",
    b"file.txt::$DATA",
    b"folder::$INDEX_ALLOCATION/evil",
    b"a:..\\..\\evil",
    b"C:\\Windows\\evil",
    b"C:evil",
    b"\\\\server\\share\\evil",
    b"\\\\?\\C:\\evil",
    b"\\??\\C:\\evil",
    b"a\\..\\..\\evil",
    b"..\\evil",
    b"a/..\\evil",
    b"CON",
    b"nul.txt",
    b"Aux.tar.gz",
    b"COM1",
    b"com9.log",
    b"LPT0",
    "com²".encode(),
    b"conin$",
    b"con .txt",
    b"folder/PRN/evil",
    b"evil.",
    b"evil ",
    b"evil. .",
    b".. /evil",
    b".../evil",
    b"a./evil",
    b"what?",
    b"all*",
    b'quo"te',
    b"a<b",
    b"a|b",
    b"new\nline",
    b"\x01",
]


@pytest.mark.parametrize("name", NAMES)
def test_refused_there(name: bytes) -> None:
    assert unsafe_reason(name, windows=True)


@pytest.mark.parametrize("name", NAMES)
def test_only_a_name_elsewhere(name: bytes) -> None:
    assert unsafe_reason(name, windows=False) is None


@pytest.mark.parametrize("name", [b"console", b"com", b"com10", b"nulls", b"a.b", b"COM", b"~1"])
def test_names_that_only_look_so(name: bytes) -> None:
    assert unsafe_reason(name, windows=True) is None

"""The one gate: which paths may be extracted."""

import ntpath
import os.path
import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.examples import examples
from zpack.filesystem import unsafe_reason

EVERYWHERE = {
    "above": b"../x",
    "above, after itself": b"./../x",
    "above, in the end": b"a/..",
    "leaves and returns": b"../dest/x",
    "above, in the middle": b"a/../../x",
    "only above": b"..",
    "absolute": b"/etc/passwd",
    "absolute twice": b"//etc/passwd",
    "nothing": b"",
    "the folder itself": b".",
    "the folder itself in other words": b"./.",
    "NUL": b"a\0b",
    "name beyond all disks": b"n" * 256,
    "folder beyond all disks": b"n" * 256 + b"/x",
}
ON_WINDOWS = {
    "above, with backslash": b"..\\x",
    "backslash in the middle": b"a\\..\\..\\x",
    "absolute with backslash": b"\\x",
    "drive": b"C:\\x",
    "drive without a slash": b"c:x",
    "share": b"\\\\server\\share\\x",
    "device": b"\\\\.\\PhysicalDrive0",
    "stream": b"file.txt:stream",
    "stream of a folder": b"folder::$INDEX_ALLOCATION/x",
    "dot in the end": b"name.",
    "dots that become above": b".../x",
    "space in the end": b"name ",
    "above and a space": b".. /x",
    "reserved": b"CON",
    "reserved, small": b"nul",
    "reserved with an ending": b"aux.txt",
    "reserved with endings": b"lpt1.tar.gz",
    "reserved folder": b"com1/x",
    "reserved with a space before the ending": b"con .txt",
    "reserved console": b"CONIN$",
    "reserved console, out": b"conout$",
    "reserved with a small digit": "com\u00b9".encode(),
}
FINE = [
    b"a",
    b"a/b/c.txt",
    b"./a",
    b"a//b",
    b"a/./b",
    b"folder/",
    b"..a",
    b"a..",
    b"...",
    b".hidden",
    b"-rf",
    b"@file",
    b"$(touch x)",
    b"a\nb",
    b"\x1b[31mred",
    "\u202etxt.exe".encode(),
    b"\xff\xfe",
    b"n" * 255,
    b"CON",
    b"a\\b",
    b"C:x",
    b"name. ",
]
FINE_ON_WINDOWS = [b"a", b"a/b.txt", b".hidden", b"console", b"com", b"com10", b"nulls.txt", b"a b"]


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("name", EVERYWHERE)
def test_refused_everywhere(name, windows):
    assert unsafe_reason(EVERYWHERE[name], windows=windows)


@pytest.mark.parametrize("name", ON_WINDOWS)
def test_refused_on_windows(name):
    assert unsafe_reason(ON_WINDOWS[name], windows=True)


@pytest.mark.parametrize("path", FINE)
def test_fine_on_unix(path):
    assert unsafe_reason(path, windows=False) is None


@pytest.mark.parametrize("path", FINE_ON_WINDOWS)
def test_fine_on_windows(path):
    assert unsafe_reason(path, windows=True) is None


PARTS = st.sampled_from(
    [b"..", b".", b"", b"a", b"...", b".. ", b"C:", b"\\", b"..\\..", b"nul", b"a:b", b"~", b" "]
)
PATHS = st.one_of(st.lists(PARTS, max_size=6).map(b"/".join), st.binary(max_size=30))


@examples(600)
@given(PATHS)
def test_what_is_accepted_stays_inside(path):
    if unsafe_reason(path, windows=False) is None:
        inside = posixpath.normpath(posixpath.join(b"/root/of/it", path))
        assert inside.startswith(b"/root/of/it/")
        assert os.path.basename(inside) not in (b"..", b".", b"")


@examples(600)
@given(PATHS)
def test_what_is_accepted_on_windows_stays_inside(path):
    if unsafe_reason(path, windows=True) is None:
        text = path.decode("latin-1")
        inside = ntpath.normpath(ntpath.join("C:\\root\\of\\it", text))
        assert inside.startswith("C:\\root\\of\\it\\")
        parts = [part for part in ntpath.normpath(text).split("\\") if part]
        assert not any(part.endswith((".", " ")) or ":" in part for part in parts)
        assert unsafe_reason(path, windows=False) is None

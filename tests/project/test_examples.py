"""Examples in the docs do what they say: those of a page in turn, in a folder of their own."""

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import zpack

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/library.md", "README.md")
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def examples(page: str) -> Iterator[tuple[int, str]]:
    """Line numbers and code."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        yield text.count("\n", 0, found.start(1)), found[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "photos" / "may").mkdir(parents=True)
    (tmp_path / "photos" / "notes.txt").write_text("some notes\n" * 100)
    (tmp_path / "photos" / "may" / "one.jpg").write_bytes(os.urandom(5000))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_they_run(page: str, folder: Path) -> None:
    if page != "docs/library.md":  # there the first example makes it
        request = zpack.CreateRequest("photos.tar.zst", ("photos",))
        zpack.create(request, zpack.Control())
    names: dict[str, object] = {}
    for line, code in examples(page):
        # Blank lines before it: a traceback names the page's own line.
        exec(compile("\n" * line + code, str(ROOT / page), "exec"), names)
    assert names


def test_every_operation_has_one() -> None:
    code = "".join(code for _, code in examples("docs/library.md"))
    operations = {name for name in zpack.__all__ if inspect.isfunction(getattr(zpack, name))}
    missing = {name for name in operations if f"zpack.{name}(" not in code}
    assert missing == set(), "docs/library.md shows how each is used: add an example"

"""The test vectors of docs/format.md, read from the page."""

import re
from pathlib import Path

_PAGE = Path(__file__).parents[2] / "docs" / "format.md"


def vector(name: str) -> str:
    """The text of the fenced block ``vector <name>``."""
    page = _PAGE.read_text(encoding="utf-8")
    found = re.findall(rf"^```vector {re.escape(name)}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"docs/format.md has {len(found)} vectors “{name}”"
    return found[0]


def vector_bytes(name: str) -> bytes:
    """A block of hexadecimal digits; spaces and line ends only divide it."""
    return bytes.fromhex("".join(vector(name).split()))

"""Names of a package that are imported when they are first used."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import zpack.operations
from zpack import operations

SOURCE = Path(operations.__file__).read_text(encoding="utf-8")


def imported_for_types() -> dict[str, set[str]]:
    """Names by module, as type checkers read them."""
    names: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zpack.operations."):
            home = (node.module or "").removeprefix("zpack.operations.")
            names.setdefault(home, set()).update(alias.name for alias in node.names)
    return names


def offered() -> dict[str, set[str]]:
    """Names by module, as they are imported."""
    call = next(
        node
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "make_lazy"
    )
    return {home: set(names) for home, names in ast.literal_eval(call.args[1]).items()}


def test_what_type_checkers_see_is_what_there_is():
    assert offered() == imported_for_types()
    assert set().union(*offered().values()) == set(operations.__all__)


@pytest.mark.parametrize("name", operations.__all__)
def test_every_name_is_there(name):
    assert getattr(operations, name) is not None
    assert name in dir(operations)


def test_a_verb_is_the_function_whichever_was_imported_first():
    module = importlib.import_module("zpack.operations.verify")
    assert operations.verify is module.verify
    assert zpack.operations.verify is module.verify


def test_what_is_not_there_is_missed():
    with pytest.raises(AttributeError, match="undo"):
        _ = operations.undo  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("used", "spared"),
    [
        ("import zpack", "zpack.operations"),
        ("import zpack.operations", "zstandard"),
        ("from zpack.operations import list_archive", "zpack.operations.create"),
        ("from zpack.operations import create", "asyncio"),
        ("from zpack.operations import create", "pathspec"),
        ("from zpack.operations import create", "send2trash"),
        ("from zpack.operations import extract", "zpack.operations.edit"),
    ],
)
def test_what_is_not_needed_is_not_loaded(used, spared):
    code = f"import sys; {used}; sys.exit({spared!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

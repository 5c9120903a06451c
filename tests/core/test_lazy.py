"""Names of a package that are imported when they are first used."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import zpack.operations
from zpack import operations

ROOT = Path(zpack.__file__).parent
LAZY = sorted(path for path in ROOT.rglob("__init__.py") if "make_lazy(" in path.read_text("utf-8"))
NAMES = [".".join(("zpack", *path.parent.relative_to(ROOT).parts)) for path in LAZY]


def imported_for_types(package: str, tree: ast.Module) -> dict[str, set[str]]:
    """Names by module, as type checkers read them."""
    names: dict[str, set[str]] = {}
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    for node in ast.walk(checked):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            home = (node.module or "").removeprefix(f"{package}.")
            names.setdefault(home, set()).update(alias.name for alias in node.names)
    return names


def offered(tree: ast.Module) -> dict[str, set[str]]:
    """Names by module, as they are imported."""
    call = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "make_lazy"
    )
    return {home: set(names) for home, names in ast.literal_eval(call.args[1]).items()}


@pytest.mark.parametrize(("path", "package"), list(zip(LAZY, NAMES, strict=True)), ids=NAMES)
def test_what_type_checkers_see_is_what_there_is(path: Path, package: str):
    tree = ast.parse(path.read_text("utf-8"))
    assert offered(tree) == imported_for_types(package, tree)
    module = importlib.import_module(package)
    assert set().union(*offered(tree).values()) == set(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is not None
        assert name in dir(module)


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
        ("from zpack.operations import list_archive", "zpack.operations.reports.create"),
        ("from zpack.operations import list_archive", "zpack.filesystem.scan"),
    ],
)
def test_what_is_not_needed_is_not_loaded(used, spared):
    code = f"import sys; {used}; sys.exit({spared!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

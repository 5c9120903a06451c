"""The shape of the sources: short files, short functions, and a test beside each.

The limits are in CONTRIBUTING.md. They are measured, since nobody notices the file that grows by
ten lines a month.
"""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "core" / "zpack"
WINDOW = ROOT / "zpack_gui"

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
MEDIAN_FILE = 120


def modules(package: Path) -> list[Path]:
    found = sorted(package.rglob("*.py"))
    assert found, f"no sources in {package}"
    return found


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module, and how many lines it has."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def long_functions(path: Path) -> list[str]:
    return [
        f"{path.name}: {name} has {lines} lines"
        for name, lines in functions(path)
        if lines > LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("package", [ENGINE, WINDOW], ids=lambda path: path.name)
class TestLengths:
    def test_no_file_is_too_long(self, package: Path) -> None:
        too_long = {
            str(path.relative_to(ROOT)): line_count(path)
            for path in modules(package)
            if line_count(path) > LONGEST_FILE
        }
        assert too_long == {}

    def test_most_files_are_short(self, package: Path) -> None:
        # The __init__.py files would hide long ones behind their few lines.
        counted = [line_count(path) for path in modules(package) if path.name != "__init__.py"]
        assert statistics.median(counted) < MEDIAN_FILE

    def test_no_function_is_too_long(self, package: Path) -> None:
        too_long = [line for path in modules(package) for line in long_functions(path)]
        assert too_long == []


def test_functions_are_measured_wherever_they_are(tmp_path: Path) -> None:
    body = "\n".join(["        x = 1"] * LONGEST_FUNCTION)
    path = tmp_path / "example.py"
    path.write_text(
        f"class C:\n    def long(self):\n{body}\n\n    async def short(self):\n        ...\n"
    )
    assert list(functions(path)) == [("long", LONGEST_FUNCTION + 1), ("short", 2)]
    assert long_functions(path) == [f"example.py: long has {LONGEST_FUNCTION + 1} lines"]


# --- Tests beside the sources -----------------------------------------------------------------


def packages() -> list[Path]:
    return sorted(path.parent for path in ENGINE.glob("*/__init__.py"))


def verbs() -> list[Path]:
    """The modules where one file is one verb; those that only declare types have nothing to run."""
    operations = (ENGINE / "operations").glob("*.py")
    commands = (ENGINE / "cli").glob("*_command.py")
    found = (path for path in (*operations, *commands) if path.name != "__init__.py")
    return sorted(path for path in found if any(functions(path)))


def names_of_tests(package: str) -> set[str]:
    return {path.name for path in (ROOT / "tests" / "core" / package).rglob("test_*.py")}


def test_every_package_of_the_engine_has_tests() -> None:
    assert packages()
    assert [path.name for path in packages() if not names_of_tests(path.name)] == []


def test_every_verb_has_a_test_file_of_its_name() -> None:
    assert verbs()
    untested = [
        str(path.relative_to(ENGINE))
        for path in verbs()
        if f"test_{path.name}" not in names_of_tests(path.parent.name)
    ]
    assert untested == []

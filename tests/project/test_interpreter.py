"""Which Python .venv is made from: one that the tests can run as an ordinary user."""

import sys
from pathlib import Path

import pytest

from dev_tools import interpreter
from dev_tools.interpreter import Interpreter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX permissions")


def fake_python(folder: Path, version: str) -> Path:
    path = folder / f"python-{version}"
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(0o755)
    return path


def test_the_running_one_is_described() -> None:
    current = interpreter.running()
    assert current.path.exists()
    assert current.version == ".".join(map(str, sys.version_info[:3]))
    assert current.minor == ".".join(map(str, sys.version_info[:2]))


def test_a_python_in_a_closed_folder_is_not_open_to_all(public: Path) -> None:
    path = fake_python(public, "3.12.0")
    assert interpreter.open_to_all(path)
    public.chmod(0o700)
    assert not interpreter.open_to_all(path)
    public.chmod(0o755)
    path.chmod(0o700)
    assert not interpreter.open_to_all(path)


@pytest.mark.parametrize(
    ("version", "taken"), [("3.9.2", False), ("3.10.14", False), ("3.11.0", True), ("3.14.1", True)]
)
def test_only_pythons_that_are_new_enough_count(public: Path, version: str, taken: bool) -> None:
    found = interpreter.look_at(fake_python(public, version))
    assert (found is not None and found.version == version) is taken


def test_what_is_not_there_or_no_python_does_not_count(public: Path) -> None:
    assert interpreter.look_at(public / "python3") is None
    assert interpreter.look_at(fake_python(public, "hello")) is None


def test_root_prefers_a_python_for_everyone(public: Path, tmp_path: Path) -> None:
    own = Interpreter(fake_python(tmp_path, "3.13.0"), "3.13.0")
    others = [public / "missing", fake_python(public, "3.10.0"), fake_python(public, "3.12.1")]
    chosen = interpreter.choose(own, others, as_root=True)
    assert (chosen.path, chosen.version) == (others[-1].resolve(), "3.12.1")


def test_an_ordinary_user_keeps_the_running_one(public: Path, tmp_path: Path) -> None:
    own = Interpreter(fake_python(tmp_path, "3.13.0"), "3.13.0")
    assert interpreter.choose(own, [fake_python(public, "3.12.1")], as_root=False) == own


def test_without_another_the_running_one_is_kept_with_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Interpreter(fake_python(tmp_path, "3.13.0"), "3.13.0")
    assert interpreter.choose(own, [fake_python(tmp_path, "3.12.1")], as_root=True) == own
    assert f"other users cannot run {own.path}" in capsys.readouterr().out

"""requirements.lock: what everyone installs must be exact, checked by hash, and safe to run."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from dev_tools import lock

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked_lines() -> list[str]:
    """One line for each requirement, with its hashes."""
    joined = TEXT.replace("\\\n", " ")
    return [
        line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def locked() -> list[Requirement]:
    return [Requirement(re.sub(r"--hash=\S+", "", line)) for line in locked_lines()]


def selected(name: str, python: str, system: str = "linux") -> list[str]:
    """The versions of a package that an installation on `python` and `system` would get."""
    minor = ".".join(python.split(".")[:2])
    where = {"python_version": minor, "python_full_version": python, "sys_platform": system}
    return [
        str(entry.specifier).removeprefix("==")
        for entry in locked()
        if entry.name.lower() == name and (entry.marker is None or entry.marker.evaluate(where))
    ]


def test_it_names_no_host() -> None:
    assert "://" not in TEXT
    assert lock.named_hosts(TEXT) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--extra-index-url=//packages.example",
        "--find-links /srv/wheels",
        "xxhash @ https://packages.example/xxhash.whl",
        "    # from file:///srv/wheels",
    ],
)
def test_a_named_host_is_noticed(line: str) -> None:
    assert lock.named_hosts(f"xxhash==3.5.0 \\\n    --hash=sha256:00\n{line}\n") == [line]


def test_every_requirement_is_one_version_with_hashes() -> None:
    assert len(locked_lines()) > len(PROJECT["dependencies"])
    loose = [
        line.split()[0]
        for line in locked_lines()
        if not re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert loose == []


@pytest.mark.parametrize("python", ["3.11.0", "3.11.14", "3.12.0", "3.13.1", "3.14.0"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_every_dependency_is_locked_within_its_bounds(python: str, system: str) -> None:
    declared = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    for requirement in map(Requirement, declared):
        minor = python.rpartition(".")[0]
        where = {"python_version": minor, "sys_platform": system}
        if requirement.marker and not requirement.marker.evaluate(where):
            continue
        versions = selected(requirement.name.lower(), python, system)
        assert len(versions) == 1, requirement
        assert requirement.specifier.contains(versions[0]), requirement


@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.11.14"])
def test_qt_that_crashes_is_not_chosen(python: str) -> None:
    # PySide6 6.12.0 aborts there after some hundred emitted signals.
    assert selected("pyside6-essentials", python) != ["6.12.0"]


@pytest.mark.parametrize("python", ["3.11.2", "3.12.0", "3.14.0"])
def test_qt_and_its_binding_agree(python: str) -> None:
    assert selected("pyside6-essentials", python) == selected("shiboken6", python)

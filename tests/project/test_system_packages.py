"""What dev.py does about libraries and programs that the system lacks."""

import os
import sys
from pathlib import Path

import pytest

from dev_tools import interpreter, say, system_packages
from dev_tools.system_packages import library, program

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux needs system packages"
)

ABSENT = library("libabsent9", "libabsent.so.9")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the only one where programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def fake_apt(programs: Path, installs: str = "") -> Path:
    """An apt-get that notes how it was called and makes the program `installs`."""
    log = programs.parent / "apt.log"
    apt = programs / "apt-get"
    making = (
        f"[ $1 = install ] && : > {programs}/{installs} && /bin/chmod 755 {programs}/{installs}\n"
    )
    apt.write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> {log}\n'
        + (making if installs else "")
        + "exit 0\n"
    )
    apt.chmod(0o755)
    return log


def test_libraries_are_found_as_the_linker_finds_them() -> None:
    assert system_packages.loads("libc.so.6")
    assert not system_packages.loads("libabsent.so.9")


def test_any_of_several_programs_will_do(programs: Path) -> None:
    need = program("util-linux", "setpriv", "runuser")
    assert system_packages.missing([need]) == [need]
    (programs / "runuser").touch(0o755)
    assert system_packages.missing([need]) == []


def test_the_module_venv_is_found_where_the_tests_run() -> None:
    need = system_packages.environments(interpreter.choose(interpreter.running()))
    assert need.present()
    assert need.package.startswith("python3")
    assert need.package.endswith("-venv")


def test_nothing_missing_starts_nothing(programs: Path) -> None:
    log = fake_apt(programs)
    system_packages.ensure([library("libc6", "libc.so.6")])
    assert not log.exists()


def test_an_ordinary_user_gets_one_line_to_copy(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake_apt(programs)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    needs = [program("xvfb", "Xvfb"), ABSENT, library("libc6", "libc.so.6")]
    with pytest.raises(say.CannotGoOn) as caught:
        system_packages.ensure(needs)
    assert str(caught.value).splitlines() == [
        "These are missing:",
        "  Xvfb",
        "  libabsent.so.9",
        "",
        "Install them with this, then try again:",
        "  sudo apt-get install -y --no-install-recommends libabsent9 xvfb",
    ]
    assert not log.exists()


def test_without_apt_the_libraries_are_named(programs: Path) -> None:
    with pytest.raises(say.CannotGoOn) as caught:
        system_packages.ensure([ABSENT])
    assert "libabsent.so.9" in str(caught.value)
    assert "apt-get" not in str(caught.value)


def test_root_installs_only_what_is_missing(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    log = fake_apt(programs, installs="xdotool")
    system_packages.ensure([program("xdotool", "xdotool"), library("libc6", "libc.so.6")])
    assert log.read_text().splitlines() == [
        "noninteractive -q update",
        "noninteractive install -y --no-install-recommends xdotool",
    ]


def test_an_installation_that_failed_is_not_taken_for_done(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fake_apt(programs)
    with pytest.raises(say.CannotGoOn, match="could not install everything"):
        system_packages.ensure([ABSENT])


@pytest.mark.parametrize(
    ("variables", "shown"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_a_display_is_x11_or_wayland(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], shown: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_packages.has_display() is shown

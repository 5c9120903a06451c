"""dev.py: what it says, and the exit codes that people and machines rely on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dev_tools import checks, commands
from dev_tools.checks import Check

ROOT = Path(__file__).resolve().parents[2]


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "dev.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def exits_with(code: int, name: str = "example") -> Check:
    return Check(name, [sys.executable, "-c", f"raise SystemExit({code})"])


class TestCommandLine:
    def test_help_explains_every_command_in_a_line(self) -> None:
        answer = dev("--help")
        assert answer.returncode == 0
        explained = [line.split(maxsplit=1) for line in answer.stdout.splitlines()[2:]]
        assert [(name, text) for name, text in explained] == [
            (name, command.help) for name, command in commands.COMMANDS.items()
        ]

    def test_an_unknown_command_is_refused_with_the_list(self) -> None:
        answer = dev("tset")
        assert answer.returncode == 1
        assert "no command 'tset'" in answer.stderr
        assert "  test " in answer.stderr

    def test_an_old_python_is_told_so(self) -> None:
        code = (
            "import runpy, sys; sys.version_info = (3, 10, 9); sys.version = '3.10.9 (main)'; "
            f"runpy.run_path({str(ROOT / 'dev.py')!r}, run_name='__main__')"
        )
        answer = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert answer.returncode == 1
        assert answer.stderr.startswith("zpack needs Python 3.11 or newer; this is 3.10.9")

    def test_missing_screenshots_are_said_to_be_missing(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "dev.py", tmp_path)
        shutil.copytree(ROOT / "dev_tools", tmp_path / "dev_tools")
        (tmp_path / "dev_tools" / "screenshots.py").unlink(missing_ok=True)
        command = [sys.executable, tmp_path / "dev.py", "screenshots"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 1
        assert "screenshots.py is missing" in answer.stderr


class TestChecks:
    def test_they_come_in_the_order_of_their_cost(self) -> None:
        names = [check.name for check in checks.all_checks([])]
        assert names == ["ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"]

    def test_arguments_go_to_pytest_alone(self) -> None:
        *others, pytest_check = checks.all_checks(["-k", "lock"])
        assert list(pytest_check.command)[-2:] == ["-k", "lock"]
        assert all("lock" not in check.command for check in others)

    def test_tests_need_no_screen(self) -> None:
        assert checks.all_checks([])[-1].environment["QT_QPA_PLATFORM"] == "offscreen"

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the name is Linux's")
    def test_a_plain_locale_becomes_utf8(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "C")
        assert checks.all_checks([])[-1].environment["LC_ALL"] == "C.UTF-8"
        monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
        assert "LC_ALL" not in checks.all_checks([])[-1].environment

    def test_success_is_0(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert checks.run_all([exits_with(0, "first"), exits_with(0, "second")]) == 0
        assert "FAILED" not in capfd.readouterr().out

    def test_one_failure_is_enough_but_the_others_still_run(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        speaks = Check("last", [sys.executable, "-c", "print('I ran')"])
        assert checks.run_all([exits_with(0, "first"), exits_with(3, "second"), speaks]) == 1
        output = capfd.readouterr().out
        assert "I ran" in output
        summary = output[output.index("=== summary") :].splitlines()[1:]
        assert [" ".join(line.split()[:-2]) for line in summary] == [
            "first ok",
            "second FAILED (exit code 3)",
            "last ok",
        ]

    def test_a_check_gets_its_environment(self, capfd: pytest.CaptureFixture[str]) -> None:
        code = "import os; print('value', os.environ['ZPACK_EXAMPLE'])"
        checks.run_all([Check("example", [sys.executable, "-c", code], {"ZPACK_EXAMPLE": "7"})])
        assert "value 7" in capfd.readouterr().out

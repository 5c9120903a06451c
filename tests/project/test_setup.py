""".venv: made once, made anew when it must be, and never half made."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dev_tools import places, setup
from dev_tools.interpreter import Interpreter

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Interpreter(Path("/usr/bin/python3.11"), "3.11.2")

posix = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX")


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("xxhash==3.5.0\n")
    return path


class TestStamp:
    def test_the_same_gives_the_same(self, lock: Path, tmp_path: Path) -> None:
        first = setup.stamp(lock, PYTHON, tmp_path / ".venv")
        os.utime(lock, (0, 0))
        assert setup.stamp(lock, PYTHON, tmp_path / ".venv") == first

    def test_lock_interpreter_and_place_each_change_it(self, lock: Path, tmp_path: Path) -> None:
        venv = tmp_path / ".venv"
        stamps = {
            setup.stamp(lock, PYTHON, venv),
            setup.stamp(lock, Interpreter(PYTHON.path, "3.11.3"), venv),
            setup.stamp(lock, Interpreter(Path("/opt/python3.11"), "3.11.2"), venv),
            setup.stamp(lock, PYTHON, tmp_path / "elsewhere" / ".venv"),
        }
        lock.write_text("xxhash==3.6.0\n")
        stamps.add(setup.stamp(lock, PYTHON, venv))
        assert len(stamps) == 5

    def test_ready_takes_the_right_stamp_and_a_python(self, tmp_path: Path) -> None:
        assert not setup.is_ready(tmp_path, "right")
        (tmp_path / setup.STAMP).write_text("right")
        assert not setup.is_ready(tmp_path, "right")
        python = places.tool("python", tmp_path)
        python.parent.mkdir()
        python.touch()
        assert setup.is_ready(tmp_path, "right")
        assert not setup.is_ready(tmp_path, "another")


@posix
class TestCommands:
    def test_one_runs_its_module_and_gives_its_exit_code(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A path that sh must have quoted, and that is too long for a "#!" line.
        venv = tmp_path / "it's a checkout" / ("x" * 120)
        places.scripts_of(venv).mkdir(parents=True)
        places.tool("python", venv).symlink_to(sys.executable)
        (tmp_path / "example.py").write_text(
            "import sys\ndef run():\n    print(sys.argv[1:])\n    return 4\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        setup.write_command(venv, "example", "example")
        command = [places.command("example", venv), "a b", "$HOME", "'"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (answer.stdout, answer.returncode) == ("['a b', '$HOME', \"'\"]\n", 4)


def checkout(folder: Path, lock: str) -> Path:
    """As much of a checkout as set-up needs, with a lock of our own."""
    (folder / "core").mkdir(parents=True)
    shutil.copy(ROOT / "dev.py", folder)
    shutil.copytree(ROOT / "dev_tools", folder / "dev_tools")
    (folder / "requirements.lock").write_text(lock)
    (folder / "core" / "example_of_the_engine.py").write_text("")
    return folder


def set_up(folder: Path, **how: int) -> subprocess.CompletedProcess[str]:
    code = (
        "from dev_tools import say, setup\n"
        "try: setup.ensure()\n"
        "except say.CannotGoOn as problem: exit(str(problem))"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **how)


@posix
def test_a_failed_set_up_is_done_again_and_a_whole_one_is_kept(tmp_path: Path) -> None:
    # A lock without a hash is refused by pip before it asks the network.
    folder = checkout(tmp_path / "checkout", "xxhash==3.5.0\n")
    stamp = folder / ".venv" / setup.STAMP
    failed = set_up(folder)
    assert failed.returncode == 1
    assert "Could not install the locked packages" in failed.stderr
    assert not stamp.exists()

    (folder / "requirements.lock").write_text("# nothing\n")
    done = set_up(folder, umask=0o077)
    assert done.returncode == 0, done.stderr
    assert "Making .venv" in done.stdout
    code = "import example_of_the_engine, dev_tools"
    subprocess.run([folder / ".venv" / "bin" / "python", "-P", "-c", code], cwd="/", check=True)
    closed = [
        path
        for path in (folder / ".venv").rglob("*")
        if not path.is_symlink() and not path.stat().st_mode & stat.S_IROTH
    ]
    assert closed == []

    again = set_up(folder)
    assert (again.returncode, again.stdout) == (0, "")

    (folder / "requirements.lock").write_text("# another\n")
    assert "Making .venv" in set_up(folder).stdout


@posix
def test_a_folder_that_cannot_be_written_is_named(public: Path) -> None:
    folder = checkout(public / "checkout", "# nothing\n")
    folder.chmod(0o555)
    try:
        how = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
        answer = set_up(folder, **how)
    finally:
        folder.chmod(0o755)
    assert answer.returncode == 1
    assert f"Nothing can be written in {folder}" in answer.stderr

"""How a worker is started."""

import subprocess
from pathlib import Path

from tests.core.worker.peers import Window
from zpack.worker.command import worker_command, worker_environment


def test_the_current_folder_cannot_slip_code_in(tmp_path: Path, monkeypatch):
    for name in ("json.py", "zpack.py", "struct.py"):
        (tmp_path / name).write_text("raise SystemExit('slipped in')")
    monkeypatch.chdir(tmp_path)
    with Window() as window:
        assert window.hear()["say"] == "hello"


def test_zpack_is_found_wherever_this_process_found_it(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    search = worker_environment()["PYTHONPATH"].split(":")
    assert (Path(search[0]) / "zpack" / "worker").is_dir()
    assert search[1:] == [str(tmp_path)]


def test_no_window_is_imported():
    script = "import sys, zpack.worker.process; print(*sys.modules)"
    python = worker_command()[0]
    done = subprocess.run(
        [python, "-P", "-c", script], env=worker_environment(), capture_output=True, check=True
    )
    roots = {name.split(".")[0] for name in done.stdout.decode().split()}
    assert roots & {"PySide6", "zpack_gui", "multiprocessing"} == set()

"""Standard streams that are closed from outside."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_change_nothing(tmp_path: Path, closed: str) -> None:
    (tmp_path / "file").write_text("content")
    command = f'"{sys.executable}" -m zpack create a.tar.zst file {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    verify = [sys.executable, "-m", "zpack", "verify", "-q", "a.tar.zst"]
    assert subprocess.run(verify, cwd=tmp_path, check=False).returncode == 0

"""The sample job of `dev.py run` must notice whatever an archiver may lose."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dev_tools import places, sample_job

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="compares what POSIX keeps")


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Path, Path]:
    """The sample folder, and an exact copy."""
    source, copy = tmp_path / "source", tmp_path / "copy"
    sample_job.make_sample(source)
    subprocess.run(["cp", "-a", source, copy], check=True)
    return source, copy


def test_the_sample_has_one_of_each(tmp_path: Path) -> None:
    sample_job.make_sample(tmp_path / "sample")
    names = {
        path.relative_to(tmp_path / "sample").as_posix()
        for path in sample_job.walk(tmp_path / "sample")
    }
    assert names >= {".", "empty folder", "random.bin", "second name.bin", "link to the text"}
    assert (tmp_path / "sample" / "link to the text").is_symlink()
    assert (tmp_path / "sample" / "second name.bin").samefile(tmp_path / "sample" / "random.bin")


def test_an_exact_copy_has_no_differences(twins: tuple[Path, Path]) -> None:
    assert list(sample_job.differences(*twins)) == []


def rewrite(path: Path) -> None:
    """Another content, of the same size and time."""
    status = path.stat()
    path.write_bytes(b"?" * status.st_size)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def separate(path: Path) -> None:
    """A file of its own instead of one of two names."""
    content, status = path.read_bytes(), path.stat()
    folder = path.parent.stat()
    path.unlink()
    path.write_bytes(content)
    path.chmod(status.st_mode & 0o7777)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.utime(path.parent, ns=(folder.st_atime_ns, folder.st_mtime_ns))


def later(path: Path) -> None:
    status = path.lstat()
    os.utime(path, ns=(0, status.st_mtime_ns + 1), follow_symlinks=False)


def redirect(path: Path) -> None:
    path.unlink()
    path.symlink_to("notes/elsewhere")


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("notes/readme.txt", rewrite, "notes/readme.txt: other content"),
        ("second name.bin", separate, "hard links join other names"),
        ("script.sh", lambda path: path.chmod(0o644), "script.sh: mode 755 became 644"),
        ("notes", lambda path: path.chmod(0o755), "notes: mode 750 became 755"),
        ("zeros.bin", later, "zeros.bin: time "),
        ("empty folder", later, "empty folder: time "),
        ("link to the text", later, "link to the text: time "),
        ("link to the text", redirect, "link to notes/readme.txt became link to notes/elsewhere"),
        ("empty folder", Path.rmdir, "empty folder: missing"),
        ("new.txt", Path.touch, "new.txt: not in the original"),
    ],
)
def test_every_loss_is_noticed(
    twins: tuple[Path, Path], name: str, change: Callable[[Path], object], said: str
) -> None:
    source, copy = twins
    change(copy / name)
    assert said in "\n".join(sample_job.differences(source, copy))


def test_a_difference_makes_the_job_fail(
    twins: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sample_job.report([], twins[0]) == 0
    assert "equals the original" in capsys.readouterr().out
    assert sample_job.report(["  x: missing"], twins[0]) == 1
    assert "  x: missing" in capsys.readouterr().out


@pytest.mark.skipif(not places.command("zpack").exists(), reason="not in dev.py's environment")
def test_the_whole_job_succeeds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert sample_job.round_trip(tmp_path) == 0, capfd.readouterr()


@pytest.mark.skipif(not places.command("zpack").exists(), reason="not in dev.py's environment")
def test_a_command_that_fails_ends_the_job(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert not sample_job.zpack("list", tmp_path / "missing.tar.zst")
    assert "failed with exit code" in capfd.readouterr().out

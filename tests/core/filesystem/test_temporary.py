"""What killed programs leave behind, and what living ones are still writing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zpack.filesystem import (
    AtomicFile,
    new_folder_beside,
    remove_left_files,
    remove_left_folders,
    remove_left_in,
    temporary_name,
)

KILLED = """
import os, signal, sys
from zpack.filesystem import AtomicFile, new_folder_beside
if sys.argv[2] == "file":
    AtomicFile(sys.argv[1], overwrite=True).write(b"half")
else:
    place, _ = new_folder_beside(sys.argv[1])
    os.mkdir(os.path.join(place, "inside"))
    open(os.path.join(place, "inside", "file"), "wb").close()
os.kill(os.getpid(), signal.SIGKILL)
"""


def leave(target: Path, what: str) -> Path:
    """What a killed program left beside the target."""
    before = set(target.parent.iterdir())
    core = Path(__file__).parents[3] / "core"
    command = [sys.executable, "-c", KILLED, str(target), what]
    subprocess.run(command, env={"PYTHONPATH": str(core)}, check=False)
    (left,) = set(target.parent.iterdir()) - before
    return left


@pytest.mark.parametrize("what", ["file", "folder"])
def test_the_next_program_removes_it(tmp_path, what):
    left = leave(tmp_path / "target", what)
    other = leave(tmp_path / "other", what)
    wrong, right = remove_left_folders, remove_left_files
    if what == "folder":
        wrong, right = right, wrong
    wrong(str(tmp_path / "target"))
    assert left.exists()
    right(str(tmp_path / "target"))
    assert not left.exists()
    assert other.exists()


def test_folders_that_are_read_only_already(tmp_path):
    left = leave(tmp_path / "target", "folder")
    (left / "sub" / "deep").mkdir(parents=True)
    (left / "sub" / "deep" / "file").write_text("x")
    (left / "sub" / "deep").chmod(0o555)
    (left / "sub").chmod(0o500)
    remove_left_folders(str(tmp_path / "target"))
    assert not left.exists()


def test_files_left_in_a_folder(tmp_path):
    left, other = leave(tmp_path / "a", "file"), leave(tmp_path / "b", "file")
    (tmp_path / ".mine.my_notes.zpack-part").write_text("mine")
    fd = os.open(tmp_path, os.O_RDONLY)
    remove_left_in(fd)
    os.close(fd)
    assert not left.exists()
    assert not other.exists()
    assert [path.name for path in tmp_path.iterdir()] == [".mine.my_notes.zpack-part"]


def test_a_new_file_removes_it(tmp_path):
    leave(tmp_path / "target", "file")
    with AtomicFile(str(tmp_path / "target"), overwrite=False) as file:
        file.commit()
    assert [p.name for p in tmp_path.iterdir()] == ["target"]


def test_what_is_still_being_written_stays(tmp_path):
    target = str(tmp_path / "target")
    with AtomicFile(target, overwrite=True) as file:
        place, fd = new_folder_beside(target)
        remove_left_files(target)
        remove_left_folders(target)
        assert len([*tmp_path.iterdir()]) == 2
        os.close(fd)
        remove_left_folders(target)
        assert not os.path.exists(place)
        file.write(b"whole")
        file.commit()
    assert (tmp_path / "target").read_bytes() == b"whole"


def test_a_new_folder_is_private(tmp_path):
    place, fd = new_folder_beside(str(tmp_path / "target"))
    os.close(fd)
    assert os.stat(place).st_mode & 0o7777 == 0o700
    assert os.path.dirname(place) == str(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "target",
        ".target",
        ".target.zpack-part",
        ".target.1234567.zpack-part",
        ".target.123456789.zpack-part",
        ".target.my_notes.zpack-part",
        ".targets.12345678.zpack-part",
        "target.12345678.zpack-part",
        ".target.12345678.zpack-part.txt",
    ],
)
def test_files_of_other_names_stay(tmp_path, name):
    (tmp_path / name).write_bytes(b"mine")
    remove_left_files(str(tmp_path / "target"))
    remove_left_folders(str(tmp_path / "target"))
    assert (tmp_path / name).exists()


def test_links_are_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_bytes(b"mine")
    link = tmp_path / temporary_name("target")
    os.symlink("elsewhere", link)
    remove_left_files(str(tmp_path / "target"))
    remove_left_folders(str(tmp_path / "target"))
    assert (tmp_path / "elsewhere" / "file").exists()


def test_where_there_is_nothing_to_remove(tmp_path):
    remove_left_files(str(tmp_path / "no" / "such" / "folder"))
    remove_left_folders(str(tmp_path / "no" / "such" / "folder"))


@pytest.mark.parametrize("name", ["a", "n" * 255, "ä" * 127, os.fsdecode(b"\xff" * 255)])
def test_names_that_a_disk_can_have(name, tmp_path):
    made = temporary_name(name)
    assert len(os.fsencode(made)) <= 255
    assert made.startswith(".")
    assert temporary_name(name) != made
    (tmp_path / made).touch()

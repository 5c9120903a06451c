"""``zpack extract``: where things go, conflicts, members."""

import json
import os
from pathlib import Path

import pytest

from tests.core.cli.support import Terminal, as_ordinary_user, command, zpack


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Path:
    """An empty folder, which is the current one."""
    folder = tmp_path / "place"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_into_a_folder_that_is_made(archive: Path, tree: Path, place: Path):
    done = zpack("extract", archive, "-C", "new/deep")
    assert done.code == 0
    assert done.text.startswith("Extracted 4 files, 26 kB, to ")
    out = place / "new" / "deep" / "photos"
    assert (out / "notes.txt").read_bytes() == (tree / "notes.txt").read_bytes()
    assert (out / "notes.txt").stat().st_mtime_ns == (tree / "notes.txt").stat().st_mtime_ns
    assert (out / "may" / "one.bin").samefile(out / "may" / "two.bin")
    assert os.readlink(out / "link") == "notes.txt"
    assert (out / "empty").is_dir()


def test_one_item_at_the_top_needs_no_folder(archive: Path, place: Path):
    assert zpack("extract", archive).code == 0
    assert [path.name for path in place.iterdir()] == ["photos"]


def test_several_items_get_a_folder(tree: Path, tmp_path: Path, place: Path):
    several = tmp_path / "several.tar.zst"
    zpack("create", several, tree / "notes.txt", tree / "may")
    assert zpack("extract", several).code == 0
    assert [path.name for path in place.iterdir()] == ["several"]
    assert sorted(path.name for path in (place / "several").iterdir()) == ["may", "notes.txt"]


def test_members_with_all_below_them(archive: Path, place: Path):
    done = zpack("extract", "photos/may", archive, "-C", ".")
    assert done.code != 0
    done = zpack("extract", archive, "photos/may", "-C", ".", "photos/notes.txt")
    assert done.code == 0
    assert sorted(path.name for path in (place / "photos").iterdir()) == ["may", "notes.txt"]
    assert (place / "photos" / "may" / "two.bin").exists()


def test_a_member_that_is_not_there(archive: Path, place: Path):
    done = zpack("extract", archive, "photos/gone", "-C", ".")
    assert done.code == 1
    assert "There is no “photos/gone” in it." in done.complaint


def test_members_that_begin_with_a_dash(tmp_path: Path, place: Path):
    (tmp_path / "-C").write_text("dash")
    assert zpack("create", tmp_path / "a.tar.zst", tmp_path / "-C").code == 0
    assert zpack("extract", "-C", "out", "--", tmp_path / "a.tar.zst", "-C").code == 0
    assert (place / "out" / "-C").read_text() == "dash"


def test_json(archive: Path, place: Path):
    done = zpack("extract", archive, "--json", "-C", "out")
    report = json.loads(done.text)
    assert os.path.samefile(report["destination"], place / "out")
    assert (report["files"], report["skipped"], report["replaced"]) == (2, 0, [])
    assert (report["problems"], report["exit_code"]) == ([], 0)


@pytest.fixture
def conflict(archive: Path, place: Path) -> Path:
    """A file in the way of one from the archive; older than it."""
    file = place / "photos" / "notes.txt"
    file.parent.mkdir()
    file.write_text("mine")
    os.utime(file, (1, 1))
    return file


@pytest.mark.parametrize(
    ("how", "mine", "names"),
    [
        ("skip", True, 1),
        ("overwrite", False, 1),
        ("newer", False, 1),
        ("rename", True, 2),
    ],
)
def test_conflicts_as_told(archive: Path, conflict: Path, how, mine, names):
    done = zpack("extract", archive, "--conflict", how, "-C", ".")
    assert done.code == 0
    assert (conflict.read_text() == "mine") == mine
    assert len(list(conflict.parent.glob("*notes*"))) == names


def test_nobody_to_ask(archive: Path, conflict: Path):
    done = zpack("extract", archive, "-C", ".")
    assert done.code == 3
    assert conflict.read_text() == "mine"
    assert "1 file skipped" in done.complaint
    assert "  photos/notes.txt\n" in done.complaint
    assert (conflict.parent / "may" / "one.bin").exists()


def test_nobody_to_ask_in_json(archive: Path, conflict: Path):
    done = zpack("extract", archive, "-C", ".", "--json")
    report = json.loads(done.text)
    assert (done.code, report["exit_code"], report["skipped"]) == (3, 3, 1)


def test_somebody_to_ask(archive: Path, conflict: Path):
    with Terminal(command("extract", archive, "-C", ".")) as terminal:
        shown = terminal.read_until(b"for all: ")
        assert b"photos/notes.txt exists already." in shown
        assert b"1970-01-01" in shown
        terminal.type("o\n")
        done = terminal.finish()
    assert done.code == 0
    assert "1 file replaced" in done.text
    assert conflict.read_text() != "mine"


def test_no_permission_to_write(archive: Path, open_folder: Path):
    closed = open_folder / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    copy = open_folder / "a.tar.zst"
    copy.write_bytes(archive.read_bytes())
    done = as_ordinary_user(["extract", str(copy), "-C", str(closed / "new")], open_folder)
    assert done.code == 1
    assert "Nothing can be extracted there" in done.complaint


def test_names_that_steer_terminals(tmp_path: Path, place: Path):
    name = b"esc\x1b[31m\xff"
    with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
        file.write(b"x")
    path = os.path.join(os.fsencode(tmp_path), name)
    assert zpack("create", tmp_path / "a.tar.zst", path).code == 0
    assert zpack("extract", tmp_path / "a.tar.zst", "-C", ".").code == 0
    with open(os.path.join(os.fsencode(place), name), "wb") as file:
        file.write(b"y")
    again = zpack("extract", tmp_path / "a.tar.zst", "-C", ".")
    assert again.code == 3
    assert b"esc\\x1b[31m\\xff" in again.err
    assert b"\x1b" not in again.err


def test_without_the_first_components(archive: Path, place: Path):
    done = zpack("extract", archive, "--strip-components", "1", "-C", "out")
    assert done.code == 0
    assert sorted(path.name for path in (place / "out").iterdir()) == [
        "empty",
        "link",
        "may",
        "notes.txt",
    ]
    done = zpack("extract", archive, "--strip-components=2", "--json", "-C", "deep")
    assert json.loads(done.text)["stripped"] == 2
    assert zpack("extract", archive, "--strip-components", "-1").code == 2


def test_patterns(archive: Path, place: Path):
    done = zpack("extract", archive, "--include", "*.bin", "--exclude=two*", "-C", "out")
    assert done.code == 0
    found = {str(path.relative_to(place / "out")) for path in (place / "out").rglob("*")}
    assert found == {"photos", "photos/may", "photos/may/one.bin"}
    done = zpack("extract", archive, "--include", "*.bin", "--include=*.gone", "-C", "more")
    assert done.code == 3
    assert "“*.gone”" in done.complaint
    assert zpack("extract", archive, "--include", "*.gone", "-C", "none").code == 1
    assert not (place / "none").exists()
    assert zpack("extract", archive, "--include", "[a", "-C", "none").code == 2


def test_a_second_time_there_is_nothing_to_do(archive: Path, place: Path):
    assert zpack("extract", archive, "-C", ".").code == 0
    done = zpack("extract", archive, "-C", ".")
    assert (done.code, done.complaint) == (0, "")
    assert "; 4 files there already" in done.text
    report = json.loads(zpack("extract", archive, "-C", ".", "--json").text)
    assert (report["identical"], report["files"], report["exit_code"]) == (4, 0, 0)


def test_what_gives_powers_only_on_demand(tmp_path: Path, place: Path):
    source = tmp_path / "source"
    source.mkdir()
    os.mkfifo(source / "pipe")
    (source / "program").touch()
    (source / "program").chmod(0o4755)
    made = str(tmp_path / "a.tar.zst")
    assert zpack("create", made, source).code == 0
    done = zpack("extract", made, "-C", "plain")
    assert done.code == 3
    assert "pipe is a FIFO" in done.complaint
    assert (place / "plain" / "source" / "program").stat().st_mode & 0o7777 == 0o755
    assert not (place / "plain" / "source" / "pipe").exists()
    assert zpack("extract", made, "-C", "full", "--same-owner", "--devices").code == 0
    assert (place / "full" / "source" / "program").stat().st_mode & 0o7777 == 0o4755
    assert (place / "full" / "source" / "pipe").is_fifo()

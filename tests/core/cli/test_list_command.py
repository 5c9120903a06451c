"""``zpack list``: lines for people and pipes, JSON for programs."""

import base64
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.core.cli.support import command, environment, zpack

PLAIN = b"""\
photos/
photos/empty/
photos/link
photos/may/
photos/may/one.bin
photos/may/two.bin
photos/notes.txt
"""


def test_plain(archive: Path):
    done = zpack("list", archive)
    assert (done.code, done.out, done.err) == (0, PLAIN, b"")


def test_long(archive: Path, tree: Path):
    lines = zpack("list", "-l", archive, TZ="UTC").text.splitlines()
    assert len(lines) == 7
    by_name = {line.split("photos/", 1)[1]: line for line in lines}
    assert by_name["notes.txt"].startswith("-rw-r--r--  ")
    assert "  5500  2020-09-13 12:26:40  " in by_name["notes.txt"]
    assert by_name["empty/"].startswith("drwx")
    assert by_name["link -> notes.txt"].startswith("lrwxrwxrwx")
    assert "may/two.bin = photos/may/one.bin" in by_name or (
        "may/one.bin = photos/may/two.bin" in by_name
    )


def test_json(archive: Path, tree: Path):
    done = zpack("list", archive, "--json")
    answer = json.loads(done.text)
    assert (answer["archive"], answer["indexed"]) == (str(archive), True)
    assert (answer["problems"], answer["exit_code"]) == ([], 0)
    entries = {entry["path"]: entry for entry in answer["entries"]}
    assert [path.encode() for path in entries] == [line.rstrip(b"/") for line in PLAIN.splitlines()]
    notes, status = entries["photos/notes.txt"], (tree / "notes.txt").stat()
    assert (notes["type"], notes["size"]) == ("file", 5500)
    assert notes["mode"] == status.st_mode & 0o7777
    assert (notes["mtime"], notes["mtime_ns"]) == divmod(status.st_mtime_ns, 10**9)
    assert (notes["uid"], notes["gid"]) == (status.st_uid, status.st_gid)
    assert "link" not in notes
    assert entries["photos/link"]["link"] == "notes.txt"
    assert entries["photos/link"]["type"] == "symlink"
    assert entries["photos/empty"]["type"] == "directory"
    assert sorted(entries[f"photos/may/{name}.bin"]["type"] for name in ("one", "two")) == [
        "file",
        "hardlink",
    ]


def test_names_that_are_not_utf8(tmp_path: Path):
    name = b"b\xff\n\x1b.txt"
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as file:
        file.write(b"x")
    archive = tmp_path / "a.tar.zst"
    assert zpack("create", archive, path).code == 0
    assert zpack("list", archive).out == name + b"\n"
    (entry,) = json.loads(zpack("list", archive, "--json").text)["entries"]
    assert entry["path"] == "b\ufffd\n\x1b.txt"
    assert base64.b64decode(entry["path_bytes"]) == name


def test_names_on_a_terminal_are_escaped(tmp_path: Path):
    path = os.path.join(os.fsencode(tmp_path), b"b\xff\n\x1b.txt")
    with open(path, "wb") as file:
        file.write(b"x")
    archive = tmp_path / "a.tar.zst"
    assert zpack("create", archive, path).code == 0
    for more in ([], ["--long"]):
        master, slave = os.openpty()
        done = subprocess.run(
            command("list", archive, *more), env=environment(), stdout=slave, check=False
        )
        os.close(slave)
        shown = os.read(master, 4096)
        os.close(master)
        assert done.returncode == 0
        assert shown.endswith(b"b\\xff\\x0a\\x1b.txt\r\n")


@pytest.mark.parametrize("more", [[], ["-l"], ["--json"]])
def test_a_reader_that_had_enough(tmp_path: Path, more):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{'long name ' * 10}{number}").touch()
    archive = tmp_path / "a.tar.zst"
    assert zpack("create", archive, folder).code == 0
    listing = subprocess.Popen(
        command("list", archive, *more),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert listing.stdout.readline()
    listing.stdout.close()
    assert listing.stderr.read() == b""
    listing.stderr.close()
    assert listing.wait() == 141


def test_the_answer_is_one_object_however_long(tmp_path: Path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(2500):
        (folder / str(number)).touch()
    archive = tmp_path / "a.tar.zst"
    assert zpack("create", archive, folder).code == 0
    assert len(json.loads(zpack("list", archive, "--json").text)["entries"]) == 2501


def bad_archives(folder: Path, good: bytes) -> dict[str, tuple[Path, int, str]]:
    zipped = folder / "a.zip"
    with zipfile.ZipFile(zipped, "w") as file:
        file.writestr("x", "x")
    contents = {"text": b"no archive" * 100, "empty": b"", "truncated": good[: len(good) // 3]}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {
        "missing": (folder / "missing", 1, ""),
        "text": (folder / "text", 1, "not an archive"),
        "empty": (folder / "empty", 4, "empty"),
        "truncated": (folder / "truncated", 4, ""),
        "folder": (folder, 1, "is a folder"),
        "zip": (zipped, 1, "cannot open"),
    }


@pytest.mark.parametrize("kind", ["missing", "text", "empty", "truncated", "folder", "zip"])
@pytest.mark.parametrize("verb", ["list", "extract", "verify", "info"])
def test_what_is_no_good_archive(archive: Path, tmp_path: Path, monkeypatch, verb, kind):
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    path, code, words = bad_archives(tmp_path, archive.read_bytes())[kind]
    done = zpack(verb, path)
    assert done.code == code
    assert done.complaint.startswith("zpack: ")
    assert words in done.complaint
    assert "Traceback" not in done.complaint
    as_json = zpack(verb, path, "--json")
    answer = json.loads(as_json.text)
    assert as_json.code == code
    assert answer.get("error", answer)["exit_code"] == code


def test_what_few_entries_have(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"x")
    try:
        os.setxattr(tmp_path / "file", "user.note", b"kept")
    except OSError:
        pytest.skip("no attributes here")
    with open(tmp_path / "holes", "wb") as file:
        file.truncate(1 << 20)
    made = str(tmp_path / "a.tar.zst")
    sources = ("/dev/null", str(tmp_path / "file"), str(tmp_path / "holes"))
    assert zpack("create", made, *sources).code == 0
    entries = json.loads(zpack("list", "--json", made).text)["entries"]
    found = {entry["path"]: entry for entry in entries}
    assert (found["null"]["type"], found["null"]["device"]) == ("chardev", [1, 3])
    assert found["file"]["xattrs"] == [{"name": "user.note"}]
    assert found["holes"]["holes"] == 1 << 20
    assert "device" not in found["file"]
    assert "xattrs" not in found["holes"]
    line = zpack("list", "-l", made).text.splitlines()[-1]
    assert line.startswith("crw-rw-rw-")
    assert line.split()[2] == "1,3"


def test_names_in_another_encoding(tmp_path: Path):
    name = "表".encode("cp932")
    with open(os.path.join(os.fsencode(tmp_path), name), "wb"):
        pass
    archive = tmp_path / "x.tar.zst"
    assert zpack("create", archive, os.path.join(os.fsencode(tmp_path), name)).code == 0
    assert zpack("list", archive, "--name-encoding", "CP932").text == "表\n"
    listed = json.loads(zpack("list", archive, "--name-encoding=cp932", "--json").text)
    assert listed["entries"][0]["path"] == "表"
    assert "path_bytes" not in listed["entries"][0]
    assert zpack("list", archive, "--name-encoding", "nonsense").code == 2
    done = zpack("extract", archive, "--name-encoding", "cp932", "-C", tmp_path / "out")
    assert (done.code, os.listdir(tmp_path / "out")) == (0, ["表"])

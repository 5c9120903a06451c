"""``zpack create``: what it says, makes and returns."""

import argparse
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.core.cli.support import Terminal, as_ordinary_user, command, environment, zpack
from zpack.cli.create_options import byte_count
from zpack.cli.main import run
from zpack.cli.sizes import contents_of


def test_reports_in_one_line(tree: Path, tmp_path: Path, capsys):
    target = tmp_path / "a.tar.zst"
    assert run(["create", str(target), str(tree)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Created {target}: 4 files, 26 kB → ")
    assert " %) in " in said.out
    assert said.err == ""
    assert target.exists()


def test_quiet(tree: Path, tmp_path: Path):
    done = zpack("create", "-q", tmp_path / "a.tar.zst", tree)
    assert (done.code, done.out, done.err) == (0, b"", b"")


def test_json(tree: Path, tmp_path: Path):
    done = zpack("create", tmp_path / "a.tar.zst", tree, "--json")
    report = json.loads(done.text)
    assert report["target"] == str(tmp_path / "a.tar.zst")
    assert (report["files"], report["folders"], report["links"]) == (2, 3, 2)
    assert report["bytes_out"] == (tmp_path / "a.tar.zst").stat().st_size
    assert (report["problems"], report["exit_code"]) == ([], 0)
    assert done.err == b""


@pytest.mark.parametrize("preset", ["fastest", "fast", "balanced", "best"])
def test_presets(tree: Path, tmp_path: Path, preset):
    target = tmp_path / ("a.tar.lz4" if preset == "fastest" else "a.tar.zst")
    assert zpack("create", "--preset", preset, target, tree, "--threads=1").code == 0
    assert zpack("verify", target).code == 0


def test_the_ending_chooses_the_codec(tree: Path, tmp_path: Path):
    for name, magic in (("a.tar.lz4", b"\x04\x22\x4d\x18"), ("a.tar.zst", b"\x28\xb5\x2f\xfd")):
        assert zpack("create", tmp_path / name, tree).code == 0
        assert (tmp_path / name).read_bytes()[:4] == magic
        assert zpack("verify", tmp_path / name).code == 0
    told = zpack("info", tmp_path / "a.tar.lz4").text
    assert "tar.lz4, made by zpack" in told


def test_an_ending_and_a_preset_that_contradict(tree: Path, tmp_path: Path):
    for name, preset, ending in (
        ("a.tar.lz4", "best", ".tar.zst"),
        ("a.tar.zst", "fastest", ".tar.lz4"),
    ):
        done = zpack("create", tmp_path / name, tree, "--preset", preset)
        assert done.code == 2
        assert f"Choose a name that ends with “{ending}”" in done.complaint
        assert not (tmp_path / name).exists()


def test_levels_of_lz4(tree: Path, tmp_path: Path):
    text = tree / "words.txt"
    text.write_text("".join(f"{number * number} words\n" for number in range(50_000)))
    sizes = []
    for level in ("1", "12"):
        target = tmp_path / f"{level}.tar.lz4"
        assert zpack("create", target, text, "--level", level).code == 0
        sizes.append(target.stat().st_size)
    assert sizes[0] > sizes[1]
    done = zpack("create", tmp_path / "13.tar.lz4", text, "--level", "13")
    assert (done.code, "13 is not between 1 and 12" in done.complaint) == (2, True)


def test_lz4_to_standard_output_and_in_volumes(tree: Path, tmp_path: Path):
    (tree / "noise").write_bytes(os.urandom(200_000))
    made = zpack("create", "-", tree, "--preset", "fastest")
    assert made.code == 0
    (tmp_path / "piped.tar.lz4").write_bytes(made.out)
    assert zpack("verify", tmp_path / "piped.tar.lz4").code == 0
    parts = ("create", tmp_path / "a.tar.lz4", tree, "--volume-size", "66K")
    assert zpack(*parts).code == 0
    assert zpack("verify", tmp_path / "a.tar.lz4.001").code == 0
    volumes = sorted(tmp_path.glob("a.tar.lz4.*"))
    assert len(volumes) > 2
    (tmp_path / "joined.tar.lz4").write_bytes(b"".join(map(Path.read_bytes, volumes)))
    assert zpack("verify", tmp_path / "joined.tar.lz4").code == 0


def test_levels_differ(tree: Path, tmp_path: Path):
    text = tree / "words.txt"
    text.write_text("".join(f"{number * number} words\n" for number in range(50_000)))
    sizes = []
    for level in (1, 19):
        target = tmp_path / f"{level}.tar.zst"
        assert zpack("create", target, text, "--level", str(level)).code == 0
        sizes.append(target.stat().st_size)
    assert sizes[0] > sizes[1]


def test_replaces_only_when_told(tree: Path, archive: Path):
    before = archive.read_bytes()
    refused = zpack("create", archive, tree / "notes.txt")
    assert refused.code == 1
    assert "There is already a file of that name" in refused.complaint
    assert archive.read_bytes() == before
    assert zpack("create", "--overwrite", archive, tree / "notes.txt").code == 0
    assert archive.read_bytes() != before


def test_missing_source(tmp_path: Path):
    target = tmp_path / "a.tar.zst"
    done = zpack("create", target, tmp_path / "gone")
    assert done.code == 1
    assert done.complaint == (
        "zpack: A file or folder was not found\n"
        f"  {tmp_path / 'gone'} does not exist.\n"
        "  Check the name and the place; nothing was changed.\n"
    )
    assert not target.exists()


def test_all_faults_at_once_in_json(tmp_path: Path):
    done = zpack("create", tmp_path / "a.tar.zst", tmp_path / "x", tmp_path / "y", "--json")
    error = json.loads(done.text)["error"]
    assert (done.code, error["exit_code"], error["code"]) == (1, 1, "request-refused")
    assert [fault["code"] for fault in error["faults"]] == ["source-missing"] * 2
    assert [fault["path"] for fault in error["faults"]] == [str(tmp_path / name) for name in "xy"]


def test_unknown_preset(tree: Path, tmp_path: Path):
    done = zpack("create", tmp_path / "a.tar.zst", tree, "--preset", "tiny")
    assert done.code == 2
    assert "fastest, fast, balanced, best" in done.complaint


def test_target_inside_a_source(tree: Path):
    done = zpack("create", tree / "a.tar.zst", tree)
    assert done.code == 1
    assert "The archive would contain itself" in done.complaint
    assert not (tree / "a.tar.zst").exists()


def test_target_is_a_folder(tree: Path, tmp_path: Path):
    done = zpack("create", tmp_path, tree / "notes.txt")
    assert done.code == 1
    assert "is a folder" in done.complaint


def test_unreadable_file_is_left_out_and_told(open_folder: Path):
    source = open_folder / "source"
    source.mkdir()
    (source / "fine.txt").write_text("fine")
    (source / "secret.txt").write_text("secret")
    (source / "secret.txt").chmod(0)
    target = open_folder / "a.tar.zst"
    done = as_ordinary_user(["create", str(target), str(source)], open_folder)
    assert done.code == 3
    assert "1 file, 4 bytes" in done.text
    assert "1 file could not be read:" in done.complaint
    assert "secret.txt: you do not have permission." in done.complaint
    assert zpack("list", target).out == b"source/\nsource/fine.txt\n"


def test_unreadable_file_in_json(open_folder: Path):
    (open_folder / "secret.txt").write_text("secret")
    (open_folder / "secret.txt").chmod(0)
    (open_folder / "fine.txt").write_text("fine")
    names = [str(open_folder / name) for name in ("a.tar.zst", "fine.txt", "secret.txt")]
    done = as_ordinary_user(["create", "--json", *names], open_folder)
    report = json.loads(done.text)
    assert (done.code, report["exit_code"]) == (3, 3)
    assert [(p["code"], p["path"]) for p in report["problems"]] == [("unreadable", names[2])]


def test_no_permission_to_write(open_folder: Path):
    closed = open_folder / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    (open_folder / "fine.txt").write_text("fine")
    arguments = ["create", str(closed / "a.tar.zst"), str(open_folder / "fine.txt")]
    done = as_ordinary_user(arguments, open_folder)
    assert done.code == 1
    assert "The archive cannot be saved there" in done.complaint
    assert "you do not have permission" in done.complaint


def test_strange_names(tmp_path: Path):
    folder = os.fsencode(tmp_path) + b"/s"
    os.mkdir(folder)
    names = [b"-rf", b"esc\x1b[31m", b"new\nline", b"not\xffutf8", "grüße".encode(), b"@x"]
    for name in names:
        with open(folder + b"/" + name, "wb") as file:
            file.write(b"x")
    os.chdir(folder)
    target = os.fsencode(tmp_path) + b"/not\xff\x1b.tar.zst"
    done = zpack("create", target, "--", *names)
    assert done.code == 0
    assert b"\x1b" not in done.out
    assert b"not\\xff\\x1b.tar.zst: 6 files" in done.out
    listed = zpack("list", target).out
    assert sorted(listed.split(b"\n")) == sorted(b"\n".join([*names, b""]).split(b"\n"))


def test_contents_in_words():
    assert contents_of(0, 0, 0) == "0 files"
    assert contents_of(1, 5, 5) == "6 files"
    assert contents_of(0, 2, 1) == "1 file"
    assert contents_of(0, 2, 0) == "2 folders"


def test_leaving_out(tree: Path, tmp_path: Path):
    (tree / ".git").mkdir()
    target = tmp_path / "a.tar.zst"
    options = ["--exclude", "*.bin", "--exclude=!one.bin", "--exclude-vcs"]
    done = zpack("create", target, tree, *options)
    assert done.code == 0
    assert ": 3 files (2 items excluded), " in done.text
    assert b"two.bin" not in zpack("list", target).out


def test_a_pattern_that_makes_no_sense_is_wrong_usage(tree: Path, tmp_path: Path):
    done = zpack("create", tmp_path / "a.tar.zst", tree, "--exclude", "[a")
    assert done.code == 2
    assert "“[a”: its brackets are not closed." in done.complaint
    assert not (tmp_path / "a.tar.zst").exists()


def test_the_latest_time_comes_from_the_environment(tree: Path, tmp_path: Path):
    target = tmp_path / "a.tar.zst"
    assert zpack("create", target, tree, SOURCE_DATE_EPOCH="1000").code == 0
    entries = json.loads(zpack("list", "--json", target).text)["entries"]
    assert {(entry["mtime"], entry["mtime_ns"]) for entry in entries} == {(1000, 0)}


@pytest.mark.parametrize("value", ["", "-1", "1.5", "1e9", "\uff19", "9" * 40])
def test_a_latest_time_that_makes_no_sense(tree: Path, tmp_path: Path, value):
    done = zpack("create", tmp_path / "a.tar.zst", tree, SOURCE_DATE_EPOCH=value)
    assert done.code == 2
    assert "SOURCE_DATE_EPOCH is not a time" in done.complaint


def test_no_owner_and_dereference(tree: Path, tmp_path: Path):
    target = tmp_path / "a.tar.zst"
    assert zpack("create", target, tree, "--no-owner", "--dereference").code == 0
    entries = json.loads(zpack("list", "--json", target).text)["entries"]
    assert {(entry["uid"], entry["gid"], entry["user"]) for entry in entries} == {(0, 0, "")}
    assert "symlink" not in {entry["type"] for entry in entries}


def test_deleting_originals(tree: Path, tmp_path: Path):
    target = tmp_path / "a.tar.zst"
    done = zpack("create", target, tree, "--delete-originals", "--exclude=two.bin")
    assert done.code == 0
    assert "\nVerified: every file is as it was read; 4 originals removed\n" in done.text
    assert [path.name for path in tree.rglob("*.*")] == ["two.bin"]


def test_deleting_and_trashing_is_wrong_usage(tree: Path, tmp_path: Path):
    options = ["--delete-originals", "--trash-originals"]
    done = zpack("create", tmp_path / "a.tar.zst", tree, *options)
    assert done.code == 2
    assert tree.exists()


def test_each(tree: Path, tmp_path: Path):
    out = tmp_path / "out"
    done = zpack("create", "--each", out, tree, tree / "may", tmp_path / "gone")
    assert done.code == 3
    assert done.text.count("Created ") == 2
    assert f"{tmp_path / 'gone'} does not exist." in done.complaint
    assert sorted(os.listdir(out)) == ["may.tar.zst", "photos.tar.zst"]


def test_each_in_json(tree: Path, tmp_path: Path):
    done = zpack("create", "--each", tmp_path / "out", tree, tmp_path / "gone", "--json")
    report = json.loads(done.text)
    assert (done.code, report["exit_code"]) == (3, 3)
    first, second = report["parts"]
    assert (first["source"], first["error"]) == (str(tree), None)
    assert first["report"]["target"] == str(tmp_path / "out" / "photos.tar.zst")
    assert (second["report"], second["error"]["code"]) == (None, "source-missing")


# --- Standard output and volumes ----------------------------------------------------------------


def test_to_standard_output(tree: Path, tmp_path: Path):
    done = zpack("create", "-", tree)
    assert done.code == 0
    assert zpack("create", tmp_path / "a.tar.zst", tree).code == 0
    assert done.out == (tmp_path / "a.tar.zst").read_bytes()
    assert done.complaint.startswith("Created standard output: 4 files, ")


def test_to_standard_output_with_the_report_in_json(tree: Path, tmp_path: Path):
    done = zpack("create", "-", tree, "--json")
    (tmp_path / "a.tar.zst").write_bytes(done.out)
    assert zpack("verify", tmp_path / "a.tar.zst").code == 0
    assert json.loads(done.complaint)["bytes_out"] == len(done.out)


def test_errors_in_json_stay_out_of_the_archive(tree: Path, tmp_path: Path):
    done = zpack("create", "-", tmp_path / "gone", "--json")
    assert (done.code, done.out) == (1, b"")
    assert json.loads(done.complaint)["error"]["code"] == "source-missing"


def test_a_reader_that_takes_only_the_beginning(tree: Path, tmp_path: Path):
    (tree / "noise").write_bytes(os.urandom(1 << 20))
    done = subprocess.run(
        ["bash", "-c", '"$@" | head -c 10 >/dev/null; exit ${PIPESTATUS[0]}', "_"]
        + [os.fspath(part) for part in command("create", "-", tree)],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 141
    assert b"zpack:" not in done.stderr


def test_a_terminal_is_spared(tree: Path):
    argv = ["bash", "-c", '"$@" > /dev/tty', "_", *command("create", "-", tree)]
    with Terminal(argv) as terminal:
        done = terminal.finish()
    assert done.code == 2
    assert "The archive would go to the terminal" in done.complaint


def test_the_archive_itself_is_left_out(tree: Path, tmp_path: Path):
    argv = ["bash", "-c", 'cd "$0" && "$@" > photos/out.tar.zst', tmp_path]
    argv += command("create", "-", "photos")
    done = subprocess.run(argv, env=environment(), capture_output=True, check=False)
    assert done.returncode == 3
    assert b"is the archive that is being written" in done.stderr
    assert b"out.tar.zst" not in zpack("list", tree / "out.tar.zst").out


def test_volumes(tree: Path, tmp_path: Path):
    (tree / "noise").write_bytes(os.urandom(300_000))
    done = zpack("create", tmp_path / "a.tar.zst", tree, "--volume-size", "100k")
    assert done.code == 0
    assert f"Created {tmp_path / 'a.tar.zst.001'} and 3 more volumes: " in done.text
    assert zpack("verify", tmp_path / "a.tar.zst.001").code == 0
    facts = zpack("info", tmp_path / "a.tar.zst.002").text
    assert "Volumes:" in facts
    assert "4, up to a.tar.zst.004" in facts
    refused = zpack("delete", tmp_path / "a.tar.zst.001", "photos/noise")
    assert refused.code != 0
    assert "several volumes" in refused.complaint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100M", 100_000_000),
        ("4G", 4_000_000_000),
        ("4gb", 4_000_000_000),
        ("650MiB", 650 << 20),
        ("1.5 GiB", 3 << 29),
        ("700000", 700_000),
        ("2t", 2 * 10**12),
    ],
)
def test_sizes(text, expected):
    assert byte_count(text) == expected


@pytest.mark.parametrize("text", ["", "G", "-1M", "1e9", "4X", "4GG", "\uff19G", "1" * 40, "0x10"])
def test_sizes_that_make_no_sense(text, tree: Path, tmp_path: Path):
    with pytest.raises(argparse.ArgumentTypeError):
        byte_count(text)


def test_a_tar_through_a_pipe(tree: Path, tmp_path: Path):
    argv = ["bash", "-c", 'tar -C "$0" -c photos | "$@"', tmp_path]
    argv += command("create", tmp_path / "a.tar.zst", "--from-tar", "-")
    done = subprocess.run(argv, env=environment(), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"4 files" in done.stdout
    assert b"Proven" in zpack("verify", tmp_path / "a.tar.zst").out


def test_a_tar_and_paths_or_neither_is_wrong_usage(tree: Path, tmp_path: Path):
    target = tmp_path / "a.tar.zst"
    assert zpack("create", target, tree, "--from-tar", "-").code == 2
    assert zpack("create", "--each", target, "--from-tar", "-").code == 2
    assert zpack("create", target).code == 2
    assert not target.exists()

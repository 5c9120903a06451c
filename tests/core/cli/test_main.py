"""From arguments to exit codes, whatever the verb."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.cli.support import PRETENDER, command, environment, zpack
from zpack.cli.main import run
from zpack.cli.parser import VERBS
from zpack.version import __version__

BANNED = re.compile(r"invalid|illegal|abort|Traceback", re.IGNORECASE)

OPERANDS = {"estimate": "PATH", "doctor": "[PATH]", "repair": "DAMAGED"}
WRONG = [
    [],
    ["burn"],
    ["-x"],
    ["-q", "list"],
    ["create"],
    ["create", "a.tar.zst"],
    ["create", "a.tar.zst", "b", "--level"],
    ["create", "a.tar.zst", "b", "--level", "0"],
    ["create", "a.tar.zst", "b", "--level", "23"],
    ["create", "a.tar.zst", "b", "--level", "high"],
    ["create", "a.tar.zst", "b", "--threads", "-1"],
    ["create", "a.tar.zst", "b", "--presets", "fast"],
    ["create", "a.tar.zst", "b", "--overwrite=yes"],
    ["extract"],
    ["extract", "a", "--conflict", "burn"],
    ["extract", "a", "-C"],
    ["list"],
    ["list", "a", "b"],
    ["verify"],
    ["verify", "a", "b"],
    ["verify", "-a"],
    ["info"],
    ["info", "a\x1b", "b\x1b"],
]


def test_version(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"zpack {__version__}\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_verb(capsys, flag):
    assert run([flag]) == 0
    out = capsys.readouterr().out
    assert all(verb in out for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb(capsys, verb):
    with pytest.raises(SystemExit) as ended:
        run([verb, "--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert f"zpack {verb} {OPERANDS.get(verb, 'ARCHIVE')}" in out
    assert "--json" in out
    assert not BANNED.search(out)


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage(capsys, arguments):
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert not BANNED.search(said.out + said.err)
    assert "\x1b" not in said.err
    if arguments:
        assert said.err.startswith("zpack: ")
        assert "--help" in said.err


@pytest.mark.parametrize("arguments", WRONG[4:], ids=" ".join)
def test_wrong_usage_in_json(capsys, arguments):
    assert run([*arguments, "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["exit_code"] == 2
    assert said.err == ""


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["create", "--help"], ["burn"]])
def test_starts_without_codecs(arguments):
    script = (
        "import sys; from zpack.cli.main import run\n"
        f"try: run({arguments!r})\nexcept SystemExit: pass\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], env=environment(), capture_output=True, check=True
    )
    modules = set(done.stderr.decode().split())
    assert "zpack.cli.parser" in modules
    heavy = {"zstandard", "xxhash", "PySide6", "zpack.operations", "zpack.worker", "traceback"}
    assert modules & heavy == set()


# What no verb needs for an archive of ours, without a terminal and without a fault: each of these
# cost every command a millisecond or more.
UNUSED = {"asyncio", "bz2", "dataclasses", "decimal", "inspect", "json"}
UNUSED |= {"logging", "lz4", "lzma", "pathspec", "random", "shutil", "subprocess"}
UNUSED |= {"tempfile", "textwrap", "traceback", "urllib", "zpack.codecs.lz4_block"}
UNUSED |= {"zpack.errors.edits", "zpack.native.frame_search", "zpack.native.scan"}


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (["--version"], 17),
        (["list", "ARCHIVE"], 100),
        (["info", "ARCHIVE"], 100),
        (["extract", "ARCHIVE", "photos/notes.txt", "-C", "OUT"], 140),
        (["verify", "ARCHIVE"], 130),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_verb_loads_what_it_runs(archive: Path, tmp_path: Path, arguments, most):
    places = {"ARCHIVE": str(archive), "OUT": str(tmp_path / "out")}
    typed = [places.get(each, each) for each in arguments]
    script = (
        "import sys; before = set(sys.modules)\n"
        "from zpack.cli.main import run\n"
        f"assert run({typed!r}) == 0\n"
        "print(*(sys.modules.keys() - before), sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], env=environment(), capture_output=True, check=True
    )
    loaded = set(done.stderr.decode().split())
    assert loaded & UNUSED == set()
    assert len([name for name in loaded if name.split(".")[0] == "zpack"]) <= most


def test_no_verb_imports_the_window_or_the_worker(archive: Path):
    script = (
        "import sys; from zpack.cli.main import run\n"
        f"run(['list', {str(archive)!r}])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], env=environment(), capture_output=True, check=True
    )
    roots = {name.split(".")[0] for name in done.stderr.decode().split()}
    assert roots & {"PySide6", "zpack_gui", "multiprocessing"} == set()


def test_the_module_runs_too():
    assert zpack("--version").text == f"zpack {__version__}\n"


def test_a_bug_of_ours_is_owned_up_to():
    pretend = [sys.executable, "-P", PRETENDER, "verify", "bug"]
    done = subprocess.run(pretend, env=environment(), capture_output=True, check=False)
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines[0] == "zpack: Something went wrong inside zpack"
    assert lines[1] == "  RuntimeError: a bug of ours"
    assert len(lines) == 3


def test_a_bug_of_ours_with_its_traceback():
    pretend = [sys.executable, "-P", PRETENDER, "verify", "bug", "--json"]
    done = subprocess.run(
        pretend, env=environment(ZPACK_DEBUG="1"), capture_output=True, check=False
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "internal"
    assert b"Traceback" in done.stderr


@pytest.mark.parametrize("more", [["list"], ["list", "--json"], ["info"], ["verify"]])
def test_a_full_disk_behind_standard_output(archive: Path, more):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(*more, archive),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("zpack: The disk is full\n")
    assert b" for .\n" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_output_that_the_encoding_lacks_is_escaped(archive: Path, tree: Path, tmp_path: Path):
    done = zpack("create", tmp_path / "b.tar.zst", tree, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "\\u2192" in done.text

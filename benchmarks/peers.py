"""The duels: the same work by zpack and by another program, as they would be typed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus

ZPACK = (sys.executable, "-P", "-m", "zpack")


@dataclass(frozen=True, slots=True)
class Command:
    """``result``: the file it makes, whose size counts."""

    title: str
    arguments: tuple[str, ...]
    result: Path | None = None


@dataclass(frozen=True, slots=True)
class Duel:
    """Two commands that do the same in ``folder``; ``prepare`` is called before each run."""

    name: str
    ours: Command
    theirs: Command
    folder: Path
    prepare: Callable[[], None]


def all_duels(workspace: Path, corpus: Corpus) -> list[Duel]:
    """In the order of a session: create, then what one does with an archive."""
    archive = workspace / "archive.tar.zst"
    command = [*ZPACK, "create", "--quiet", archive.name, corpus.path.name]
    subprocess.run(command, cwd=workspace, check=True)
    return [
        _create(workspace, corpus, "balanced", 3),
        _create(workspace, corpus, "fast", 1),
        _extract("extract everything", workspace, archive.name),
        _extract("extract one file", workspace, archive.name, corpus.sample),
        Duel("verify", *_verify(archive.name), workspace, _nothing),
        Duel("list", *_list(archive.name), workspace, _nothing),
    ]


def _create(workspace: Path, corpus: Corpus, preset: str, level: int) -> Duel:
    made = workspace / "made.tar.zst"
    source = corpus.path.name
    return Duel(
        f"create, {preset}",
        Command(
            f"zpack create --preset {preset}",
            (*ZPACK, "create", "--preset", preset, made.name, source),
            made,
        ),
        Command(
            f"tar -I 'zstd -T0 -{level}' -c",
            ("tar", "-I", f"zstd -T0 -{level}", "-cf", made.name, source),
            made,
        ),
        workspace,
        lambda: made.unlink(missing_ok=True),
    )


def _extract(name: str, workspace: Path, archive: str, *members: str) -> Duel:
    out = workspace / "out"
    shown = " FILE" * len(members)
    # tar would give each file its owner if root runs it, which zpack never does.
    tar = ("tar", "--zstd", "--no-same-owner", "-xf", archive, "-C", out.name, *members)
    return Duel(
        name,
        Command(f"zpack extract{shown}", (*ZPACK, "extract", archive, *members, "-C", out.name)),
        Command(f"tar --zstd -x{shown}", tar),
        workspace,
        lambda: _empty(out),
    )


def _verify(archive: str) -> tuple[Command, Command]:
    ours = Command("zpack verify", (*ZPACK, "verify", archive))
    return ours, Command("zstd -t", ("zstd", "-q", "-t", archive))


def _list(archive: str) -> tuple[Command, Command]:
    ours = Command("zpack list", (*ZPACK, "list", archive))
    return ours, Command("tar --zstd -t", ("tar", "--zstd", "-tf", archive))


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _nothing() -> None:
    """Nothing needs to be made ready."""

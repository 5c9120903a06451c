"""Which duels there are, and in which order."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import ZPACK, Command
from benchmarks.corpora import (
    BINARY,
    MEDIA,
    MIXED,
    SMALL,
    SOURCE,
    Corpus,
    Recipe,
    describe_corpus,
)
from benchmarks.creating import Creations, has_preset
from benchmarks.duels import Duel
from benchmarks.million import ENTRIES, make_entries
from benchmarks.peers import Peer
from benchmarks.reading import (
    Prepared,
    extraction_duels,
    listing_duels,
    one_file_duels,
    prepare_archive,
    verification_duels,
)

PYTHON = Peer("python3", (sys.executable,), (sys.executable, "--version"))


@dataclass(frozen=True, slots=True)
class Stage:
    """The duels about one corpus, which is there only while they are fought."""

    corpus: Corpus
    duels: Iterator[Duel]


@dataclass(frozen=True, slots=True)
class Chapter:
    """How a stage is set up: ``set_up(folder, factor)``."""

    name: str
    set_up: Callable[[Path, float], Stage]

    @contextmanager
    def open(self, workspace: Path, factor: float) -> Iterator[Stage]:
        """The stage, gone in the end."""
        folder = workspace / f"stage-{self.name}"
        folder.mkdir()
        yield self.set_up(folder, factor)
        shutil.rmtree(folder)


def _small(corpus: Corpus) -> Iterator[Duel]:
    creations = Creations(corpus)
    if has_preset("fastest"):
        yield creations.against_tar_and_lz4("fastest")
    yield creations.against_tar("fast", 1)
    yield creations.against_tar("balanced", 3)
    yield creations.against_bsdtar("balanced")
    yield creations.against_zip("balanced")
    archive = prepare_archive(corpus)
    yield from extraction_duels(archive)
    yield from listing_duels(archive)


def _source(corpus: Corpus) -> Iterator[Duel]:
    creations = Creations(corpus)
    yield creations.against_tar("balanced", 3)
    yield creations.against_7zz("best")
    yield creations.against_tar("best", 19)


def _blobs(corpus: Corpus) -> Iterator[Duel]:
    creations = Creations(corpus)
    if has_preset("fastest"):
        yield creations.against_tar_and_lz4("fastest")
    yield creations.against_tar("fast", 1)
    yield creations.against_tar("balanced", 3)


def _mixed(corpus: Corpus) -> Iterator[Duel]:
    yield Creations(corpus).against_tar("balanced", 3)
    archive = prepare_archive(corpus)
    yield from extraction_duels(archive)
    yield from one_file_duels(archive)
    yield from verification_duels(archive)


def _of_files(recipe: Recipe, duels: Callable[[Corpus], Iterator[Duel]]) -> Chapter:
    def set_up(folder: Path, factor: float) -> Stage:
        corpus = recipe.build(folder, factor)
        return Stage(corpus, duels(corpus))

    return Chapter(recipe.name, set_up)


def _million(folder: Path, factor: float) -> Stage:
    tree, made = folder / "million", folder / "million.tar.zst"
    make_entries(tree, int(ENTRIES * factor))
    corpus = describe_corpus("million", tree)
    subprocess.run([*ZPACK, "create", "--quiet", str(made), str(tree)], check=True)
    shutil.rmtree(tree)
    return Stage(corpus, listing_duels(Prepared(made, corpus)))


def _start(folder: Path, _factor: float) -> Stage:
    ours = Command("zpack --version", (*ZPACK, "--version"), folder)
    theirs = Command("python3 -c pass", (sys.executable, "-c", "pass"), folder)
    nothing = Corpus("nothing", folder, 0, 0, 0, (), "")
    return Stage(nothing, iter((Duel("start", nothing.name, PYTHON, ours, theirs),)))


CHAPTERS = (
    Chapter("start", _start),
    _of_files(SMALL, _small),
    _of_files(SOURCE, _source),
    _of_files(BINARY, _blobs),
    _of_files(MEDIA, _blobs),
    _of_files(MIXED, _mixed),
    Chapter("million", _million),
)

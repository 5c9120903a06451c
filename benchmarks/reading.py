"""Duels in reading archives, all of them archives that zpack made at its default preset."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peers
from benchmarks.commands import ZPACK, Command, LibraryCall
from benchmarks.corpora import Corpus
from benchmarks.duels import Duel
from benchmarks.peers import Peer
from benchmarks.workspace import empty


@dataclass(frozen=True, slots=True)
class Prepared:
    """An archive, and what went into it. ``path`` and the corpus lie in the same folder."""

    path: Path
    corpus: Corpus

    @property
    def folder(self) -> Path:
        """Where commands run."""
        return self.path.parent


def prepare_archive(corpus: Corpus) -> Prepared:
    """Make an archive of a corpus."""
    path = corpus.path.parent / f"{corpus.name}-to-read.tar.zst"
    subprocess.run([*ZPACK, "create", "--quiet", str(path), str(corpus.path)], check=True)
    return Prepared(path, corpus)


def extraction_duels(archive: Prepared) -> Iterator[Duel]:
    """Everything."""
    # tar would give each file its owner if root runs it, which zpack never does.
    tar = ("tar", "--zstd", "--no-same-owner", "-xf", archive.path.name, "-C", "out")
    bsdtar = ("bsdtar", "--no-same-owner", "-xf", archive.path.name, "-C", "out")
    yield _extraction(archive, peers.TAR_ZSTD, _command(archive, "tar --zstd -x", tar))
    yield _extraction(archive, peers.BSDTAR, _command(archive, "bsdtar -x", bsdtar))


def one_file_duels(archive: Prepared) -> Iterator[Duel]:
    """One file, by the command and by the library."""
    member, name = archive.corpus.sample, archive.path.name
    tar = ("tar", "--zstd", "--no-same-owner", "-xf", name, "-C", "out", member)
    theirs = _command(archive, "tar --zstd -x FILE", tar)
    arguments = (*ZPACK, "extract", "--conflict", "overwrite", name, member, "-C", "out")
    command = _command(archive, "zpack extract FILE", arguments)
    call = LibraryCall("zpack.extract(one file)", ("extract-one", str(archive.path), member))
    for what, ours in (("command", command), ("library", call)):
        yield Duel(
            work=f"one file ({what})",
            corpus=archive.corpus.name,
            peer=peers.TAR_ZSTD,
            ours=ours,
            theirs=theirs,
            prepare=lambda: empty(archive.folder / "out"),
        )


def verification_duels(archive: Prepared) -> Iterator[Duel]:
    """Every byte."""
    name = archive.path.name
    yield Duel(
        work="verify",
        corpus=archive.corpus.name,
        peer=peers.ZSTD,
        ours=_command(archive, "zpack verify", (*ZPACK, "verify", name)),
        theirs=_command(archive, "zstd -t", ("zstd", "-q", "-t", name)),
        size=archive.corpus.size,
    )


def listing_duels(archive: Prepared) -> Iterator[Duel]:
    """All names, by the command and by the library."""
    name = archive.path.name
    bsdtar = _command(archive, "bsdtar -t", ("bsdtar", "-tf", name))
    theirs = _command(archive, "tar --zstd -t", ("tar", "--zstd", "-tf", name))
    command = _command(archive, "zpack list", (*ZPACK, "list", name))
    call = LibraryCall("zpack.list_archive", ("list", str(archive.path)))
    for what, ours in (("command", command), ("library", call)):
        yield Duel(
            work=f"list ({what})",
            corpus=archive.corpus.name,
            peer=peers.TAR_ZSTD,
            ours=ours,
            theirs=theirs,
        )
    yield Duel("list (command)", archive.corpus.name, peers.BSDTAR, command, bsdtar)


def _extraction(archive: Prepared, peer: Peer, theirs: Command) -> Duel:
    arguments = (*ZPACK, "extract", archive.path.name, "-C", "out")
    return Duel(
        work="extract",
        corpus=archive.corpus.name,
        peer=peer,
        ours=_command(archive, "zpack extract", arguments),
        theirs=theirs,
        prepare=lambda: empty(archive.folder / "out"),
        size=archive.corpus.size,
    )


def _command(archive: Prepared, title: str, arguments: tuple[str, ...]) -> Command:
    return Command(title, arguments, archive.folder)

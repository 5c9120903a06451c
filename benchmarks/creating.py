"""Duels in creating archives."""

from pathlib import Path

import zpack
from benchmarks import peers
from benchmarks.commands import ZPACK, Command
from benchmarks.corpora import Corpus
from benchmarks.duels import Duel
from benchmarks.peers import Peer

_SUFFIX = {"fastest": ".tar.lz4"}


def has_preset(name: str) -> bool:
    """Whether this zpack has the preset."""
    return name in {preset.name for preset in zpack.PRESETS}


class Creations:
    """Duels in making an archive of one corpus. The archives are removed before each run."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._folder = corpus.path.parent

    def against_tar(self, preset: str, level: int) -> Duel:
        """With zstd on all cores at ``level``."""
        title = f"tar -I 'zstd -T0 -{level}' -c"
        return self._duel(preset, peers.TAR_ZSTD, self._tar(title, f"zstd -T0 -{level}", ".zst"))

    def against_tar_and_lz4(self, preset: str) -> Duel:
        """As it is typed."""
        return self._duel(preset, peers.TAR_LZ4, self._tar("tar -I lz4 -c", "lz4", ".lz4"))

    def against_bsdtar(self, preset: str) -> Duel:
        """At its default level, 3."""
        made = self._made("bsdtar.tar.zst")
        command = ("bsdtar", "--zstd", "-cf", made.name, self._source)
        return self._duel(preset, peers.BSDTAR, self._command("bsdtar --zstd -c", command, made))

    def against_7zz(self, preset: str) -> Duel:
        """At its defaults: LZMA2, level 5, all cores."""
        made = self._made("peer.7z")
        command = ("7zz", "a", "-bd", "-bso0", made.name, self._source)
        return self._duel(preset, peers.SEVEN_ZIP, self._command("7zz a", command, made))

    def against_zip(self, preset: str) -> Duel:
        """At its default level, 6."""
        made = self._made("peer.zip")
        command = ("zip", "-qr", made.name, self._source)
        return self._duel(preset, peers.ZIP, self._command("zip -r", command, made))

    @property
    def _source(self) -> str:
        return self._corpus.path.name

    def _made(self, name: str) -> Path:
        return self._folder / name

    def _command(self, title: str, arguments: tuple[str, ...], made: Path) -> Command:
        return Command(title, arguments, self._folder, made)

    def _tar(self, title: str, filter_: str, suffix: str) -> Command:
        made = self._made(f"peer.tar{suffix}")
        return self._command(title, ("tar", "-I", filter_, "-cf", made.name, self._source), made)

    def _duel(self, preset: str, peer: Peer, theirs: Command) -> Duel:
        made = self._made(f"zpack{_SUFFIX.get(preset, '.tar.zst')}")
        arguments = (*ZPACK, "create", "--preset", preset, made.name, self._source)

        def prepare() -> None:
            made.unlink(missing_ok=True)
            if theirs.result is not None:
                theirs.result.unlink(missing_ok=True)

        return Duel(
            work=f"create {preset}",
            corpus=self._corpus.name,
            peer=peer,
            ours=self._command(f"zpack create --preset {preset}", arguments, made),
            theirs=theirs,
            prepare=prepare,
            size=self._corpus.size,
        )

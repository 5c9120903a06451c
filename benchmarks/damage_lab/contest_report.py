"""The comparison with other archivers as a page of Markdown."""

import random
from pathlib import Path

from benchmarks.damage_lab.contest import BLOWS, Contest, grow_documents
from benchmarks.damage_lab.contestants import CONTESTANTS
from benchmarks.damage_lab.trees import settle_times
from benchmarks.table import draw
from zpack.version import __version__

_SIZE = 32_000_000


def hold_contest(folder: Path, seed: int, rounds: int) -> str:
    """Do all of it, and tell."""
    tree = folder / "origin" / "tree"
    tree.parent.mkdir()
    grow_documents(tree, _SIZE, random.Random(seed))
    settle_times(tree)
    contest = Contest(tree, folder, seed)
    contest.run(rounds)
    files = sum(1 for path in tree.rglob("*") if path.is_file())
    lines = [
        f"{files} files, {_SIZE / 1e6:.0f} MB; seed {seed}, {rounds} rounds of each damage.",
        f"Missing: {', '.join(absent)}." if (absent := _absent()) else "",
        "",
        contest_table(contest),
        "",
        *(f"- {line}" for line in versions(contest)),
    ]
    return "\n".join(lines)


def contest_table(contest: Contest) -> str:
    """A row for each kind of damage: percent of files and of bytes that are whole."""
    names = [each.name for each in contest.contestants]
    sizes = ("size, MB", *(f"{contest.sizes[name] / 1e6:.1f}" for name in names))
    rows = [(blow, *(contest.scores[blow][name].show() for name in names)) for blow in BLOWS]
    return draw(("damage", *names), [sizes, *rows])


def versions(contest: Contest) -> list[str]:
    """Of all programs that took part."""
    peers = {peer.name: peer for each in contest.contestants for peer in each.peers}
    return [f"zpack: {__version__}", *(f"{p.name}: {p.version_line()}" for p in peers.values())]


def _absent() -> list[str]:
    return [each.name for each in CONTESTANTS if not each.is_here]

"""How much is known of an archive (docs/format.md, section 9)."""

from zpack.errors import Explanation, MoreFollows, ProofLost
from zpack.native.archive import Archive
from zpack.operations.reports import Proof


def description_problems(archive: Archive) -> tuple[Explanation, ...]:
    """What is wrong with an archive's own description, as far as opening it showed."""
    if archive.damage is not None:
        return (archive.damage.explain(),)
    problems = []
    if archive.tail is None and archive.marked:
        problems.append(ProofLost(archive.source.path, archive.tail_fault).explain())
    if archive.more:
        problems.append(MoreFollows(archive.source.path).explain())
    return tuple(problems)


def proof_state(archive: Archive, *, damaged: bool) -> Proof:
    """The state after everything was read; ``damaged``: something in it is not as it should be."""
    if damaged or archive.damage is not None:
        return Proof.DAMAGED
    if archive.tail is None and archive.marked:
        # Trailing frames that are there but contradict the tar are damage; gone, they are a loss.
        return Proof.DAMAGED if archive.trailing else Proof.PROOF_LOST
    if archive.tail is not None:
        return Proof.PROVEN if archive.tail.locator.digests is not None else Proof.PROOF_LOST
    return Proof.CHECKED if archive.checked else Proof.READABLE

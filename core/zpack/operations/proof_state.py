"""How much is known of an archive (docs/format.md, section 9)."""

from zpack.errors import Explanation, MoreFollows, ProofLost
from zpack.native.archive import Archive
from zpack.native.unread import Unread
from zpack.operations.damage import Depth
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


def unread_proof(unread: Unread) -> Proof:
    """The state of an archive of which only the frames were found."""
    if unread.found.damage is not None:
        return Proof.DAMAGED
    if not unread.marked:
        return Proof.UNKNOWN
    return Proof.DAMAGED if unread.found.trailing else Proof.PROOF_LOST


def unread_problems(unread: Unread) -> tuple[Explanation, ...]:
    """What is wrong with such an archive, as far as its frames show."""
    if unread.found.damage is not None:
        return (unread.found.damage.explain(),)
    if unread.marked:
        return (ProofLost(unread.source.path, unread.tail_fault).explain(),)
    return ()


def proof_state(archive: Archive, *, damaged: bool, depth: Depth = Depth.FULL) -> Proof:
    """The state after everything was read to that depth; ``damaged``: something in it is not as it
    should be."""
    if damaged or archive.damage is not None:
        return Proof.DAMAGED
    if archive.tail is None and archive.marked:
        # Trailing frames that are there but contradict the tar are damage; gone, they are a loss.
        return Proof.DAMAGED if archive.trailing else Proof.PROOF_LOST
    if archive.tail is not None:
        if archive.tail.locator.digests is None:
            return Proof.PROOF_LOST
        return Proof.PROVEN if depth is Depth.FULL else Proof.INTACT
    return Proof.CHECKED if archive.checked else Proof.READABLE

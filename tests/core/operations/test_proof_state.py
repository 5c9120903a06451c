"""States of proof: only proven is proven."""

import dataclasses
import itertools

from zpack.errors import ArchiveDamaged
from zpack.jobs import Control
from zpack.native.archive import Archive
from zpack.operations import Proof
from zpack.operations.opening import open_for
from zpack.operations.proof_state import description_problems, proof_state


def variants(archive: Archive) -> list[Archive]:
    """Everything that opening can find, combined."""
    damage = ArchiveDamaged("x", "cut")
    fields = {
        "tail": (archive.tail, None),
        "marked": (True, False),
        "checked": (True, False),
        "trailing": (True, False),
        "damage": (None, damage),
    }
    return [
        dataclasses.replace(archive, **dict(zip(fields, values, strict=True)))
        for values in itertools.product(*fields.values())
    ]


def test_only_a_whole_archive_with_digests_is_proven(archive: str) -> None:
    with open_for(archive, Control()) as opened:
        for variant in variants(opened):
            for damaged in (True, False):
                proven = proof_state(variant, damaged=damaged) is Proof.PROVEN
                whole = variant.tail is not None and variant.damage is None and not damaged
                assert proven == whole


def test_whatever_is_marked_and_not_proven_is_a_problem(archive: str) -> None:
    with open_for(archive, Control()) as opened:
        for variant in variants(opened):
            state = proof_state(variant, damaged=False)
            if variant.marked and state is not Proof.PROVEN:
                assert state in (Proof.PROOF_LOST, Proof.DAMAGED)
                assert description_problems(variant)

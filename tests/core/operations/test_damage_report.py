"""Reports of damage: counts that fit, and exit codes."""

import pytest

from zpack.operations import DamageReport, LostEntry, Proof, Remedy
from zpack.operations.damage_report import hopeless_report
from zpack.operations.damaged_copies import DamagedCopies


class _Source:
    path = "x.tar.zst"


def report(remedy: Remedy, proof: Proof, lost: tuple[LostEntry, ...] = ()) -> DamageReport:
    return DamageReport("a", remedy, proof, 3, lost, (), 9, 1, (), 0, 1.0)


def test_hopeless() -> None:
    told = hopeless_report(DamagedCopies((_Source(),), None, ""))  # type: ignore[arg-type]
    assert (told.archive, told.remedy, told.exit_code) == ("x.tar.zst", Remedy.HOPELESS, 4)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (report(Remedy.NONE_NEEDED, Proof.PROVEN), 0),
        (report(Remedy.NONE_NEEDED, Proof.CHECKED), 0),
        (report(Remedy.RESTORED, Proof.PROVEN), 0),
        (report(Remedy.RESTORED, Proof.DAMAGED), 3),
        (report(Remedy.SALVAGED, Proof.PROVEN), 0),
        (report(Remedy.SALVAGED, Proof.PROVEN, (LostEntry("f", 1, "why"),)), 3),
        (report(Remedy.SALVAGED, Proof.PROOF_LOST), 3),
    ],
)
def test_exit_codes(given: DamageReport, code: int) -> None:
    assert given.exit_code == code

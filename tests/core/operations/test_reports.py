"""Reports and their exit codes."""

import pytest

from zpack.errors import EntryDamaged, EntryUnreadable, ExitCode
from zpack.operations import CreateReport, ExtractReport, Proof, VerifyReport
from zpack.operations.reports import worst_exit_code

UNREADABLE = EntryUnreadable("a", "why").explain()
DAMAGED = EntryDamaged("b", "what").explain()


def test_damaged_goes_before_partial() -> None:
    assert worst_exit_code(()) is ExitCode.DONE
    assert worst_exit_code((UNREADABLE,)) is ExitCode.PARTIAL
    assert worst_exit_code((UNREADABLE, DAMAGED, UNREADABLE)) is ExitCode.DAMAGED


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (Proof.PROVEN, ExitCode.DONE),
        (Proof.CHECKED, ExitCode.DONE),
        (Proof.READABLE, ExitCode.DONE),
        (Proof.PROOF_LOST, ExitCode.DAMAGED),
        (Proof.DAMAGED, ExitCode.DAMAGED),
    ],
)
def test_verify(proof: Proof, code: ExitCode) -> None:
    assert VerifyReport("x", proof, 1, 1, 1, 0.0).exit_code is code


def test_create_and_extract() -> None:
    assert CreateReport("x", 1, 0, 0, 1, 1, 0.0).exit_code is ExitCode.DONE
    assert CreateReport("x", 1, 0, 0, 1, 1, 0.0, (UNREADABLE,)).exit_code is ExitCode.PARTIAL
    assert ExtractReport("x", 1, 0, 0, 0, 1, 0.0, problems=(DAMAGED,)).exit_code is ExitCode.DAMAGED

"""Verifies an archive that was just written, before it takes its name."""

from zpack.errors import VerificationFailed, ZpackError
from zpack.filesystem import AtomicFile, VolumeSet
from zpack.jobs import Control, NestedControl
from zpack.operations.reports import Proof, VerifyReport
from zpack.operations.requests import VerifyRequest
from zpack.operations.verify import verify


def verify_written(
    target: AtomicFile | VolumeSet, name: str, threads: int, control: Control
) -> None:
    """Read all of it back from the disk and compare. Raises :class:`VerificationFailed`."""
    report = read_back(target, name, threads, control)
    if report.proof is not Proof.PROVEN:
        first = report.problems[0].details if report.problems else report.proof.value
        raise VerificationFailed(name, first)


def read_back(
    target: AtomicFile | VolumeSet, name: str, threads: int, control: Control
) -> VerifyReport:
    """Read all of it back from the disk; what that showed. Raises :class:`VerificationFailed` if it
    is no archive."""
    control.progress.phase = "verifying"
    target.sync()
    nested = NestedControl(control)
    try:
        report = verify(VerifyRequest(target.temporary, threads), nested)
    except ZpackError as error:
        raise VerificationFailed(name, error.details) from error
    nested.share()
    return report

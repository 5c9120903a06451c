"""What is found is told at once, and once."""

from pathlib import Path

from tests.core.operations.test_verify_decoding import BIG, made
from zpack.jobs import Control, Outcome, PartState
from zpack.operations import Condition
from zpack.operations.opening import open_for
from zpack.operations.verify_findings import VerifyFindings


def test_the_first_reason_counts_and_nobody_is_forgotten(tmp_path: Path) -> None:
    path, frames = made(tmp_path, big=BIG, small=b"s")
    control = Control()
    with open_for(str(path), control) as archive:
        findings = VerifyFindings(archive, control)
        findings.start(10, proving=True)
        lane = control.progress.lane()
        big, small = (archive.listing.find(name) for name in (b"big", b"small"))
        findings.entry_is_bad(big, "first", lane)
        findings.entry_is_bad(big, "second", lane)
        findings.frame_is_bad(2, "torn", lane)
        assert control.progress.outcomes[big] == Outcome.DAMAGED
        assert control.progress.part_states[2] == PartState.DAMAGED
        findings.check_all_were_seen()
        entries = findings.entries()
    assert [(each.path, each.what) for each in entries] == [
        ("big", "first"),
        ("small", "it was not found in the archive"),
    ]
    assert [each.condition for each in entries] == [Condition.DAMAGED, Condition.MISSING]
    assert entries[1].stretches == ()
    assert control.progress.outcomes[small] == Outcome.DAMAGED
    assert [each.path for each in findings.problems()] == ["big", "small"]
    (frame,) = findings.frames()
    assert (frame.offset, frame.size, frame.paths) == (frames.offset[2], frames.csize[2], ("big",))

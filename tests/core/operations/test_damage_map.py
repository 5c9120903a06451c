"""What front ends are told of frames and files, before and after a repair."""

from pathlib import Path

from tests.core.operations.repairs import archive_of, places
from zpack.jobs import Control, Outcome, PartState, Progress
from zpack.operations import (
    AssessDamageRequest,
    DamageReport,
    Remedy,
    RepairRequest,
    assess_damage,
    repair,
)

ZEROS = bytes(5000)


def states(progress: Progress) -> list[int]:
    """Of all frames; each is told once."""
    settled = sorted(frame for lane in progress.lanes for frame in lane.settled)
    assert settled == list(range(len(progress.part_states)))
    return list(progress.part_states)


def outcomes(progress: Progress) -> dict[str, int]:
    """Of what is settled, by path."""
    finished = [row for lane in progress.lanes for row in lane.finished]
    assert len(finished) == len(set(finished))
    paths = {row: progress.items.path(row).decode() for row in finished}  # type: ignore[union-attr]
    return {path: progress.outcomes[row] for row, path in paths.items()}


def both(damaged: Path, *copies: Path) -> tuple[DamageReport, Progress, Progress]:
    """The report, and what was told before a repair and after it."""
    before, after = Control(), Control()
    others = tuple(map(str, copies))
    assess_damage(AssessDamageRequest(str(damaged), others), before)
    target = str(damaged.with_name("fixed.tar.zst"))
    report = repair(RepairRequest(str(damaged), target, others), after)
    assert states(before.progress) == states(after.progress)
    return report.damage, before.progress, after.progress


def test_frames_that_a_record_brings_back(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    data = archive_of(root, path, recovery=5)
    path.write_bytes(data[:9000] + ZEROS + data[14_000:])
    damage, before, after = both(path)
    assert damage.remedy is Remedy.RESTORED
    assert states(before).count(PartState.REPAIRED) == damage.frames_hit == 1
    assert PartState.DAMAGED not in states(before)
    frame = states(before).index(PartState.REPAIRED)
    assert before.parts.offset[frame] <= 9000  # type: ignore[union-attr]
    assert outcomes(before) == {}
    assert set(outcomes(after).values()) == {Outcome.DONE}
    assert len(outcomes(after)) == damage.files


def test_frames_that_are_lost(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    data = archive_of(root, path)
    at, _, _ = places(data)
    path.write_bytes(data[:at] + ZEROS + data[at + 5000 :])
    damage, before, after = both(path)
    assert states(before).count(PartState.DAMAGED) == damage.frames_hit == 1
    lost = {each.path for each in damage.lost}
    assert outcomes(before) == dict.fromkeys(lost, Outcome.DAMAGED)
    found = outcomes(after)
    assert {path for path, outcome in found.items() if outcome == Outcome.DAMAGED} == lost
    assert len(found) == damage.files + len(lost)


def test_frames_of_another_copy(root: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "x.tar.zst", tmp_path / "other.tar.zst"
    data = archive_of(root, path)
    at, _, _ = places(data)
    path.write_bytes(data[: at - 100] + ZEROS + data[at + 4900 :])
    other.write_bytes(data[:1000] + ZEROS + data[6000:])
    damage, before, _ = both(path, other)
    assert damage.remedy is Remedy.RESTORED
    assert states(before).count(PartState.REPAIRED) == 1
    assert PartState.DAMAGED not in states(before)


def test_beyond_what_a_record_covers(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    data = archive_of(root, path, recovery=1)
    at, _, _ = places(data)
    path.write_bytes(data[:100] + bytes(50) + data[150:at] + bytes(60_000) + data[at + 60_000 :])
    damage, before, _ = both(path)
    assert damage.remedy is Remedy.SALVAGED
    assert states(before).count(PartState.DAMAGED) == damage.frames_hit


def test_without_an_index_nothing_is_known_of_frames(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.zst"
    data = archive_of(root, path)
    _, end, _ = places(data)
    path.write_bytes(data[: end * 2 // 3])
    damage, before, after = both(path)
    assert damage.remedy is Remedy.SALVAGED
    assert before.parts is None
    assert after.parts is None

"""What ``zpack repair`` says."""

from collections.abc import Iterator

from zpack.cli.sizes import counted, duration, size
from zpack.errors import shown
from zpack.operations.reports import (
    AddRecoveryReport,
    DamageReport,
    Proof,
    Remedy,
    RepairReport,
)

_NAMED = 20


def added(report: AddRecoveryReport) -> str:
    """What was added, in one line."""
    return (
        f"{shown(report.archive)} has a recovery record of {report.percent} % now "
        f"({size(report.record_size)}): any {size(report.burst)} in a row can be damaged and "
        f"repaired. {size(report.bytes_out)} in {duration(report.seconds)}"
    )


def assessed(report: DamageReport) -> str:
    """What would come back, in one line."""
    name, files = shown(report.archive), counted(report.files, "file")
    match report.remedy:
        case Remedy.NONE_NEEDED:
            return f"{name} is not damaged: {files}."
        case Remedy.RESTORED:
            return f"All of {name} would come back as it was: {files}."
        case Remedy.SALVAGED:
            lost = f", {counted(len(report.lost), 'file')} would not" if report.lost else ""
            return f"{files} of {name} would come back{lost}.{_proof(report)}"
    return f"Nothing of {name} would come back."


def repaired(report: RepairReport) -> str:
    """What came back, in one line."""
    damage, name = report.damage, shown(report.target)
    files, took = counted(damage.files, "file"), duration(report.seconds)
    what = f"{files}, {size(report.bytes_out)} in {took}"
    match damage.remedy:
        case Remedy.NONE_NEEDED:
            return f"Nothing was damaged: {name} is as {shown(damage.archive)}. {what}"
        case Remedy.RESTORED:
            proven = ", and proven" if damage.proof is Proof.PROVEN else ""
            return f"Repaired: {name} is byte for byte as it was{proven}. {what}"
    lost = f", {counted(len(damage.lost), 'file')} lost" if damage.lost else ""
    left = f" What is left of {counted(report.partial, 'file')} is in the other archive."
    return f"Salvaged into {name}{lost}: {what}.{_proof(damage)}{left if report.partial else ''}"


def _proof(report: DamageReport) -> str:
    if report.proof is Proof.PROVEN:
        return " Each is proven to be as it was put in."
    return " Nothing proves what came back."


def details(report: DamageReport) -> Iterator[str]:
    """What was damaged."""
    if not report.damaged:
        return
    total = sum(each.length for each in report.damaged)
    places = counted(len(report.damaged), "place")
    frames = f"{report.frames_hit:,} of {counted(report.frames, 'frame')}"
    yield f"Damaged: {size(total)} in {places}, {frames}"
    yield from _some([_stretch(each.offset, each.length) for each in report.damaged])
    if report.hit and report.remedy is Remedy.RESTORED:
        yield f"Brought back in {counted(len(report.hit), 'file')}:"
        yield from _some([shown(path) for path in report.hit])


def _stretch(offset: int, length: int) -> str:
    return f"bytes {offset:,} to {offset + length - 1:,}"


def lost_lines(report: DamageReport) -> Iterator[str]:
    """What does not come back."""
    if report.lost:
        yield f"zpack: {counted(len(report.lost), 'file')} lost:"
        for each in report.lost:
            yield f"  {shown(each.path)}: {each.why}"
    if report.doubtful:
        yield f"zpack: {counted(len(report.doubtful), 'file')} may have changed, nothing shows:"
        yield from _some([shown(path) for path in report.doubtful])


def _some(lines: list[str]) -> Iterator[str]:
    for line in lines[:_NAMED]:
        yield f"  {line}"
    if len(lines) > _NAMED:
        yield f"  and {len(lines) - _NAMED:,} more"

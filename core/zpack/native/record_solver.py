"""Computes lost data shares from those that are left."""

from collections.abc import Callable, Iterator

from zpack.codecs.reed_solomon import Accumulator, restoring_plans
from zpack.filesystem import Spool
from zpack.native.record_copies import Record
from zpack.native.recovery_geometry import Geometry
from zpack.native.share_finder import FoundShares
from zpack.records import field, mutable_record


@mutable_record
class Losses:
    """Data shares that are in no copy. ``solvable`` can be computed; ``final`` cannot, because more
    of their groups are lost than the record covers."""

    solvable: list[int] = field(default_factory=list)
    final: list[int] = field(default_factory=list)


def count_losses(geometry: Geometry, found: FoundShares) -> Losses:
    """What of the data is lost, and whether it can be had back. Computes nothing."""
    losses = Losses()
    for group, lost in _lost_by_group(geometry, found).items():
        there = _recovery_there(geometry, found, group)
        enough = len(lost) <= len(there)
        (losses.solvable if enough else losses.final).extend(lost)
    losses.solvable.sort()
    losses.final.sort()
    return losses


def solve(
    record: Record, found: FoundShares, spool: Spool, step: Callable[[int], None]
) -> list[int]:
    """Compute what is solvable: each share is put into ``spool`` where it belongs in the file.
    ``step`` is called with how much was read, and may raise. Returns shares that did not come out
    as the record says: none, unless it lies."""
    wrong: list[int] = []
    for group, lost in _lost_by_group(record.geometry, found).items():
        there = _recovery_there(record.geometry, found, group)
        if len(lost) > len(there):
            continue
        for share, content in _solve_group(record, found, group, lost, there[: len(lost)], step):
            if record.table.known[share] and not record.table.fits(share, content):
                wrong.append(share)
            else:
                length = record.geometry.share_length(share)
                spool.write(content[:length], record.geometry.share_at(share))
    return wrong


def _lost_by_group(geometry: Geometry, found: FoundShares) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for share in found.missing(0, geometry.data_shares):
        groups.setdefault(share % geometry.groups, []).append(share)
    return groups


def _recovery_there(geometry: Geometry, found: FoundShares, group: int) -> list[int]:
    """Numbers in their group of the recovery shares that were found."""
    first = geometry.data_shares + geometry.first_recovery(group)
    shares = range(first, geometry.shares, geometry.groups)
    return [number for number, share in enumerate(shares) if found.has(share)]


def _solve_group(
    record: Record,
    found: FoundShares,
    group: int,
    lost: list[int],
    used: list[int],
    step: Callable[[int], None],
) -> Iterator[tuple[int, bytes]]:
    """The lost shares of a group, with their content."""
    geometry = record.geometry
    groups, data = geometry.groups, geometry.group_data
    sums = Accumulator(geometry.share_size, len(lost))
    first = geometry.data_shares + geometry.first_recovery(group)
    plans = restoring_plans(data, [share // groups for share in lost], used)
    for number, plan in plans.items():
        share = number * groups + group if number < data else first + (number - data) * groups
        if number < data and share >= geometry.data_shares:
            continue  # the one less that some groups have: zeros
        content = found.read(share)
        step(len(content))
        sums.add(memoryview(content), plan)
    yield from zip(lost, sums.results(), strict=True)

"""What a recovery record adds to an archive: size and time."""

from zpack.native.recovery_geometry import Geometry, choose_geometry
from zpack.operations.estimate_report import PresetEstimate, Range

_READ = 1.6e-9  # seconds for a byte that is protected, and for each share of it: measured
_SHARE = 0.14e-9


def with_recovery(estimate: PresetEstimate, percent: int) -> PresetEstimate:
    """The same archive with a record of ``percent`` of it."""
    sizes, seconds = estimate.size, estimate.seconds
    return PresetEstimate(
        estimate.preset,
        Range(*(_grown(size, percent) for size in (sizes.low, sizes.expected, sizes.high))),
        Range(
            seconds.low + _seconds(sizes.low, percent),
            seconds.expected + _seconds(sizes.expected, percent),
            seconds.high + _seconds(sizes.high, percent),
        ),
    )


def _geometry(size: float, percent: int) -> Geometry:
    return choose_geometry(max(1, round(size)), 0, percent)


def _grown(size: float, percent: int) -> float:
    geometry = _geometry(size, percent)
    return size + geometry.end - geometry.protected


def _seconds(size: float, percent: int) -> float:
    return size * (_READ + _SHARE * _geometry(size, percent).recovery)

"""From what samples taught to what the whole archive will be. docs/design.md has the reasons."""

import math

from zpack.operations.estimate_report import PresetEstimate, Range
from zpack.operations.estimate_samples import STIFF, Findings, Reading, Tally, is_slow
from zpack.operations.estimate_scan import Census
from zpack.operations.presets import PRESETS, Preset
from zpack.records import record

# How much more a slow level gains on a full frame than on a short piece, as a power of that; and
# how much more time a byte takes there. Fitted by benchmarks/estimates.py.
_GAIN_POWER = 1.6
_SLOWDOWN = 1.6
_TAIL_UNSURE = 0.1
_GAIN, _LONG_GAIN, _SLOWER, _STAND_IN_SLOWER = 0.8, 0.94, 100, 4  # where there was no time to see
_STIFF_SECONDS = 0.22e-6  # more for each byte that does not compress
_ROW_SECONDS = 6e-6
_FILE_FACTOR = 1.25  # what a file takes in the writer, to what it takes when it is sampled
_FIXED_SECONDS = 0.01
_LEAST = 0.02
_ALL = 0.95
_CONTEXT, _USUAL_FRAMES = 0.9, 1.5  # what is usual, and for how many frames that stands


@record
class Machine:
    """``threads`` code on ``cores``; ``crowding``: how much longer they take for it than they
    would if they had the machine for themselves."""

    threads: int
    cores: int
    crowding: float = 1.0


@record
class Coding:
    """Seconds of all threads together, and of the one that works longest."""

    all: float
    longest: float


def estimate_preset(
    preset: Preset,
    census: Census,
    content: int,
    tail: float,
    learned: dict[str, Findings],
    reading: Reading,
    machine: Machine,
) -> PresetEstimate:
    """``content`` is what is to be coded in all, headers included; ``tail`` what follows it."""
    ratio, spread = _ratio(preset, learned, content)
    size = ratio * content + tail
    unsure = _TAIL_UNSURE * tail / size
    if not census.counted:
        spread += 0.25
    pace = _pace(preset, learned)
    longest = _longest_share(content, preset.frame_capacity(0, content), machine.threads)
    pace *= machine.crowding
    code = Coding(content * pace, longest * pace)
    seconds = _seconds(census, content, code, reading, machine)
    return PresetEstimate(
        preset.name,
        Range.around(size, min(0.9, spread + unsure), spread + unsure),
        Range.around(seconds, 0.25, 0.4 if census.counted else 0.8),
    )


def _ratio(preset: Preset, learned: dict[str, Findings], content: int) -> tuple[float, float]:
    """Coded bytes for each byte of content, and how sure that is."""
    found = learned[preset.name]
    if not is_slow(preset):
        return _quick_ratio(preset, found, content)
    if found.small and found.stand_in.content >= _ALL * content:
        return found.stand_in.ratio * _gain(found, found.stand_in.ratio), 0.08
    quick = _neighbour(preset)
    if quick is not None:
        # Long stretches are few: what they gain over a quick preset is carried over to all.
        ratio, spread = _quick_ratio(quick, learned[quick.name], content)
        gain = _gain(found, ratio)
        if found.base.coded:
            return ratio * found.stand_in.coded / found.base.coded * gain, spread + 0.08
        return ratio * _usual(_LONG_GAIN, ratio) * gain, spread + 0.15
    ratio = found.stand_in.ratio
    return ratio * _gain(found, ratio), 0.3


def _neighbour(preset: Preset) -> Preset | None:
    """The slowest quick preset in the same order of files."""
    quick = [each for each in PRESETS if each.by_type == preset.by_type and not is_slow(each)]
    return quick[-1] if quick else None


def _gain(found: Findings, ratio: float) -> float:
    """What a slow level makes of what its stand-in made; what does not compress stays as it is."""
    stiff = found.stiff.coded
    easy, hard = found.easy.coded - stiff, found.hard.coded - stiff
    if not found.easy.coded:
        return _usual(_GAIN, ratio)
    if easy <= 0 or hard <= 0:
        return 1.0
    gain = float(min(1.0, hard / easy) ** _GAIN_POWER)
    return (stiff + easy * gain) / (stiff + easy)


def _quick_ratio(preset: Preset, found: Findings, content: int) -> tuple[float, float]:
    if found.small and found.frames.content >= _ALL * content:
        return found.frames.ratio, _LEAST
    if not found.spread.content:
        return (found.frames.ratio, 0.25) if found.frames.content else (1.0, 1.0)
    mean = found.spread.ratio
    context, unsure = _context(preset, found, mean)
    count = len(found.ratios)
    squares = math.fsum((ratio - mean) ** 2 for ratio in found.ratios.values())
    variance = squares / max(1, count - 1)
    return mean * context, _LEAST + unsure + math.sqrt(variance / count) / max(mean, 1e-6)


def _context(preset: Preset, found: Findings, mean: float) -> tuple[float, float]:
    """How much smaller content gets in a frame than in a short stretch; and how unsure that is.
    The fewer frames were seen the nearer to what is usual."""
    frames = found.frames.content / preset.frame_content
    seen = 0.0
    if found.pieces.coded and found.frames.coded:
        seen = math.log(found.frames.coded / found.frames.content / found.pieces.ratio)
    usual = math.log(_usual(_CONTEXT, mean))
    context = math.exp((frames * seen + _USUAL_FRAMES * usual) / (frames + _USUAL_FRAMES))
    return context, 0.2 / (1 + frames)


def _usual(gain: float, ratio: float) -> float:
    """What is usual to gain, of content of this ratio: what hardly compresses gains nothing."""
    return float(gain ** min(1.0, 3 * max(0.0, 1 - ratio)))


def _pace(preset: Preset, learned: dict[str, Findings]) -> float:
    """Seconds of one core for each byte."""
    found = learned[preset.name]
    if not is_slow(preset):
        return (found.frames if found.frames.content else found.spread).pace
    quick = _neighbour(preset)
    other = learned[quick.name] if quick is not None else Findings()
    if not found.hard.content:
        return _SLOWER * other.spread.pace
    soft = Tally(
        found.hard.content - found.stiff.content, 0, found.hard.seconds - found.stiff.seconds
    )
    stiff = found.stiff.content / found.hard.content
    idle = min(stiff, _idle(preset, other))
    return (
        (1 - stiff) * soft.pace * _SLOWDOWN
        + (stiff - idle) * (found.stiff.pace + _STIFF_SECONDS)
        + idle * (found.stand_in.pace or _STAND_IN_SLOWER * other.spread.pace)
    )


def _idle(preset: Preset, other: Findings) -> float:
    """Which part lies in frames that do not compress at all: no slow level is spent on those."""
    frames: dict[int, list[float]] = {}
    for place, ratio in other.ratios.items():
        frames.setdefault(place // preset.frame_content, []).append(ratio)
    idle = [len(ratios) for ratios in frames.values() if sum(ratios) > STIFF * len(ratios)]
    return sum(idle) / max(1, len(other.ratios))


def _longest_share(content: int, frame: int, threads: int) -> int:
    """Bytes that fall to one thread: a frame is coded by one, so few frames share out badly."""
    rounds, rest = divmod(content, frame * threads)
    return rounds * frame + min(rest, frame)


def _seconds(
    census: Census, content: int, code: Coding, reading: Reading, machine: Machine
) -> float:
    """One thread reads while others code, each on a core if there are enough."""
    opening = reading.opening / reading.files if reading.files else 20e-6
    a_byte = reading.reading / reading.bytes if reading.bytes else 0.3e-9
    read = census.files * opening * _FILE_FACTOR + content * a_byte
    busy = max(read, code.longest, (read + code.all) / machine.cores)
    return census.scan_seconds + busy + census.rows * _ROW_SECONDS + _FIXED_SECONDS

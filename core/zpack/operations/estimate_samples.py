"""Compresses stretches of an archive to be, as the presets would, for a bounded time."""

import time
from collections.abc import Callable, Iterator
from threading import Lock

from zpack.codecs import zstd_encoder
from zpack.codecs.coding import Encoder
from zpack.jobs import Control, Lane, run_crew
from zpack.operations.estimate_stream import MemberStream, Stretch
from zpack.operations.presets import Preset
from zpack.records import field, mutable_record, record

MAX_QUICK_LEVEL = 9
_STAND_IN_LEVEL = 3
_WHOLE = 96 << 20  # what is no larger is compressed as a whole
_SHORT, _SHORTS = 512 << 10, 56
_FRAMES = 8
_LONG = 48 << 20
_LONG_AT = (0.25, 0.75)
_HARD, _HARDS = 256 << 10, 15
STIFF = 0.97  # what is hardly smaller when it is coded
_ONE_IN = 2  # of a frame's pieces one in so many is coded by itself


class OutOfTime(Exception):
    """Raised within a step to leave it."""


@mutable_record
class Tally:
    """Bytes before and after, and the seconds of one core that it took."""

    content: int = 0
    coded: int = 0
    seconds: float = 0.0

    def add(self, more: "Tally") -> None:
        """These too."""
        self.content += more.content
        self.coded += more.coded
        self.seconds += more.seconds

    @property
    def ratio(self) -> float:
        """Coded bytes for each byte of content; 1 if nothing is known."""
        return self.coded / self.content if self.content else 1.0

    @property
    def pace(self) -> float:
        """Seconds of one core for each byte."""
        return self.seconds / self.content if self.content else 0.0


@mutable_record
class Findings:
    """What was learned of one preset. ``small``: there was so little that all of it was coded, if
    there was time.

    ``spread``: short stretches from all over, ``ratios`` those of each by its position. ``frames``:
    frames of full length; ``pieces``: parts of those, as long as the short stretches, each coded by
    itself. Of a slow preset a quick ``stand_in`` codes frames of full length, of which ``base`` is
    what the slowest quick preset makes; and it codes short pieces itself: ``hard``, of which
    ``easy`` is what its stand-in makes. ``stiff`` are those of them that do not compress.
    """

    spread: Tally = field(default_factory=Tally)
    ratios: dict[int, float] = field(default_factory=dict)
    frames: Tally = field(default_factory=Tally)
    pieces: Tally = field(default_factory=Tally)
    stand_in: Tally = field(default_factory=Tally)
    base: Tally = field(default_factory=Tally)
    hard: Tally = field(default_factory=Tally)
    easy: Tally = field(default_factory=Tally)
    stiff: Tally = field(default_factory=Tally)
    small: bool = False


@mutable_record
class Reading:
    """What reading took: files opened, seconds for that, bytes, seconds for those."""

    files: int = 0
    opening: float = 0.0
    bytes: int = 0
    reading: float = 0.0

    def add(self, stretch: Stretch) -> None:
        """One more stretch."""
        self.files += stretch.files
        self.opening += stretch.opening
        self.bytes += stretch.length
        self.reading += stretch.reading


@record
class _Step:
    """One stretch to read, and what to do with it."""

    stream: MemberStream
    position: int
    length: int
    measure: "Callable[[int, memoryview[int]], None]"


def is_slow(preset: Preset) -> bool:
    """Whether too little of it fits into the time."""
    return preset.level > MAX_QUICK_LEVEL


class Sampler:
    """Shares stretches out to threads until ``has_time`` says no, and keeps what they teach.

    ``streams`` are those by path and by type.
    """

    def __init__(
        self,
        presets: tuple[Preset, ...],
        streams: dict[bool, MemberStream],
        has_time: Callable[[], bool],
        control: Control,
    ) -> None:
        self._presets = presets
        self._streams = streams
        self._has_time = has_time
        self._control = control
        self.findings = {preset.name: self._nothing(preset) for preset in presets}
        self.reading = Reading()
        self.finished = True
        self._coding = self._working = 0.0
        self._lock = Lock()

    def _nothing(self, preset: Preset) -> Findings:
        return Findings(small=self._streams[preset.by_type].size <= _WHOLE)

    def run(self, threads: int) -> None:
        """Learn what there is time for; what matters most comes first."""
        run_crew(self._steps(), self._work, threads, self._control.progress)

    @property
    def crowding(self) -> float:
        """How much longer coding takes than it works, since others want the cores too: 1 and up."""
        return max(1.0, self._coding / self._working) if self._working else 1.0

    def check(self) -> None:
        """A checkpoint: raises ``Cancelled`` or :class:`OutOfTime`."""
        self._control.check()
        if not self._has_time():
            raise OutOfTime

    def _work(self, steps: Iterator[_Step], lane: Lane) -> None:
        buffer = bytearray()
        for step in steps:
            if len(buffer) < step.length:
                buffer = bytearray(step.length)
            with memoryview(buffer) as view:
                try:
                    self._take(step, view[: step.length], lane)
                except OutOfTime:
                    self.finished = False
                    return

    def _take(self, step: _Step, view: "memoryview[int]", lane: Lane) -> None:
        self.check()
        stretch = step.stream.read(step.position, view)
        with self._lock:
            self.reading.add(stretch)
        lane.bytes_done += stretch.length
        step.measure(step.position, stretch.content)

    def _steps(self) -> Iterator[_Step]:
        """In order of what they teach: if time runs out, the last ones are missed least."""
        jobs = [
            (stream, [preset for preset in self._presets if preset.by_type == by_type])
            for by_type, stream in self._streams.items()
            if stream.size
        ]
        for stream, presets in jobs:
            yield from self._spread(stream, [each for each in presets if not is_slow(each)])
        for stream, presets in jobs:
            yield from self._frames(stream, presets)
        yield from self._parts(self._hard, jobs, 0)
        yield from self._parts(self._long, jobs, 0)
        yield from self._parts(self._hard, jobs, 1, 2)
        yield from self._parts(self._long, jobs, 1)
        yield from self._parts(self._hard, jobs, 3, 4)

    def _parts(
        self,
        plan: Callable[[MemberStream, list[Preset], int], Iterator[_Step]],
        jobs: list[tuple[MemberStream, list[Preset]]],
        *parts: int,
    ) -> Iterator[_Step]:
        for part in parts:
            for stream, presets in jobs:
                yield from plan(stream, presets, part)

    def _spread(self, stream: MemberStream, presets: list[Preset]) -> Iterator[_Step]:
        """Short stretches from all over."""

        def measure(place: int, content: "memoryview[int]") -> None:
            for preset in presets:
                coded = self._code(preset.encoder(), content)
                found = self.findings[preset.name]
                with self._lock:
                    found.ratios[place] = coded.ratio
                    found.spread.add(coded)

        for place in _places(stream, max(1, min(_SHORTS, stream.size // (2 * _SHORT)))):
            yield _Step(stream, place, _SHORT, measure)

    def _hard(self, stream: MemberStream, presets: list[Preset], part: int) -> Iterator[_Step]:
        """Short pieces for slow presets, a fifth of them at a time."""
        slow = [preset for preset in presets if is_slow(preset)]

        def measure(_place: int, content: "memoryview[int]") -> None:
            for preset in slow:
                self._try_hard(preset, content)

        if slow:
            for place in _places(stream, _HARDS)[part::5]:
                yield _Step(stream, place, _HARD, measure)

    def _try_hard(self, preset: Preset, content: "memoryview[int]") -> None:
        easy = self._code(zstd_encoder(_STAND_IN_LEVEL, _HARD), content)
        hard = self._code(zstd_encoder(preset.level, _HARD), content)
        found = self.findings[preset.name]
        with self._lock:  # both or none: they are compared
            found.easy.add(easy)
            found.hard.add(hard)
            if easy.ratio > STIFF:
                found.stiff.add(hard)

    def _frames(self, stream: MemberStream, presets: list[Preset]) -> Iterator[_Step]:
        """Whole frames of quick presets: all of a small stream, else some from all over."""
        quick = [preset for preset in presets if not is_slow(preset)]
        if not quick or self._takes_all(stream, presets):
            return
        length = max(preset.frame_content for preset in quick)

        def measure(_place: int, content: "memoryview[int]") -> None:
            for preset in quick:
                self._code_frames(preset, content)

        count = -(-stream.size // length)
        places = [number * length for number in range(count)]
        if stream.size > _WHOLE:
            places = _places(stream, _FRAMES)
        for place in places:
            yield _Step(stream, place, length, measure)

    def _takes_all(self, stream: MemberStream, presets: list[Preset]) -> bool:
        """Whether what slow presets need shows all that quick ones need, too."""
        return stream.size <= _WHOLE and any(map(is_slow, presets))

    def _long(self, stream: MemberStream, presets: list[Preset], part: int) -> Iterator[_Step]:
        """Frames as long as those of slow presets: all of a small stream, else two."""
        if not any(map(is_slow, presets)):
            return
        length = max(preset.frame_content for preset in presets)
        if stream.size <= _WHOLE:
            places = list(range(0, stream.size, length))
        else:
            length = min(length, _LONG)
            places = [int(at * (stream.size - length)) for at in _LONG_AT]

        def measure(_place: int, content: "memoryview[int]") -> None:
            base = None
            for preset in presets:
                if not is_slow(preset):
                    base = self._code_frames(preset, content)
            for preset in presets:
                if is_slow(preset):
                    self._stand_in(preset, content, base)

        for place in places[part::2]:
            yield _Step(stream, place, length, measure)

    def _code_frames(self, preset: Preset, content: "memoryview[int]") -> Tally:
        all_frames, found = Tally(), self.findings[preset.name]
        for start in range(0, len(content), preset.frame_content):
            frame = content[start : start + preset.frame_content]
            coded, pieces = self._code(preset.encoder(), frame), Tally()
            for piece in range(0, len(frame), _ONE_IN * _SHORT):
                pieces.add(self._code(preset.encoder(), frame[piece : piece + _SHORT]))
            with self._lock:
                found.frames.add(coded)
                found.pieces.add(pieces)
            all_frames.add(coded)
        return all_frames

    def _stand_in(self, preset: Preset, content: "memoryview[int]", base: Tally | None) -> None:
        encoder = zstd_encoder(
            _STAND_IN_LEVEL, preset.frame_content, long_distance=preset.long_distance
        )
        coded, found = self._code(encoder, content), self.findings[preset.name]
        with self._lock:
            found.stand_in.add(coded)
            if base is not None:
                found.base.add(base)

    def _code(self, encoder: Encoder, content: "memoryview[int]") -> Tally:
        if not content:
            return Tally()
        began, began_work = time.perf_counter(), time.thread_time()
        coded = len(encoder.encode(content, self.check))
        worked = time.thread_time() - began_work
        with self._lock:
            self._coding += time.perf_counter() - began
            self._working += worked
        return Tally(len(content), coded, worked)


def _places(stream: MemberStream, count: int) -> list[int]:
    """Evenly over the stream."""
    return [(2 * number + 1) * stream.size // (2 * count) for number in range(count)]

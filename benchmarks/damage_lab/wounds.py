"""Every kind of damage, from a seed."""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.damage_lab.anatomy import Anatomy, Part
from benchmarks.damage_lab.edits import Edit
from benchmarks.damage_lab.record_map import RecordMap

RATES = (1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)  # of bits that flip
_MOST_FLIPS = 1_000_000  # what is behind them stays as it is
_LARGEST = 64 << 20  # bytes that are put in at once


@dataclass(frozen=True, slots=True)
class Patient:
    """An archive that is to be damaged. ``read``: length and offset to bytes of it."""

    anatomy: Anatomy
    record: RecordMap | None
    read: Callable[[int, int], bytes]

    @property
    def size(self) -> int:
        """In bytes."""
        return self.anatomy.size


Wound = Callable[[Patient, random.Random], list[Edit]]


def nothing(_patient: Patient, _chance: random.Random) -> list[Edit]:
    """No damage at all: what is whole must not be called damaged."""
    return []


def one_byte(patient: Patient, chance: random.Random) -> list[Edit]:
    """A byte anywhere has another value."""
    at = chance.randrange(patient.size)
    return [Edit(at, at + 1, _flipped(patient, at, chance))]


def bursts(patient: Patient, chance: random.Random) -> list[Edit]:
    """Stretches anywhere, overwritten."""
    return [_burst(patient, chance, _length(patient, chance)) for _ in range(_few(chance))]


def longest_burst(patient: Patient, chance: random.Random) -> list[Edit]:
    """One stretch, just as long as a record promises to bring back: overwritten or gone, or so much
    is put in."""
    length = patient.record.burst if patient.record else _length(patient, chance)
    burst = _burst(patient, chance, length)
    way = chance.randrange(3)
    if way == 0:
        return [Edit(burst.start, burst.end)]
    return [burst] if way == 1 else [Edit(burst.start, burst.start, burst.content)]


def _sectors(size: int) -> Wound:
    def wound(patient: Patient, chance: random.Random) -> list[Edit]:
        sectors = -(-patient.size // size)
        count = min(sectors, chance.choice((1, 2, 5, 20, 100)))
        return [
            _overwritten(patient, chance, each * size, min(patient.size, (each + 1) * size))
            for each in chance.sample(range(sectors), count)
        ]

    return wound


def cut_tail(patient: Patient, chance: random.Random) -> list[Edit]:
    """The file ends too soon."""
    return [Edit(patient.size - min(patient.size, _length(patient, chance)), patient.size)]


def cut_head(patient: Patient, chance: random.Random) -> list[Edit]:
    """The file begins too late."""
    return [Edit(0, min(patient.size, _length(patient, chance)))]


def inserted(patient: Patient, chance: random.Random) -> list[Edit]:
    """Bytes are put in at some places."""
    edits = []
    for _ in range(_few(chance)):
        at = chance.choice((0, patient.size, *[chance.randrange(patient.size + 1)] * 4))
        edits.append(Edit(at, at, _filling(patient, chance, _length(patient, chance))))
    return edits


def removed(patient: Patient, chance: random.Random) -> list[Edit]:
    """Bytes are gone at some places, and what follows has moved up."""
    edits = (_burst(patient, chance, _length(patient, chance)) for _ in range(_few(chance)))
    return [Edit(edit.start, edit.end) for edit in edits]


def _bit_rot(rate: float) -> Wound:
    def wound(patient: Patient, chance: random.Random) -> list[Edit]:
        edits: list[Edit] = []
        step = math.log1p(-rate)
        bit = -1
        while len(edits) < _MOST_FLIPS:
            bit += 1 + int(math.log(1.0 - chance.random()) / step)
            if bit >= 8 * patient.size:
                break
            at = bit // 8
            if not edits or edits[-1].start != at:
                value = patient.read(1, at)[0] ^ (1 << bit % 8)
                edits.append(Edit(at, at + 1, bytes([value])))
        return edits

    return wound


def parts_of(patient: Patient) -> dict[str, Part]:
    """What damage can be aimed at, by name."""
    anatomy, record = patient.anatomy, patient.record
    frames = anatomy.frames
    parts = {
        "first frame": frames[0],
        "middle frame": frames[len(frames) // 2],
        "directories": frames[max(0, len(frames) - 2)],
        "end of the tar": frames[-1],
        "index": anatomy.index,
        "digests": anatomy.digests,
        "locator": anatomy.locator,
        "seek table": anatomy.seek,
    }
    if record:
        for name, number in (("first", 0), ("middle", len(record.heads) // 2), ("last", -1)):
            parts[f"{name} recovery head"] = record.heads[number]
            table = record.tables[number]
            parts[f"{name} recovery pages"] = Part(table[0].start, table[-1].end)
        parts["recovery shares"] = Part(record.recovery[0].start, record.recovery[-1].end)
        parts["recovery record"] = anatomy.recovery
    return {name: part for name, part in parts.items() if part.end > part.start}


def aimed(patient: Patient, chance: random.Random) -> list[Edit]:
    """At some parts: a byte of each, some of it, all of it; overwritten or gone."""
    parts = parts_of(patient)
    names = chance.sample(sorted(parts), min(len(parts), chance.choice((1, 1, 1, 2, 3, 5))))
    return [_hit(patient, chance, parts[name]) for name in names]


def everything_but(patient: Patient, chance: random.Random) -> list[Edit]:
    """All that tells what an archive is, and none of its data: index or digests or both, locator
    and seek table, all heads and pages of a record but some."""
    anatomy, record = patient.anatomy, patient.record
    hit = [anatomy.locator, anatomy.seek, *chance.sample([anatomy.index, anatomy.digests], 1)]
    if record:
        tables = [Part(table[0].start, table[-1].end) for table in record.tables]
        spared = chance.randrange(-1, len(tables))
        hit += (part for number, part in enumerate(record.heads) if number != spared)
        hit += (part for number, part in enumerate(tables) if chance.random() < 0.5)
    return [_hit(patient, chance, part) for part in hit if part.end > part.start]


def most_gone(patient: Patient, chance: random.Random) -> list[Edit]:
    """Far more than any record covers."""
    length = int(patient.size * chance.uniform(0.3, 1.0))
    burst = _burst(patient, chance, min(length, _LARGEST))
    return [burst] if chance.random() < 0.5 else [Edit(burst.start, burst.end)]


def scattered(patient: Patient, chance: random.Random) -> list[Edit]:
    """As many shares as a record can spare in each group, or one more in one of them."""
    record = patient.record
    if record is None:
        return bursts(patient, chance)
    shares = list(enumerate((*record.data, *record.recovery)))
    edits = []
    for group in chance.sample(range(record.groups), min(record.groups, 20)):
        own = [part for number, part in shares if number % record.groups == group]
        for part in chance.sample(own, record.in_each_group):
            at = chance.randrange(part.start, part.end)
            edits.append(Edit(at, at + 1, _flipped(patient, at, chance)))
    return edits if chance.random() < 0.7 else edits + one_byte(patient, chance)


def mixed(patient: Patient, chance: random.Random) -> list[Edit]:
    """Several kinds at once."""
    kinds = (one_byte, bursts, cut_tail, cut_head, inserted, removed, aimed, _bit_rot(1e-6))
    return [edit for kind in chance.sample(kinds, 2) for edit in kind(patient, chance)]


WOUNDS: dict[str, Wound] = {
    "nothing": nothing,
    "one-byte": one_byte,
    "bursts": bursts,
    "longest-burst": longest_burst,
    "sectors-512": _sectors(512),
    "sectors-4096": _sectors(4096),
    "tail-cut": cut_tail,
    "head-cut": cut_head,
    "inserted": inserted,
    "removed": removed,
    **{f"bit-rot-{rate:.0e}": _bit_rot(rate) for rate in RATES},
    "aimed": aimed,
    "everything-but": everything_but,
    "most-gone": most_gone,
    "scattered": scattered,
    "mixed": mixed,
}


def _few(chance: random.Random) -> int:
    return chance.choice((1, 1, 2, 3, 5))


def _length(patient: Patient, chance: random.Random) -> int:
    """How long a stretch of damage is: often near what a record covers."""
    lengths = [1, 100, 512, 4096, 65_536, patient.size // 50, patient.size // 3]
    if patient.record:
        lengths += [patient.record.share_size, patient.record.burst, patient.record.burst // 3]
        lengths.append(patient.record.burst + chance.randrange(3 * patient.record.share_size))
    longest = max(1, min(patient.size, _LARGEST))
    return min(longest, max(1, chance.choice(lengths) + chance.choice((0, 0, -1, 1))))


def _burst(patient: Patient, chance: random.Random, length: int) -> Edit:
    length = min(length, patient.size)
    start = chance.randrange(patient.size - length + 1)
    return _overwritten(patient, chance, start, start + length)


def _hit(patient: Patient, chance: random.Random, part: Part) -> Edit:
    match chance.randrange(4):
        case 0:
            at = chance.randrange(part.start, part.end)
            return Edit(at, at + 1, _flipped(patient, at, chance))
        case 1:
            return Edit(part.start, part.end)
        case 2:
            return _overwritten(patient, chance, part.start, part.end)
    start = chance.randrange(part.start, part.end)
    return _overwritten(patient, chance, start, chance.randrange(start, part.end) + 1)


def _overwritten(patient: Patient, chance: random.Random, start: int, end: int) -> Edit:
    return Edit(start, end, _filling(patient, chance, end - start))


def _filling(patient: Patient, chance: random.Random, length: int) -> bytes:
    """Zeros, ones, noise, or what stands elsewhere in the archive: but not its beginning, since an
    archive that has that inside is one that holds another."""
    begin = max(patient.anatomy.frames[0].end, patient.record.share_size if patient.record else 0)
    match chance.randrange(4):
        case 0:
            return bytes(length)
        case 1:
            return b"\xff" * length
        case 2 if begin + length <= patient.size:
            return patient.read(length, chance.randrange(begin, patient.size - length + 1))
    return chance.randbytes(length)


def _flipped(patient: Patient, at: int, chance: random.Random) -> bytes:
    return bytes([patient.read(1, at)[0] ^ chance.randrange(1, 256)])


def describe(edits: list[Edit], most: int = 8) -> Iterator[str]:
    """The first edits, and how many there are."""
    for edit in edits[:most]:
        yield edit.describe()
    if len(edits) > most:
        yield f"and {len(edits) - most} more"

"""Damage within the promise of a recovery record is undone, byte for byte; beyond it nothing is
ever said to be."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.native.parts import Content, make_archive
from tests.core.native.records import nothing, opened, with_record
from tests.fuzz.examples import examples
from zpack.filesystem import Spool
from zpack.native.image_file import ImageFile
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.profile import Profile
from zpack.native.recovery_geometry import HEAD_SIZE, Geometry
from zpack.native.restore import RestoredBytes, read_restored, write_rest
from zpack.native.restore_plan import NotRestored, plan_restoration
from zpack.native.zstd_profile import TAR_ZST

NOISE = random.Random(5)


def restored(folder: Path, *damaged: bytes) -> bytes:
    """What comes back. Raises :class:`NotRestored`."""
    out = bytearray()
    with opened(folder, *damaged) as sources:
        plan = plan_restoration(sources, nothing)
        if plan is None:
            raise NotRestored("none was found")
        with Spool(str(folder), "x") as lost, Spool(str(folder), "x") as shares:
            known = RestoredBytes(plan, lost, nothing)
            if known.gone:
                raise NotRestored("some is gone")
            with ImageFile(sources[0], plan.geometry.protected, known.read) as image:
                out += image.pread(plan.geometry.protected, 0)
                rest = read_restored(plan, image)
                write_rest(plan, image, rest, shares, out.extend, nothing)
    return bytes(out)


def archive(profile: Profile, size: int) -> bytes:
    files = {b"%d" % number: NOISE.randbytes(size // 4) for number in range(4)}
    return make_archive(Content(files=files), capacity=1 << 14, profile=profile)


CASES = {
    f"{profile.name} {size}": (profile, size, percent)
    for profile in (TAR_ZST, TAR_LZ4)
    for size, percent in ((0, 5), (100, 5), (30_000, 10), (200_000, 5), (60_000, 100))
}


@pytest.fixture(scope="module", params=CASES)
def whole(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, Geometry, Path]:
    profile, size, percent = CASES[request.param]
    folder = tmp_path_factory.mktemp("restore")
    return *with_record(archive(profile, size), folder, percent), folder


def test_nothing_is_damaged(whole):
    data, _, folder = whole
    assert restored(folder, data) == data


@examples(25)
@given(chance=st.randoms(use_true_random=False))
def test_any_stretch_within_the_promise(whole, chance):
    data, geometry, folder = whole
    length = chance.choice(
        (1, geometry.share_size, geometry.burst, chance.randint(1, geometry.burst))
    )
    length = min(length, len(data) - 1)
    at = chance.randint(0, len(data) - length)
    kind = chance.choice(("noise", "zeros", "gone", "inserted"))
    middle = {
        "noise": chance.randbytes(length),
        "zeros": bytes(length),
        "gone": b"",
        "inserted": chance.randbytes(chance.randint(1, 5000)) + data[at : at + length],
    }[kind]
    assert restored(folder, data[:at] + middle + data[at + length :]) == data


@examples(25)
@given(chance=st.randoms(use_true_random=False))
def test_as_many_shares_of_each_group_as_the_record_covers(whole, chance):
    data, geometry, folder = whole
    damaged = bytearray(data)
    for group in range(geometry.groups):
        shares = range(group, geometry.shares, geometry.groups)
        for share in chance.sample(shares, min(len(shares), geometry.recovery)):
            at = geometry.share_at(share) + chance.randrange(geometry.share_length(share))
            damaged[at] ^= 1 << chance.randrange(8)
    spared = chance.randrange(geometry.parts)  # one copy of the pages
    for part in range(geometry.parts):
        if part != spared:
            at = geometry.part_at(part) + HEAD_SIZE
            for page in range(geometry.pages):
                damaged[at + geometry.page_at(page) + chance.randrange(8)] ^= 0x40
    at = geometry.end + chance.randrange(len(data) - geometry.end)
    damaged[at:] = bytes(len(data) - at)
    assert restored(folder, bytes(damaged)) == data


@examples(25)
@given(chance=st.randoms(use_true_random=False), much=st.floats(0.0, 0.5))
def test_whatever_comes_back_is_what_it_was(whole, chance, much):
    data, geometry, folder = whole
    damaged = bytearray(data)
    for _ in range(1 + int(much * geometry.shares)):
        at = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0:
                del damaged[at : at + chance.randrange(2000)]
            case 1:
                damaged[at:at] = chance.randbytes(chance.randrange(2000))
            case _:
                damaged[at : at + 512] = bytes(len(damaged[at : at + 512]))
        if not damaged:
            return
    with suppress(NotRestored):
        assert restored(folder, bytes(damaged)) == data


def test_many_parts(tmp_path: Path):
    data, geometry = with_record(archive(TAR_ZST, 200_000), tmp_path, 50, part_bytes=9000)
    assert geometry.parts > 6
    damaged = bytearray(data)
    damaged[geometry.protected - 5000 : geometry.protected + 40_000] = bytes(45_000)
    assert restored(tmp_path, bytes(damaged)) == data


def test_copies_complement_each_other(tmp_path: Path):
    data, _ = with_record(archive(TAR_ZST, 200_000), tmp_path, 5)
    third = len(data) // 3
    copies = [data[:third], data[third:], bytes(third) + data[third : 2 * third] + bytes(third)]
    assert restored(tmp_path, *copies) == data
    for each in copies:
        with pytest.raises(NotRestored):
            restored(tmp_path, each)


def test_parts_of_it_may_be_there_twice(tmp_path: Path):
    """Behind the end, with heads that do not tell where the shares before them are."""
    data, geometry = with_record(archive(TAR_ZST, 60_000), tmp_path, 10)
    middle, again = geometry.protected // 2, geometry.part_at(1) + HEAD_SIZE
    lost = (geometry.recovery_shares - 2) * geometry.share_size
    damaged = bytes(lost) + data[lost:middle] + b"x" * 77 + data[middle:] + bytes(99_000)
    damaged += data[geometry.part_at(0) : again]
    assert restored(tmp_path, damaged) == data


def test_a_copy_may_begin_too_late_where_another_does_not(tmp_path: Path):
    data, _ = with_record(archive(TAR_ZST, 200_000), tmp_path, 5)
    third = len(data) // 3
    late = bytes(600) + data[: 2 * third] + bytes(third)
    assert restored(tmp_path, late, data[:third] + bytes(third) + data[2 * third :]) == data


def test_a_copy_of_something_else_does_no_harm(tmp_path: Path):
    data, _ = with_record(archive(TAR_ZST, 50_000), tmp_path, 10)
    other, _ = with_record(archive(TAR_ZST, 50_000), tmp_path, 20)
    damaged = bytes(3000) + data[3000:]
    assert restored(tmp_path, damaged, other) == data
    assert restored(tmp_path, damaged, b"noise") == data


def test_an_archive_inside_of_another_is_not_taken_for_it(tmp_path: Path):
    inner, _ = with_record(archive(TAR_ZST, 50_000), tmp_path, 10)
    before = archive(TAR_ZST, 9000)  # stored as it is, what is inside could be read like this
    for outer in (before + inner, before + bytes(600) + inner[600:] + NOISE.randbytes(900)):
        with pytest.raises(NotRestored):
            restored(tmp_path, outer)
    assert restored(tmp_path, bytes(600) + inner[600:] + NOISE.randbytes(900)) == inner

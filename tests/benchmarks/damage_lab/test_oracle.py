"""The oracle: what it calls promised, and what not. It knows the format from the page, not from the
engine; here the two are compared."""

import pytest

import zpack
from benchmarks.damage_lab.edits import Edit, Remains
from benchmarks.damage_lab.oracle import lost_beyond, promise, within_record
from benchmarks.damage_lab.subjects import Subject
from tests.benchmarks.damage_lab.subjects import subject
from zpack.filesystem import SourceFile
from zpack.native.recovery_geometry import decode_head
from zpack.native.tail import read_tail

PRESETS = ("tiny", "tiny lz4")


@pytest.fixture(scope="module", params=PRESETS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return subject(tmp_path_factory.mktemp("oracle"), request.param, 10)


@pytest.fixture(scope="module", params=PRESETS)
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return subject(tmp_path_factory.mktemp("bare"), request.param, 0)


def after(made: Subject, *edits: Edit) -> Remains:
    return Remains(made.anatomy.size, sorted(edits, key=lambda edit: edit.start))


def within(made: Subject, *edits: Edit) -> bool:
    assert made.record is not None
    return within_record(made.record, [after(made, *edits)])


def test_it_finds_all_parts_where_the_engine_has_them(made: Subject) -> None:
    with SourceFile(str(made.path)) as source:
        tail = read_tail(source)
    anatomy = made.anatomy
    assert [frame.start for frame in anatomy.frames] == list(tail.frames.offset)
    sizes = [b - a for a, b in zip(anatomy.contents, anatomy.contents[1:], strict=False)]
    assert sizes == list(tail.frames.dsize)
    assert (anatomy.index.start, anatomy.index.end) == (
        tail.locator.index.offset,
        tail.locator.index.end,
    )
    listing, sure = tail.listing, {member.name for member in anatomy.members}
    rows = [row for row in range(len(listing)) if listing.kind[row] == zpack.Kind.FILE]
    assert sure == {listing.path(row).decode() for row in rows}
    for member in anatomy.members:
        row = next(row for row in rows if listing.path(row).decode() == member.name)
        assert anatomy.frames_of(member)[0] == listing.frame[row]


def test_it_finds_all_shares_where_the_engine_has_them(made: Subject) -> None:
    record, data = made.record, made.path.read_bytes()
    assert record is not None
    geometry, _ = decode_head(data[made.anatomy.recovery.start :][:80])
    shares = (*record.data, *record.recovery)
    assert [share.start for share in shares] == list(map(geometry.share_at, range(geometry.shares)))
    assert record.burst == geometry.burst
    assert record.in_each_group == geometry.recovery
    heads = [geometry.part_at(part) for part in range(geometry.parts)]
    assert [head.start for head in record.heads] == heads


def test_as_many_shares_of_a_group_as_it_can_spare(made: Subject) -> None:
    record = made.record
    assert record is not None
    shares = (*record.data, *record.recovery)
    own = [share for number, share in enumerate(shares) if number % record.groups == 0]
    hits = [Edit(share.start, share.start + 1, b"x") for share in own]
    assert within(made, *hits[: record.in_each_group])
    assert within(made, *hits[-record.in_each_group :])
    assert not within(made, *hits[: record.in_each_group + 1])
    assert lost_beyond(record, [after(made, *hits)]) == [0]


def test_the_longest_burst_is_promised_anywhere_and_a_longer_one_is_not(made: Subject) -> None:
    record, size = made.record, made.anatomy.size
    assert record is not None
    for start in range(0, size - record.burst, 997):
        assert within(made, Edit(start, start + record.burst))
    start, length = record.data[0].end - 1, record.burst + 1
    assert not within(made, Edit(start, start + length, bytes(length)))


def test_a_head_and_each_page_once(made: Subject) -> None:
    record = made.record
    assert record is not None
    heads = [Edit(head.start, head.start + 1, b"x") for head in record.heads]
    assert within(made, *heads[1:])
    assert not within(made, *heads)
    first = [Edit(table[0].start, table[0].start + 1, b"x") for table in record.tables]
    assert within(made, *first[:-1])
    assert not within(made, *first)
    # Without its head it is looked for only where others tell.
    gone = Edit(record.heads[-1].start, record.heads[-1].end)
    assert not within(made, *first[:-1], gone)


def test_copies_count_together(made: Subject) -> None:
    record, middle = made.record, made.anatomy.size // 2
    assert record is not None
    copies = [after(made, Edit(0, middle)), after(made, Edit(middle, made.anatomy.size))]
    assert not within_record(record, copies[:1])
    assert within_record(record, copies)


def test_without_a_record_all_has_to_be_there(bare: Subject) -> None:
    anatomy = bare.anatomy
    every = {member.name for member in anatomy.members}
    noise = after(bare, Edit(0, 0, b"noise"), Edit(anatomy.size, anatomy.size, b"noise"))
    assert promise(anatomy, None, [noise]).everything
    end = after(bare, Edit(anatomy.locator.start, anatomy.size))
    assert promise(anatomy, None, [end]) == promise(anatomy, None, [end, end])
    assert promise(anatomy, None, [end]).files == every
    assert not promise(anatomy, None, [end]).everything
    assert promise(anatomy, None, [end, noise]).everything


def test_files_in_whole_frames_are_promised(bare: Subject) -> None:
    anatomy = bare.anatomy
    hit = anatomy.frames[1]
    one = after(bare, Edit(hit.start, hit.start + 1, b"x"))
    lost = {member.name for member in anatomy.members if 1 in anatomy.frames_of(member)}
    every = {member.name for member in anatomy.members}
    assert lost
    assert promise(anatomy, None, [one]).files == every - lost
    index = Edit(anatomy.index.start, anatomy.index.start + 1, b"x")
    both = after(bare, Edit(hit.start, hit.start + 1, b"x"), index)
    assert promise(anatomy, None, [both]).files == (frozenset() if anatomy.lz4 else every - lost)

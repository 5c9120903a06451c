"""Counters that are sampled while others write them."""

import threading

from zpack.jobs import Lane, Outcome, PartState, Progress, ProgressReader


def test_a_fresh_sample_is_empty():
    sample = ProgressReader(Progress()).sample()
    assert (sample.phase, sample.bytes_total, sample.items_done) == ("", 0, 0)
    assert sample.active == ()
    assert len(sample.finished) == 0


def test_a_sample_adds_up_all_lanes():
    progress = Progress()
    progress.start([0, 1, 2], items_total=2, bytes_total=100)
    progress.phase, progress.bytes_out = "creating", 7
    first, second = progress.lane(), progress.lane()
    first.begin(1)
    first.advance(10)
    second.begin(2)
    second.advance(20)
    second.advance(5)
    sample = ProgressReader(progress).sample()
    assert (sample.phase, sample.bytes_total, sample.items_total) == ("creating", 100, 2)
    assert (sample.bytes_done, sample.bytes_out, sample.items_done) == (35, 7, 0)
    assert sample.active == ((1, 10), (2, 25))


def test_what_is_finished_is_told_once():
    progress = Progress()
    progress.start(range(4), 3, 0)
    reader, lane = ProgressReader(progress), progress.lane()
    lane.begin(2)
    progress.finish(lane, 2, Outcome.DONE)
    first = reader.sample()
    assert (list(first.finished), first.outcomes, first.active) == ([2], b"\1", ())
    late = progress.lane()
    progress.finish(late, 3, Outcome.FAILED)
    progress.finish(lane, 1, Outcome.SKIPPED)
    second = reader.sample()
    assert dict(zip(second.finished, second.outcomes, strict=True)) == {3: 4, 1: 3}
    assert (second.items_done, len(reader.sample().finished)) == (3, 0)


def test_two_front_ends_each_see_everything():
    progress = Progress()
    progress.start(range(2), 1, 0)
    readers = ProgressReader(progress), ProgressReader(progress)
    progress.finish(progress.lane(), 1, Outcome.CHANGED)
    assert [list(reader.sample().finished) for reader in readers] == [[1], [1]]


class FinishingLane(Lane):
    """Its item is finished while somebody looks at it."""

    looks = 0

    @property
    def item(self) -> int:
        self.looks += 1
        return 1 if self.looks == 1 else -1

    @item.setter
    def item(self, value: int) -> None:
        del value


def test_an_item_finished_during_the_look_is_not_half_told():
    progress = Progress()
    progress.lanes.append(FinishingLane())
    assert all(item >= 0 for item, _ in ProgressReader(progress).sample().active)


def test_nothing_is_lost_while_threads_write():
    count, writers = 2000, 4
    progress = Progress()
    progress.start(range(count * writers), count * writers, count * writers)
    reader, seen = ProgressReader(progress), []

    def write(number: int) -> None:
        lane = progress.lane()
        for item in range(number * count, (number + 1) * count):
            lane.begin(item)
            lane.advance(1)
            progress.finish(lane, item, Outcome.DONE)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seen.extend(reader.sample().finished)
    last = reader.sample()
    seen.extend(last.finished)
    assert sorted(seen) == list(range(count * writers))
    assert (last.items_done, last.bytes_done) == (count * writers, count * writers)


def test_settled_parts_come_once_with_their_states():
    progress = Progress()
    progress.start_parts(range(5))
    first, second = progress.lane(), progress.lane()
    reader = ProgressReader(progress)
    progress.settle_part(first, 3, PartState.GOOD)
    progress.settle_part(second, 0, PartState.DAMAGED)
    sample = reader.sample()
    assert list(sample.settled) == [3, 0]
    assert sample.part_states == bytes([PartState.GOOD, PartState.DAMAGED])
    assert list(reader.sample().settled) == []

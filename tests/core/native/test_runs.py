"""Runs: what can be read on its own."""

from contextlib import contextmanager

import pytest

from tests.core.native.parts import SMALL, Content, make_archive, put_together, take_apart
from zpack.codecs import compress
from zpack.entries import Kind, ListingError
from zpack.filesystem import SourceFile
from zpack.native.archive import open_archive
from zpack.native.runs import plan_runs, rows_in_order

MANY = Content({b"%03d" % n: b"x" * (700 * n) for n in range(30)}, folders=(b"folder",))


@contextmanager
def opened(path, data: bytes):
    path.write_bytes(data)
    with SourceFile(str(path)) as source:
        yield open_archive(source, lambda: None, lambda *_: None)


@pytest.mark.parametrize("content", [SMALL, MANY, Content()])
def test_each_frame_and_each_row_is_in_one_run(tmp_path, content):
    with opened(tmp_path / "a", make_archive(content, capacity=4096)) as archive:
        order = archive.listing.tar_order()
        runs = plan_runs(archive, order, every_frame=True)
        assert [row for run in runs for row in run.rows] == list(order)
        frames = [frame for run in runs for frame in range(run.first, run.last)]
        assert frames == list(range(len(archive.frames)))


def test_frames_in_which_nothing_wanted_begins_are_left_out(tmp_path):
    with opened(tmp_path / "a", make_archive(MANY, capacity=4096)) as archive:
        row = archive.listing.find(b"029")
        (run,) = plan_runs(archive, rows_in_order(archive, [row]))
        assert (run.first, list(run.rows)) == (archive.listing.frame[row], [row])
        assert (run.last - run.first) * 4096 < 30_000
        assert plan_runs(archive, rows_in_order(archive, [])) == []


def test_rows_in_order(tmp_path):
    with opened(tmp_path / "a", make_archive(MANY, capacity=4096)) as archive:
        rows = range(len(archive.listing))
        assert list(rows_in_order(archive, reversed(rows))) == list(archive.listing.tar_order())
        assert archive.listing.kind[rows_in_order(archive, rows)[-1]] == Kind.DIRECTORY


def test_a_row_in_a_frame_that_is_not_there(tmp_path):
    parts = take_apart(make_archive(SMALL))
    parts.values("frame")[2] = 77
    with opened(tmp_path / "a", put_together(parts)) as archive, pytest.raises(ListingError):
        plan_runs(archive, archive.listing.tar_order())


def test_a_tar_with_globals_is_one_run(tmp_path):
    from tests.core.tar.tars import block, extended, record

    tar = extended(record(b"mtime", b"5"), b"g") + block(name=b"a") + block(name=b"b") + bytes(1024)
    data = b"".join(compress(tar[at : at + 512]) for at in range(0, len(tar), 512))
    with opened(tmp_path / "a", data) as archive:
        assert archive.one_run
        (run,) = plan_runs(archive, archive.listing.tar_order(), every_frame=True)
        assert (run.first, run.last) == (0, len(archive.frames))

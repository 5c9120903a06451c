"""Looking for shares ends, whatever a file has."""

from dataclasses import replace
from pathlib import Path

from tests.core.native.parts import Content, make_archive
from tests.core.native.records import nothing, opened, with_record
from zpack.native import share_finder
from zpack.native.record_copies import find_record, open_copies
from zpack.native.recovery_geometry import encode_head
from zpack.native.share_finder import find_shares

ZEROS = Content(files={b"zeros": bytes(400_000)})


def test_effort_is_bounded(tmp_path: Path, monkeypatch) -> None:
    """Much that looks alike: the first bytes of every share are everywhere."""
    data, geometry = with_record(make_archive(ZEROS), tmp_path, 100)
    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1

    alike = data[: geometry.protected] + data[:4] * 50_000 + data[geometry.protected :]
    with opened(tmp_path, alike) as sources:
        record = find_record(open_copies(sources), nothing)
        assert record is not None
        monkeypatch.setattr(share_finder, "_EFFORT", 2)
        find_shares(record, count)
    assert calls < 50 * geometry.shares + 1000


def test_a_record_of_far_more_than_there_is(tmp_path: Path) -> None:
    data, geometry = with_record(make_archive(ZEROS), tmp_path, 5)
    assert geometry.parts == 3
    last = data[geometry.part_at(2) :]
    with opened(tmp_path, last[:200]) as sources:
        assert find_record(open_copies(sources), nothing) is not None
    lying = replace(geometry, protected=1 << 40, share_size=1 << 24)
    with opened(tmp_path, encode_head(lying, 0) + bytes(500)) as sources:
        assert find_record(open_copies(sources), nothing) is None

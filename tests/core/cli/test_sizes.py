"""Numbers in words."""

import pytest

from zpack.cli.sizes import counted, duration, percent, size, time_left


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (1949, "1.9 kB"),
        (9949, "9.9 kB"),
        (9950, "10 kB"),
        (12_345, "12 kB"),
        (620_000_000, "620 MB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_900_000_000, "1.9 GB"),
        (2**63, "9.2 EB"),
        (10**21, "1.0 ZB"),
    ],
)
def test_size(count, text):
    assert size(count) == text


def test_counted():
    assert counted(0, "file") == "0 files"
    assert counted(1, "file") == "1 file"
    assert counted(12345, "file") == "12,345 files"
    assert counted(2, "entry", "entries") == "2 entries"


def test_percent():
    assert percent(1, 3) == "33 %"
    assert percent(999, 1000) == "99 %"
    assert percent(5, 5) == "100 %"
    assert percent(0, 0) == "100 %"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "under 0.1 s"),
        (4.21, "4.2 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min"),
        (125.4, "2 min 5 s"),
        (3599.7, "1 h"),
        (4800, "1 h 20 min"),
    ],
)
def test_duration(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "0 s left"),
        (15.4, "15 s left"),
        (60, "1 min left"),
        (130, "2 min left"),
        (4800, "1 h 20 min left"),
    ],
)
def test_time_left(seconds, text):
    assert time_left(seconds) == text

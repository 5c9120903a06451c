"""Speed and time left."""

import pytest

from zpack.jobs import Rate


def test_too_little_to_tell():
    rate = Rate()
    assert rate.speed is None
    assert rate.seconds_left(100) is None
    rate.update(10.0, 0)
    rate.update(10.1, 50)
    assert rate.speed is None


def test_speed_and_time_left():
    rate = Rate()
    for second in range(5):
        rate.update(float(second), 100 * second)
    assert rate.speed == pytest.approx(100)
    assert rate.seconds_left(1000) == pytest.approx(6)
    assert rate.seconds_left(100) == 0


def test_only_the_last_seconds_count():
    rate = Rate()
    for second in range(20):
        rate.update(float(second), 10 * second)
    for second in range(20, 40):
        rate.update(float(second), 200 + 1000 * (second - 20))
    assert rate.speed == pytest.approx(1000)


def test_a_job_that_stands_still_has_no_speed():
    rate = Rate()
    for second in range(10):
        rate.update(float(second), 500)
    assert rate.speed is None

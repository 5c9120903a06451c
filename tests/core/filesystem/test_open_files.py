"""How many files may be open: raised for programs, shared out among threads."""

import resource
from collections.abc import Iterator

import pytest

from zpack.filesystem import allow_many_open_files, open_folder_allowance


@pytest.fixture(autouse=True)
def _limit() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def set_soft_limit(soft: int) -> int:
    """Returns the hard limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return hard


def test_the_soft_limit_is_raised_and_the_hard_one_kept():
    hard = set_soft_limit(256)
    allow_many_open_files()
    soft, after = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert after == hard
    assert soft == (16_384 if hard == resource.RLIM_INFINITY else min(hard, 16_384))


def test_a_higher_limit_is_left_alone():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 20_000:
        pytest.skip("this system allows no more")
    set_soft_limit(20_000)
    allow_many_open_files()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 20_000


@pytest.mark.parametrize("sharers", [1, 2, 3, 16])
def test_all_shares_fit_the_limit(sharers):
    set_soft_limit(1024)
    share = open_folder_allowance(sharers)
    assert share * sharers <= 1024 - 128


def test_there_is_always_room_for_a_few():
    set_soft_limit(160)
    assert open_folder_allowance(64) == 16

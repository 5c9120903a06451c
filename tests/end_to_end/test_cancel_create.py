"""Creating is cancelled or killed: what was there before stays, and nothing else is left."""

import os
import signal
from pathlib import Path

import pytest

from tests.end_to_end.people import give_away
from tests.end_to_end.programs import zpack
from tests.end_to_end.running import hidden, is_writing, running, stop

_SLOWLY = ("--level", "12")


@pytest.fixture
def small(place: Path) -> Path:
    """Something that is archived at once."""
    path = place / "small"
    path.mkdir()
    (path / "file").write_text("small\n")
    give_away(path)
    return path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_cancelled(number: signal.Signals, place: Path, real_tree: Path) -> None:
    with running("create", *_SLOWLY, place / "a.tar.zst", real_tree) as process:
        result = stop(process, number, once=lambda: is_writing(place))
    assert result.returncode == 128 + number
    assert result.stderr.decode().splitlines() == [
        "zpack: Cancelled",
        "  What was there before is unchanged.",
    ]
    assert os.listdir(place) == []


def test_cancelled_as_it_begins(place: Path, real_tree: Path) -> None:
    with running("create", *_SLOWLY, place / "a.tar.zst", real_tree) as process:
        result = stop(process, signal.SIGINT, once=lambda: hidden(place))
    assert result.returncode == 130
    assert os.listdir(place) == []


def test_cancelled_over_an_archive(place: Path, small: Path, real_tree: Path) -> None:
    target = place / "a.tar.zst"
    zpack("create", target, small)
    content, before = target.read_bytes(), target.stat()
    with running("create", *_SLOWLY, "--overwrite", target, real_tree) as process:
        result = stop(process, signal.SIGINT, once=lambda: is_writing(place))
    assert result.returncode == 130
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert target.read_bytes() == content
    assert sorted(os.listdir(place)) == ["a.tar.zst", "small"]


def test_killed_over_an_archive(place: Path, small: Path, real_tree: Path) -> None:
    """The next attempt clears away what a killed one had to leave."""
    target = place / "a.tar.zst"
    zpack("create", target, small)
    content = target.read_bytes()
    with running("create", *_SLOWLY, "--overwrite", target, real_tree) as process:
        result = stop(process, signal.SIGKILL, once=lambda: is_writing(place))
    assert result.returncode == -signal.SIGKILL
    assert target.read_bytes() == content
    assert b"Proven" in zpack("verify", target).stdout
    assert len(hidden(place)) == 1

    zpack("create", "--overwrite", target, small)
    assert sorted(os.listdir(place)) == ["a.tar.zst", "small"]
    assert target.read_bytes() == content


def test_what_another_is_writing_is_not_cleared_away(
    place: Path, small: Path, real_tree: Path
) -> None:
    target = place / "a.tar.zst"
    with running("create", *_SLOWLY, target, real_tree) as process:

        def is_left_alone() -> bool:
            if not is_writing(place):
                return False
            zpack("create", "--overwrite", target, small)
            return len(hidden(place)) == 1

        result = stop(process, signal.SIGINT, once=is_left_alone)
    assert result.returncode == 130
    assert b"Proven" in zpack("verify", target).stdout
    assert sorted(os.listdir(place)) == ["a.tar.zst", "small"]

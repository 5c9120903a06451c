"""Volumes are read as one file, and what is wrong with one is told of that one."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zpack.errors import ArchiveChanged, SourceMissing, VolumeMissing, VolumeWrong
from zpack.filesystem import SourceFile, archive_size, open_source

DATA = os.urandom(40 * 100 + 37)


@pytest.fixture
def first(tmp_path: Path) -> str:
    """41 volumes of 100 bytes, the last of 37."""
    for number, start in enumerate(range(0, len(DATA), 100), start=1):
        (tmp_path / f"a.{number:03}").write_bytes(DATA[start : start + 100])
    return str(tmp_path / "a.001")


@pytest.mark.parametrize("number", [1, 7, 41])
def test_from_any_of_them(first: str, number: int) -> None:
    with open_source(first[:-3] + f"{number:03}") as source:
        assert (source.path, source.size, len(source.volumes)) == (first, len(DATA), 41)
        assert source.pread(len(DATA) + 5, 0) == DATA
        assert source.bytes_read == len(DATA)
        assert source.pread(10, len(DATA)) == b""
    assert archive_size(first) == len(DATA)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(DATA) + 10), st.integers(0, 500))
def test_reads_across_volumes(first: str, offset: int, length: int) -> None:
    with open_source(first) as source:
        assert source.pread(length, offset) == DATA[offset : offset + length]


def test_from_many_threads_with_few_open_files(first: str) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with open_source(first) as source, ThreadPoolExecutor(8) as pool:
        offsets = [number * 37 % len(DATA) for number in range(2000)]
        read = list(pool.map(lambda offset: source.pread(90, offset), offsets))
        assert read == [DATA[offset : offset + 90] for offset in offsets]
        assert len(os.listdir("/proc/self/fd")) <= before + 17
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_missing_one_is_named(first: str) -> None:
    os.unlink(first[:-3] + "005")
    with pytest.raises(VolumeMissing, match=r"a\.005"):
        open_source(first)


@pytest.mark.parametrize("size", [0, 99, 101])
def test_one_of_the_wrong_size_is_named(first: str, size: int) -> None:
    os.truncate(first[:-3] + "005", size)
    with pytest.raises(VolumeWrong, match=r"a\.005"):
        open_source(first)


@pytest.mark.parametrize("size", [0, 101])
def test_so_is_a_last_one_that_cannot_be(first: str, size: int) -> None:
    os.truncate(first[:-3] + "041", size)
    with pytest.raises(VolumeWrong, match=r"a\.041"):
        open_source(first)


def test_without_the_first_a_number_is_only_a_name(first: str) -> None:
    os.unlink(first)
    with open_source(first[:-3] + "002") as source:
        assert type(source) is SourceFile
    with pytest.raises(SourceMissing):
        open_source(first)


def test_a_volume_that_another_program_changes(first: str) -> None:
    with open_source(first) as source:
        source.check_unchanged()
        os.truncate(first[:-3] + "030", 50)
        with pytest.raises(ArchiveChanged):
            source.check_unchanged()
        assert source.changed


def test_a_volume_that_another_program_replaces(first: str) -> None:
    with open_source(first) as source:
        for number in range(2, 40):
            place = first[:-3] + f"{number:03}"
            os.rename(place, place + "x")
            Path(place).write_bytes(bytes(100))
        with pytest.raises(ArchiveChanged):
            source.pread(len(DATA), 0)

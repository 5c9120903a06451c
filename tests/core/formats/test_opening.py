"""Opening whatever can be read, and saying of the rest what it is."""

from dataclasses import replace

import pytest

from tests.core.formats.test_recognize import HEADS
from tests.core.native.parts import SMALL, make_archive, put_together, take_apart
from zpack.errors import ArchiveDamaged, FormatNotRead, SystemFailure
from zpack.formats import TAR_LZ4, TAR_ZST, open_readable


def opened(path, data: bytes):
    path.write_bytes(data)
    return open_readable(str(path), lambda: None, lambda *_: None)


@pytest.mark.parametrize("title", sorted(set(HEADS) - {TAR_ZST.title, TAR_LZ4.title}))
def test_formats_that_are_only_known(tmp_path, title):
    with (
        pytest.raises(FormatNotRead) as raised,
        opened(tmp_path / f"a{TAR_ZST.suffixes[0]}", HEADS[title]),
    ):
        pass
    assert title in str(raised.value)


def test_an_archive_is_open_as_long_as_it_is_needed(tmp_path):
    with opened(tmp_path / "a", make_archive(SMALL)) as archive:
        assert len(archive.source.pread(10, 0)) == 10
        source = archive.source
    with pytest.raises(SystemFailure):
        source.pread(10, 0)


def test_an_index_that_leads_nowhere_is_damage(tmp_path):
    parts = take_apart(make_archive(SMALL))
    parts.columns["parent"] = replace(parts.columns["parent"])
    parts.values("parent")[3] = 3
    with pytest.raises(ArchiveDamaged), opened(tmp_path / "a", put_together(parts)) as archive:
        archive.listing.path(3)


@pytest.mark.parametrize("data", [b"P*M\x18\x01\0\0\0\xa4", b"]*M\x18\0\0\0\0" * 3])
def test_frames_without_content(tmp_path, data):
    """Skippable frames alone hold an empty tar, as zstd and tar see it, too."""
    with opened(tmp_path / "a", data) as archive:
        assert len(archive.listing) == 1

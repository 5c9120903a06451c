"""Archives that must open, and archives that must be refused, each with what must be said of it.

They were made once (``make_golden.py``) and stay as they are.
"""

import io
import tarfile
from pathlib import Path

import pytest
import zstandard

from tests.core.codecs.lz4_peers import unpacked_by_program
from tests.golden.make_golden import BAD, GOOD, file_name, main
from zpack.errors import ZpackError
from zpack.jobs import Control
from zpack.operations import (
    ExtractRequest,
    ListRequest,
    VerifyRequest,
    extract,
    list_archive,
    verify,
)

HERE = Path(__file__).parent
MIXED = ["a.txt", "folder", "none", "numbers", "same as a", "to a", "ümläut"]
BY_PYTHON = ["d", "d/a.txt", "d/" + "n" * 120]
BY_PROGRAMS = ["d", "d/a.txt", "d/link"]
OPEN = {
    "proven-hello": ["hello.txt"],
    "proven-mixed": MIXED,
    "proven-rare": ["attributes", "dense", "packed"],
    "proven-recovery": MIXED,
    "proven-recovery.tar.lz4": MIXED,
    "proven-empty": [],
    "checked-gnu-tar": BY_PROGRAMS,
    "checked-bsdtar": BY_PROGRAMS,
    "readable-v7": BY_PROGRAMS,
    "proven-hello.tar.lz4": ["hello.txt"],
    "proven-mixed.tar.lz4": MIXED,
    "proven-to-a-pipe.tar.lz4": MIXED,
    "checked-default.tar.lz4": BY_PYTHON,
    "checked-dependent.tar.lz4": BY_PYTHON,
    "checked-block-checksums.tar.lz4": BY_PYTHON,
    "checked-many-frames.tar.lz4": BY_PYTHON,
    "readable-legacy.tar.lz4": BY_PYTHON,
    "readable-without-checksums.tar.lz4": BY_PYTHON,
    "checked-notes.txt.zst": ["checked-notes.txt"],
    "checked-notes.txt.lz4": ["checked-notes.txt"],
    "readable-notes.txt.lz4": ["readable-notes.txt"],
    "checked-python-pax": BY_PYTHON,
    "checked-python-gnu": BY_PYTHON,
    "checked-many-frames": BY_PYTHON,
    "checked-skippable-frame-last": BY_PYTHON,
    "checked-skippable-frame-first": BY_PYTHON,
    "readable-without-checksums": BY_PYTHON,
}
# What verifying says: the codes of all problems, or of the error that is raised.
REFUSED = {
    "lost-without-tail": {"proof-lost"},
    "damaged-recovery-head": {"archive-damaged"},
    "damaged-recovery-page": {"archive-damaged"},
    "damaged-recovery-share": {"archive-damaged"},
    "damaged-without-seek-table": {"proof-lost"},
    "damaged-cut-in-seek-table": {"archive-damaged"},
    "damaged-cut-in-locator": {"archive-damaged"},
    "damaged-cut-in-frame": {"archive-damaged"},
    "damaged-index-mode": {"damaged"},
    "damaged-index-size": {"damaged"},
    "damaged-index-name": {"damaged"},
    "damaged-index-kind": {"damaged"},
    "damaged-index-slash": {"proof-lost"},
    "damaged-link-through-link": {"proof-lost"},
    "damaged-file-through-link": {"proof-lost"},
    "damaged-index-frame": {"archive-damaged"},
    "damaged-overlap": {"damaged", "archive-damaged"},
    "damaged-cycle": {"proof-lost"},
    "damaged-bomb": {"proof-lost"},
    "damaged-attributes": {"damaged"},
    "damaged-device": {"damaged"},
    "damaged-map-of-holes": {"damaged"},
    "damaged-hole-past-the-end": {"proof-lost"},
    "damaged-form-of-holes": {"damaged"},
    "damaged-digest": {"damaged"},
    "damaged-digests-reserved-tag": {"archive-damaged"},
    "damaged-locator-reserved-flag": {"proof-lost"},
    "damaged-locator-reserved-field": {"proof-lost"},
    "damaged-index-reserved-field": {"proof-lost"},
    "newer-locator": {"newer-format"},
    "newer-index": {"newer-format"},
    "unreadable-first-frame": {"archive-damaged"},
    "refused-single-file": {"not-a-tar"},
    "lost-without-tail.tar.lz4": {"proof-lost"},
    "damaged-cut-in-block.tar.lz4": {"archive-damaged", "damaged"},
    "damaged-cut-in-locator.tar.lz4": {"archive-damaged"},
    "damaged-header.tar.lz4": {"archive-damaged"},
    "damaged-end-mark.tar.lz4": {"archive-damaged"},
    "damaged-content-checksum.tar.lz4": {"archive-damaged"},
    "damaged-block-length.tar.lz4": {"archive-damaged", "damaged"},
    "damaged-digest.tar.lz4": {"damaged"},
    "damaged-other-profile.tar.lz4": {"proof-lost"},
    "newer-locator.tar.lz4": {"newer-format"},
    "damaged-notes.txt.lz4": {"archive-damaged", "damaged"},
    "refused-noise.zst": {"archive-damaged"},
    "refused-zip": {"format-not-read"},
    "refused-noise": {"not-an-archive"},
    "refused-empty": {"archive-empty"},
}


def path_of(name: str) -> str:
    return str(HERE / file_name(name))


def test_each_archive_is_in_one_of_the_tables():
    known = {*OPEN, *REFUSED}
    assert known == {*GOOD, *BAD}
    assert {path.name for path in archives_in(HERE)} == set(map(file_name, known))


def archives_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix in (".zst", ".lz4")]


@pytest.mark.parametrize("name", OPEN)
def test_what_must_open(name):
    report = verify(VerifyRequest(path_of(name), 1), Control())
    assert report.proof.value == name.partition("-")[0]
    assert (report.exit_code, report.problems, report.good) == (0, (), report.files)
    listing = list_archive(ListRequest(path_of(name)), Control()).listing
    assert [path.decode() for _, path in listing.walk()] == OPEN[name]


@pytest.mark.parametrize("name", [name for name in OPEN if ".txt." not in name])
def test_others_list_the_same(name, tmp_path):
    if name.endswith(".lz4"):
        tar = unpacked_by_program(Path(path_of(name)).read_bytes())
        with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
            assert sorted(set(archive.getnames())) == sorted(OPEN[name])
        return
    with open(path_of(name), "rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        if name == "proven-empty":
            assert len(reader.read()) == 2048  # a marker and the end: nothing for tarfile
            return
        with tarfile.open(fileobj=reader, mode="r|") as archive:
            assert sorted(archive.getnames()) == sorted(OPEN[name])


@pytest.mark.parametrize("name", OPEN)
def test_what_must_open_can_be_extracted(name, tmp_path):
    report = extract(ExtractRequest(path_of(name), str(tmp_path / "out")), Control())
    assert (report.exit_code, report.problems) == (0, ())
    found = (tmp_path / "out").rglob("*")
    assert sorted(str(p.relative_to(tmp_path / "out")) for p in found) == sorted(OPEN[name])


def codes_of(operation) -> set[str]:
    try:
        return {problem.code for problem in operation().problems}
    except ZpackError as error:
        return {error.code}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_be_refused(name):
    def run():
        report = verify(VerifyRequest(path_of(name), 1), Control())
        assert report.exit_code == 4
        assert report.proof.value.split()[-1] == name.partition("-")[0]
        return report

    assert codes_of(run) == REFUSED[name]


# Other programs stumble over what stands around the data; each file is proven all the same.
WHOLE_INSIDE = {
    "damaged-recovery-head",
    "damaged-recovery-page",
    "damaged-recovery-share",
    "damaged-header.tar.lz4",
    "damaged-end-mark.tar.lz4",
    "damaged-content-checksum.tar.lz4",
}


@pytest.mark.parametrize("name", sorted(WHOLE_INSIDE))
def test_what_is_whole_can_be_extracted(name, tmp_path):
    report = extract(ExtractRequest(path_of(name), str(tmp_path / "out")), Control())
    assert (report.exit_code, report.files + report.links) == (0, len(MIXED) - 1)


@pytest.mark.parametrize("name", sorted(set(REFUSED) - WHOLE_INSIDE))
def test_what_must_be_refused_is_never_extracted_in_silence(name, tmp_path):
    request = ExtractRequest(path_of(name), str(tmp_path / "out"))
    assert codes_of(lambda: extract(request, Control()))
    assert {path.name for path in tmp_path.iterdir()} <= {"out"}


def test_they_can_be_made_again(tmp_path):
    main(tmp_path)
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {path.name for path in archives_in(HERE)}

"""estimate: what is said of real files, and what comes of them."""

import os
import random
from pathlib import Path

import pytest

from zpack.errors import RequestRefused
from zpack.jobs import Cancelled, Control
from zpack.operations import (
    PRESETS,
    CreateRequest,
    EstimateReport,
    EstimateRequest,
    create,
    estimate,
)

WORDS = [f"word{number}" for number in range(3000)]


def text(chance: random.Random, size: int) -> bytes:
    return " ".join(chance.choices(WORDS, k=size // 7)).encode()[:size]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 2 MB: texts, noise, tables."""
    root, chance = tmp_path_factory.mktemp("estimate") / "mixed", random.Random(1)
    for folder in range(5):
        (root / str(folder)).mkdir(parents=True)
        for number in range(10):
            path = root / str(folder) / f"{number}"
            path.with_suffix(".txt").write_bytes(text(chance, chance.randrange(40_000)))
            path.with_suffix(".jpg").write_bytes(chance.randbytes(chance.randrange(20_000)))
            path.with_suffix(".csv").write_bytes(b"1,2,3\n" * chance.randrange(5000))
    os.symlink("0", root / "link")
    os.link(root / "0" / "0.txt", root / "again.txt")
    return root


def forever() -> float:
    """A clock on which no time passes: everything is looked at."""
    return 0.0


def said(*sources: Path, **more: object) -> EstimateReport:
    request = EstimateRequest(tuple(map(str, sources)), **more)  # type: ignore[arg-type]
    return estimate(request, Control(), forever)


@pytest.fixture(scope="module")
def report(mixed: Path) -> EstimateReport:
    """What is said of them."""
    return said(mixed)


def test_sizes_are_as_they_come(mixed: Path, report: EstimateReport, tmp_path: Path) -> None:
    for expected in report.presets:
        target = str(tmp_path / expected.preset)
        made = create(CreateRequest(target, (str(mixed),), preset=expected.preset), Control())
        assert expected.size.expected == pytest.approx(made.bytes_out, rel=0.1)
        assert expected.size.low <= made.bytes_out <= expected.size.high


def test_counts(mixed: Path, report: EstimateReport) -> None:
    size = sum(path.stat().st_size for path in mixed.rglob("*") if path.is_file())
    assert (report.files, report.folders, report.links) == (151, 6, 1)
    assert report.bytes_in == size
    assert report.counted
    assert report.problems == ()
    assert [each.preset for each in report.presets] == [preset.name for preset in PRESETS]


def test_the_same_files_give_the_same_sizes(mixed: Path, report: EstimateReport) -> None:
    again = said(mixed)
    assert [each.size for each in again.presets] == [each.size for each in report.presets]
    assert again.bytes_sampled == report.bytes_sampled


def test_ranges_are_in_order(report: EstimateReport) -> None:
    for each in report.presets:
        assert 0 < each.size.low < each.size.expected < each.size.high
        assert 0 < each.seconds.low < each.seconds.expected < each.seconds.high


def test_it_ends_when_its_time_is_over(mixed: Path, report: EstimateReport) -> None:
    moments = iter(range(1_000_000))
    request = EstimateRequest((str(mixed),))
    short = estimate(request, Control(), lambda: next(moments) / 30)  # 60 looks at the clock
    assert next(moments) < 120
    assert short.bytes_sampled < report.bytes_sampled
    for each in short.presets:
        assert 0 < each.size.low < each.size.high


@pytest.mark.parametrize("content", [b"", b"x"])
def test_next_to_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one").write_bytes(content)
    (tmp_path / "none").mkdir()
    for source in (tmp_path / "one", tmp_path / "none"):
        report = said(source)
        assert report.bytes_in == (len(content) if source.name == "one" else 0)
        assert all(0 < each.size.expected < 5000 for each in report.presets)


def test_a_large_file_is_read_in_places(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(1 << 30)
        file.seek(1 << 29)
        file.write(random.Random(2).randbytes(1 << 20))
    report = said(tmp_path / "large")
    assert report.bytes_in == 1 << 30
    assert report.bytes_sampled < 400 << 20
    assert all(each.size.expected < 100 << 20 for each in report.presets)


def test_what_is_left_out_does_not_count(mixed: Path, report: EstimateReport) -> None:
    fewer = said(mixed, exclude=("*.jpg", "*.csv"))
    assert fewer.files == 51
    assert fewer.presets[0].size.high < report.presets[0].size.low


def test_what_cannot_be_estimated(mixed: Path) -> None:
    for request in (
        EstimateRequest(()),
        EstimateRequest((str(mixed / "gone"),)),
        EstimateRequest((str(mixed),), exclude=("[",), exclude_from=(str(mixed / "gone"),)),
    ):
        with pytest.raises(RequestRefused):
            estimate(request, Control())


def test_unreadable_files_are_passed_over(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, *rest: object, **more: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr("zpack.operations.estimate_stream.os.open", refuse)
    report = said(mixed)
    assert (report.bytes_sampled, report.files) == (0, 151)


def test_cancel(mixed: Path) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        estimate(EstimateRequest((str(mixed),)), control)


@pytest.mark.parametrize(("files", "size"), [(0, 0), (1, 4), (30, 100), (500, 100), (500, 0)])
def test_what_small_files_need_besides_their_content(tmp_path: Path, files: int, size: int) -> None:
    """Index and digests are most of such an archive."""
    source = tmp_path / "small"
    for number in range(files):
        folder = source / f"folder {number // 50}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"file {number}").write_bytes(b"%d" % number * (size // 4))
        if not number % 5:
            os.symlink("nowhere", folder / f"link {number}")
    source.mkdir(exist_ok=True)
    report = estimate(EstimateRequest((str(source),)), Control(), forever)
    for preset, expected in zip(PRESETS, report.presets, strict=True):
        target = str(tmp_path / f"{preset.name}{preset.ending}")
        made = create(CreateRequest(target, (str(source),), expected.preset), Control())
        assert expected.size.low <= made.bytes_out <= expected.size.high
        assert expected.size.expected == pytest.approx(made.bytes_out, rel=0.1)

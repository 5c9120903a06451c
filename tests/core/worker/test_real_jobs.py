"""The real operations in real worker processes, as the window runs them."""

import os
import tarfile
from pathlib import Path

import pytest

from tests.core.waiting import wait_until
from zpack.jobs import Answer, Choice, JobState, Outcome, PartState
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    MakeFolderRequest,
    RenameRequest,
)
from zpack.operations.damage import Depth
from zpack.operations.differences import Aspect, Standing
from zpack.operations.reports import Proof, Remedy
from zpack.operations.requests import (
    AddRecoveryRequest,
    AssessDamageRequest,
    CompareRequest,
    CreateEachRequest,
    CreateFromTarRequest,
    CreateRequest,
    ExtractRequest,
    InfoRequest,
    ListRequest,
    RepairRequest,
    Request,
    VerifyRequest,
)
from zpack.worker import WorkerJob

SECONDS = 60


def done(request: Request) -> WorkerJob:
    job = WorkerJob(request)
    assert job.join(SECONDS)
    assert job.state is JobState.DONE, job.error
    return job


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(f"{number}\n" * 1000)
    with open(os.fsencode(folder) + b"/not\xffutf8", "wb") as file:
        file.write(b"x")
    return folder


@pytest.fixture
def archive(tree: Path, tmp_path: Path) -> Path:
    path = tmp_path / "tree.tar.zst"
    done(CreateRequest(str(path), (str(tree),)))
    return path


def outcomes(job: WorkerJob) -> dict[bytes, int]:
    """Of every item that was finished, by name."""
    sample = job.sample()
    assert all(job.outcomes[item] == outcome for item, outcome in _pairs(sample))
    return {job.items.name(item): outcome for item, outcome in _pairs(sample)}


def _pairs(sample):
    return zip(sample.finished, sample.outcomes, strict=True)


def test_create_tells_of_every_file(tree: Path, tmp_path: Path):
    job = done(CreateRequest(str(tmp_path / "a.tar.zst"), (str(tree),)))
    assert job.report.files == 21
    finished = outcomes(job)
    assert set(finished.values()) == {Outcome.DONE}
    assert b"not\xffutf8" in finished
    assert len(finished) == 21
    assert (tmp_path / "a.tar.zst").stat().st_size == job.report.bytes_out


def test_verify_tells_of_every_file(archive: Path):
    job = done(VerifyRequest(str(archive)))
    assert job.report.proof is Proof.PROVEN
    assert set(outcomes(job)) >= {b"00.txt", b"19.txt", b"not\xffutf8"}


def test_verify_tells_of_every_frame(archive: Path):
    for depth, proof in ((Depth.FULL, Proof.PROVEN), (Depth.QUICK, Proof.INTACT)):
        job = done(VerifyRequest(str(archive), depth=depth))
        assert job.report.proof is proof
        assert len(job.frames) == job.report.frames == job.report.good_frames
        assert set(job.frame_states) == {PartState.GOOD}
        assert job.frames.offset[1] == job.frames.size[0]


def test_verify_tells_where_damage_is(archive: Path, tree: Path):
    data = bytearray(archive.read_bytes())
    data[100] ^= 1
    archive.write_bytes(data)
    job = done(VerifyRequest(str(archive), against=str(tree.parent)))
    (frame,) = job.report.damaged_frames
    assert frame.offset <= 100 < frame.offset + frame.size
    assert list(job.frame_states).index(PartState.DAMAGED) == frame.frame
    assert job.report.entries[0].stretches[0].first_frame == frame.frame
    assert job.report.differences == ()


def test_compare(archive: Path, tree: Path):
    (tree / "00.txt").write_text("changed")
    (tree / "01.txt").unlink()
    with open(os.fsencode(tree) + b"/new\xff", "wb"):
        pass
    ignore = (Aspect.MTIME, Aspect.OWNER)
    job = done(CompareRequest(str(archive), str(tree.parent), ignore=ignore))
    found = [(one.path, one.standing, one.aspects) for one in job.report.differences]
    assert found == [
        ("tree/00.txt", Standing.DIFFERENT, (Aspect.SIZE,)),
        ("tree/01.txt", Standing.MISSING, ()),
        ("tree/new\udcff", Standing.NEW, ()),
    ]
    assert outcomes(job)[b"02.txt"] == Outcome.DONE


def test_list(archive: Path):
    job = done(ListRequest(str(archive)))
    assert job.report.listing is job.items
    assert job.items.find(b"tree/not\xffutf8") is not None


def test_list_tells_format_and_record(archive: Path, tmp_path: Path):
    report = done(ListRequest(str(archive))).report
    assert (report.format, report.recovery_percent) == ("tar.zst", 0)
    added = done(AddRecoveryRequest(str(archive), 7)).report
    assert (added.archive, added.percent) == (str(archive), 7)
    assert done(ListRequest(str(archive))).report.recovery_percent == 7


def test_repair_names_more_files_than_one_message_takes(tmp_path: Path):
    tree = tmp_path / "tree"
    tree.mkdir()
    for number in range(350):
        (tree / f"{number:03}").write_bytes(os.urandom(3000))
    archive, fixed = tmp_path / "a.tar.zst", tmp_path / "fixed.tar.zst"
    done(CreateRequest(str(archive), (str(tree),)))
    data = bytearray(archive.read_bytes())
    data[100] ^= 1
    archive.write_bytes(data)
    told = done(AssessDamageRequest(str(archive))).report
    assert told.remedy is Remedy.SALVAGED
    assert len(told.lost) > 200
    assert told.files + len(told.lost) == 350
    parts = tmp_path / "parts.tar.zst"
    job = done(RepairRequest(str(archive), str(fixed), partial=str(parts)))
    assert job.report.damage.lost == told.lost
    assert set(job.frame_states) == {PartState.GOOD, PartState.DAMAGED}
    assert list(outcomes(job).values()).count(Outcome.DAMAGED) == len(told.lost)


def test_info(archive: Path):
    assert done(InfoRequest(str(archive))).report.files == 21


def test_extract_with_a_question(archive: Path, tmp_path: Path):
    out = tmp_path / "out"
    (out / "tree").mkdir(parents=True)
    (out / "tree" / "00.txt").write_text("mine")
    job = WorkerJob(ExtractRequest(str(archive), str(out)))
    wait_until(lambda: job.question)
    assert job.question.question.path.endswith("00.txt")
    job.answer(job.question.number, Answer(Choice.SKIP))
    assert job.join(SECONDS)
    assert (job.state, job.report.skipped) == (JobState.DONE, 1)
    assert (out / "tree" / "00.txt").read_text() == "mine"
    assert outcomes(job)[b"00.txt"] == Outcome.SKIPPED


def test_changing(archive: Path, tmp_path: Path):
    new = tmp_path / "new.txt"
    new.write_text("new")
    job = done(AddRequest(str(archive), (str(new),), "tree"))
    assert (job.report.added, job.report.files) == (1, 22)
    assert outcomes(job) == {b"new.txt": Outcome.DONE}
    sample = job.sample()
    assert sample.bytes_done == sample.bytes_total
    job = done(RenameRequest(str(archive), "tree/not\udcffutf8", "x\udcff"))
    assert job.report.moved == 1
    job = done(DeleteRequest(str(archive), ("tree", "x\udcff")))
    assert (job.report.files, job.report.folders) == (0, 0)
    assert done(MakeFolderRequest(str(archive), ("a/b",))).report.added == 2
    assert done(VerifyRequest(str(archive))).report.proof is Proof.PROVEN


def test_a_killed_change_leaves_the_old_archive_and_nothing_else(tmp_path: Path):
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "first").write_text("first")
    archive = folder / "a.tar.zst"
    done(CreateRequest(str(archive), (str(tmp_path / "first"),)))
    before = archive.read_bytes()
    (tmp_path / "large").write_bytes(os.urandom(1 << 20) * 64)
    request = AddRequest(str(archive), (str(tmp_path / "large"),), level=19, threads=1)
    job = WorkerJob(request)
    wait_until(lambda: job.sample().bytes_done)
    job.kill()
    assert job.join(SECONDS)
    assert archive.read_bytes() == before
    assert list(folder.iterdir()) == [archive]


def test_a_refused_request(tmp_path: Path):
    job = WorkerJob(CreateRequest(str(tmp_path / "a.tar.zst"), (str(tmp_path / "gone"),)))
    assert job.join(SECONDS)
    assert (job.state, job.error.code) == (JobState.FAILED, "source-missing")


def test_a_cancelled_creation_leaves_nothing(tmp_path: Path):
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(1 << 20) * 256)
    out = tmp_path / "out"
    out.mkdir()
    job = WorkerJob(CreateRequest(str(out / "a.tar.zst"), (str(source),), level=22, threads=1))
    wait_until(lambda: job.sample().bytes_done)
    job.pause()
    job.cancel()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED
    assert list(out.iterdir()) == []


def test_a_batch_of_more_parts_than_one_message_takes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    sources = []
    for number in range(103):
        (tmp_path / "in" / str(number)).write_text(str(number))
        sources.append(str(tmp_path / "in" / str(number)))
    each = CreateRequest(str(tmp_path / "out"), (*sources, str(tmp_path / "gone")), threads=1)
    report = done(CreateEachRequest(each)).report
    assert [part.source for part in report.parts] == [*sources, str(tmp_path / "gone")]
    assert report.parts[-1].error.code == "source-missing"
    assert report.parts[0].report.files == 1


def test_from_a_tar(tree: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "x.tar", "w") as tar:
        tar.add(tree, "tree")
    wishes = CreateRequest(str(tmp_path / "x.tar.zst"), (), verify=True)
    report = done(CreateFromTarRequest(str(tmp_path / "x.tar"), wishes)).report
    assert (report.files, report.verified, report.problems) == (21, True, ())

"""The window's end of the conversation, with workers that lie, crash or fall silent."""

import sys
from array import array

import pytest

from tests.core.waiting import wait_until
from tests.core.worker.peers import frame, liar_command, pretender_command, said
from zpack.entries import Attributes, Kind, ListingBuilder
from zpack.jobs import JobState
from zpack.operations.frame_places import FramePlaces
from zpack.operations.requests import ListRequest, VerifyRequest
from zpack.worker import WorkerJob
from zpack.worker.frames_message import encode_frames
from zpack.worker.listing_message import encode_listing

SECONDS = 30
HELLO = said(say="hello", protocol=1, version="0.1.0")
REPORT = {
    "archive": "x",
    "proof": "proven",
    "files": 1,
    "good": 1,
    "bytes_checked": 1,
    "seconds": 1,
}
DONE = said(say="done", report=REPORT)
FOREVER = "while sys.stdin.buffer.read(1): pass\nimport time\nwhile True: time.sleep(60)"


def listing(rows: int) -> bytes:
    builder = ListingBuilder()
    for number in range(rows - 1):
        builder.append(0, b"%d" % number, Attributes(Kind.FILE))
    return frame(b"L", encode_listing(builder.build()))


def frames(count: int, *rows: int) -> bytes:
    columns = (array("Q", range(count)) for _ in range(3))
    return frame(b"F", encode_frames(FramePlaces(*columns, array("I", rows))))


def numbered(numbers: bytes, values: bytes) -> bytes:
    return (len(numbers) // 4).to_bytes(4, "little") + numbers + values


def progress(
    head: bytes = b"{}",
    numbers: bytes = b"",
    outcomes: bytes = b"",
    parts: bytes = b"",
    states: bytes = b"",
) -> bytes:
    length = len(head).to_bytes(4, "little")
    return frame(b"P", length + head + numbered(numbers, outcomes) + numbered(parts, states))


def lied_to(data: bytes, then: str = "pass", **options: object) -> WorkerJob:
    job = WorkerJob(VerifyRequest("x"), command=liar_command(data, then), **options)
    assert job.join(SECONDS)
    return job


def test_a_liar_may_tell_the_truth():
    job = lied_to(HELLO + listing(2) + progress(b"{}", b"\1\0\0\0", b"\1") + DONE)
    assert job.state is JobState.DONE
    assert job.report.seconds == 1.0
    assert list(job.outcomes) == [0, 1]


def test_frames_and_their_states():
    first = progress(parts=b"\2\0\0\0\0\0\0\0", states=b"\1\2")
    job = lied_to(
        HELLO + listing(2) + frames(3, 1) + first + progress(parts=b"\1\0\0\0", states=b"\3") + DONE
    )
    assert job.state is JobState.DONE
    assert list(job.frames.offset) == [0, 1, 2]
    assert list(job.frames.rows) == [1]
    assert list(job.frame_states) == [2, 3, 1]
    assert list(job.sample().settled) == [2, 0, 1]


@pytest.mark.parametrize(
    "data",
    [
        b"Segmentation fault\n",
        b"\0\0\0\0",
        b"\xff\xff\xff\xffJ",
        (0x3FFFFFFF).to_bytes(4, "little") + b"Lshort",
        HELLO[:-1],
        HELLO[:3],
        HELLO[:4],
        frame(b"X", b""),
        frame(b"J", b"{"),
        frame(b"J", b"[1]"),
        frame(b"J", b'{"say": "hello"}'),
        DONE,
        listing(1),
        progress(),
        said(say="hello", protocol=2, version="0.1.0"),
        said(say="hello", protocol="1", version="0.1.0"),
        HELLO + HELLO,
        HELLO + said(say="sing"),
        HELLO + said(say="start", protocol=1, verb="verify", request={}),
        HELLO + said(say="done"),
        HELLO + said(say="done", report={}),
        HELLO + said(say="done", report=REPORT | {"extra": 1}),
        HELLO + said(say="done", report=REPORT | {"files": "1"}),
        HELLO + said(say="done", report=REPORT | {"files": True}),
        HELLO + said(say="done", report=REPORT | {"proof": "perfect"}),
        HELLO + said(say="done", report=REPORT | {"problems": [{}]}),
        HELLO + said(say="part", field="files", items=[1]) + DONE,
        HELLO + said(say="part", field="colours", items=[1]) + DONE,
        HELLO + said(say="part", field="problems", items=[1]) + DONE,
        HELLO + said(say="part", field="problems", items="no list"),
        HELLO + said(say="part", field="proof.problems", items=[1]) + DONE,
        HELLO + said(say="part", field="damage.lost", items=[1]) + DONE,
        HELLO + said(say="failed", error={"code": "x"}),
        HELLO + said(say="cancelled", kept=[1]),
        HELLO + said(say="part", field="kept", items=[1]) + said(say="cancelled", kept=[]),
        HELLO + said(say="question", question=1, kind="riddle", path="x"),
        HELLO
        + said(
            say="question",
            question=1,
            kind="riddle",
            path="x",
            old_size=1,
            old_mtime=1,
            new_size=1,
            new_mtime=1,
        ),
        HELLO + frame(b"L", b""),
        HELLO + listing(3)[:-1],
        HELLO + frame(b"L", listing(3)[5:-1]),
        HELLO + frame(b"P", b""),
        HELLO + frame(b"P", b"\xff\xff\xff\xff{}"),
        HELLO + frame(b"P", b"\2\0\0\0{}"),
        HELLO + progress(b"[]"),
        HELLO + progress(b'{"mood": 1}'),
        HELLO + progress(b'{"phase": 1}'),
        HELLO + progress(b'{"active": [[0, 1]]}'),
        HELLO + listing(2) + progress(b'{"active": [[2, 1]]}'),
        HELLO + listing(2) + progress(b'{"active": [[-1, 1]]}'),
        HELLO + listing(2) + progress(b'{"active": [[1]]}'),
        HELLO + progress(b"{}", b"\1\0\0\0", b"\1"),
        HELLO + listing(2) + progress(b"{}", b"\2\0\0\0", b"\1"),
        HELLO + listing(2) + progress(b"{}", b"\1\0\0\0", b"\0"),
        HELLO + listing(2) + progress(b"{}", b"\1\0\0\0", b"\x06"),
        HELLO + listing(2) + progress(b"{}", b"\1\0\0\0", b""),
        HELLO + listing(2) + progress(b"{}", b"\1\0\0\0", b"\1\1"),
        HELLO + frame(b"F", b""),
        HELLO + frame(b"F", b"\2\0\0\0" + bytes(55)),
        HELLO + frame(b"F", b"\2\0\0\0" + bytes(57)),
        HELLO + frame(b"F", b"\xff\xff\xff\xff" + bytes(56)),
        HELLO + frame(b"F", b"\0\0\0\0\0\0\0\0\2\0\0\0"),
        HELLO + listing(2) + frames(1, 0, 2),
        HELLO + progress(parts=b"\0\0\0\0", states=b"\1"),
        HELLO + frames(2) + progress(parts=b"\2\0\0\0", states=b"\1"),
        HELLO + frames(2) + progress(parts=b"\1\0\0\0", states=b"\0"),
        HELLO + frames(2) + progress(parts=b"\1\0\0\0", states=b"\4"),
        HELLO + frames(2) + progress(parts=b"\1\0\0\0", states=b""),
        HELLO + frames(2) + progress(parts=b"\1\0\0\0", states=b"\1\1"),
    ],
)
def test_nonsense_fails_the_job(data):
    job = lied_to(data)
    assert job.state is JobState.FAILED
    assert job.error.code == "worker-lost"
    assert job.report is None


def test_nonsense_ends_a_worker_that_would_stay():
    job = lied_to(HELLO + said(say="sing"), FOREVER)
    assert job.state is JobState.FAILED
    assert "sing" in job.error.details


def test_silence_is_no_report():
    assert lied_to(b"").error.code == "worker-lost"


def test_a_listing_must_come_before_the_report_on_it():
    done = said(say="done", report={"archive": "x", "indexed": True})
    job = WorkerJob(ListRequest("x"), command=liar_command(HELLO + done))
    assert job.join(SECONDS)
    assert job.state is JobState.FAILED


def test_a_worker_that_stays_after_its_last_word_is_killed():
    job = lied_to(HELLO + DONE, FOREVER, grace=0.05)
    assert job.state is JobState.DONE


def test_a_worker_that_closes_its_output_and_stays_is_killed():
    job = lied_to(HELLO, f"os.close(1)\n{FOREVER}", grace=0.05)
    assert job.state is JobState.FAILED


def test_a_worker_that_never_reads_does_not_hold_anyone_up():
    never_reads = "import time\nwhile True: time.sleep(60)"
    request = VerifyRequest("x" * 1_000_000)  # more than a pipe holds
    job = WorkerJob(request, command=liar_command(HELLO, never_reads), grace=0.05)
    for _ in range(10_000):
        job.pause()
        job.resume()
    job.cancel()
    assert job.join(SECONDS)
    assert job.state is JobState.CANCELLED


def test_a_crash_is_reported_with_its_last_words():
    job = WorkerJob(VerifyRequest("bug"), command=pretender_command())
    assert job.join(SECONDS)
    assert job.error.code == "worker-lost"
    assert "exit code 1" in job.error.details
    assert "RuntimeError: a bug of ours" in job.error.details
    assert "first line" not in job.error.details
    assert len(job.error.details) < 5000


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_worker_that_the_system_kills():
    job = WorkerJob(VerifyRequest("killed"), command=pretender_command())
    assert job.join(SECONDS)
    assert job.state is JobState.FAILED
    assert "SIGKILL" in job.error.details


def test_a_program_that_does_not_exist(tmp_path):
    job = WorkerJob(VerifyRequest("x"), command=[str(tmp_path / "missing")])
    assert job.join(SECONDS)
    assert job.error.code == "worker-lost"
    assert "it does not exist" in job.error.details


def test_a_question_is_closed_by_a_crash():
    ask = {"old_size": 1, "old_mtime": 2, "new_size": 3, "new_mtime": 4, "path": "x"}
    asking = HELLO + said(say="question", question=1, kind="conflict", **ask)
    job = WorkerJob(VerifyRequest("x"), command=liar_command(asking, FOREVER))
    wait_until(lambda: job.question)
    job.kill()
    assert job.join(SECONDS)
    assert job.question is None

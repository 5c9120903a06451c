"""Conversations with the real worker process over real pipes."""

import json
import os
import signal
import sys

import pytest

from tests.core.worker.peers import Window, frame, pretender_command, said
from zpack.version import __version__
from zpack.worker import wire
from zpack.worker.listing_message import decode_listing
from zpack.worker.progress_message import decode_progress


@pytest.fixture
def window():
    with Window(pretender_command()) as window:
        yield window


def test_says_hello_then_answers_and_ends(window):
    window.start("quick")
    assert window.hear() == {"say": "hello", "protocol": 1, "version": __version__}
    done = window.hear("done")
    assert done["report"]["proof"] == "proven"
    assert window.hear_any() is None
    assert window.exit_code() == 0


def test_items_come_before_their_progress(window):
    window.start("items")
    messages = window.hear_to_the_end()
    kinds = [kind for kind, _ in messages]
    assert kinds.index(wire.LISTING) < kinds.index(wire.PROGRESS)
    listing = decode_listing(messages[kinds.index(wire.LISTING)][1])
    assert [listing.name(row) for row in range(4)] == [b"", b"a.txt", b"b\xff.txt", b"c.txt"]
    samples = [
        decode_progress(payload, 4, 0) for kind, payload in messages if kind == wire.PROGRESS
    ]
    assert [item for sample in samples for item in sample.finished] == [1, 2, 3]
    assert b"".join(sample.outcomes for sample in samples) == bytes((1, 5, 1))
    assert (samples[-1].items_done, samples[-1].bytes_done) == (3, 30)
    assert kinds[-1] == wire.CONTROL


def test_progress_only_while_something_changes(window):
    window.start("stubborn")
    assert window.hear() == {"say": "hello", "protocol": 1, "version": __version__}
    kind, payload = window.hear_any()
    assert kind == wire.PROGRESS
    assert decode_progress(payload, 0, 0).phase == "stubborn"
    window.process.kill()
    assert window.hear_any() is None


def test_a_listing_is_sent_once_and_not_in_the_report(window):
    window.say(say="start", protocol=1, verb="list", request={"archive": "a"})
    messages = window.hear_to_the_end()
    assert [kind for kind, _ in messages].count(wire.LISTING) == 1
    assert "listing" not in json.loads(messages[-1][1])["report"]


def test_questions_wait_for_their_own_answer(window):
    window.start("ask")
    question = window.hear("question")
    assert question["kind"] == "conflict"
    assert (question["path"], question["new_mtime"]) == ("first\udcff", 4)
    window.say(say="answer", question=99, choice="overwrite")
    window.say(say="answer", question=question["question"], choice="skip")
    window.say(say="answer", question=question["question"], choice="overwrite")
    second = window.hear("question")
    assert second["question"] != question["question"]
    window.say(say="answer", question=second["question"], choice="rename", for_all=False)
    answers = [problem["path"] for problem in window.hear("done")["report"]["problems"]]
    assert answers == ["first\udcff skip", "second rename"]


def test_a_limit_is_a_question_of_its_own(window):
    window.start("limit")
    question = window.hear("limit")
    number = question.pop("question")
    assert question == {
        "say": "limit",
        "path": "a\udcff",
        "limit": "ratio",
        "wanted": 5000,
        "most": 1000,
    }
    window.say(say="answer", question=number, choice="allow", for_all=True)
    number = window.hear("question")["question"]  # all conflicts are not allowed by that
    window.say(say="answer", question=number, choice="skip")
    answers = [problem["path"] for problem in window.hear("done")["report"]["problems"]]
    assert answers == ["allow", "skip"]


def test_one_answer_for_all(window):
    window.start("ask")
    number = window.hear("question")["question"]
    window.say(say="answer", question=number, choice="newer", for_all=True)
    answers = [problem["path"] for problem in window.hear("done")["report"]["problems"]]
    assert answers == ["first\udcff newer", "second newer"]


def test_long_lists_come_in_parts(window):
    window.start("many")
    parts = []
    while (message := window.hear())["say"] != "done":
        if message["say"] == "part":
            assert message["field"] == "problems"
            parts += message["items"]
    parts += message["report"]["problems"]
    assert [problem["path"] for problem in parts] == [f"file {n}" for n in range(350)]


def test_cancel(window):
    window.start("spin")
    window.say(say="cancel")
    assert window.hear("cancelled") == {"say": "cancelled", "kept": []}
    assert window.exit_code() == 0


def test_cancel_while_paused(window):
    window.start("spin")
    window.say(say="pause")
    window.say(say="cancel")
    assert window.hear("cancelled")["kept"] == []


def test_cancel_instead_of_an_answer(window):
    window.start("ask")
    window.hear("question")
    window.say(say="cancel")
    window.hear("cancelled")


def test_what_a_cancelled_job_kept(window):
    window.start("keep")
    window.say(say="cancel")
    kept = []
    while (message := window.hear())["say"] != "cancelled":
        kept += message.get("items", [])
    assert kept + message["kept"] == [f"kept {n}" for n in range(350)]


def test_pause_and_resume(window):
    window.start("ask")
    window.say(say="pause")
    window.say(say="resume")
    number = window.hear("question")["question"]
    window.say(say="answer", question=number, choice="skip", for_all=True)
    window.hear("done")


def test_the_end_of_the_input_means_cancel(window):
    window.start("spin")
    window.hear("hello")
    window.hang_up()
    window.hear("cancelled")
    assert window.exit_code() == 0


def test_no_request_at_all(window):
    window.hang_up()
    window.hear("cancelled")
    assert window.exit_code() == 0


def test_the_window_is_gone_altogether(window):
    window.start("spin")
    window.hear("hello")
    window.process.stdout.close()
    window.hang_up()
    assert window.exit_code() == 0


def test_errors_explain_themselves(window):
    window.start("missing")
    error = window.hear("failed")["error"]
    assert (error["code"], error["exit_code"], error["path"]) == ("source-missing", 1, "gone\udcff")
    assert window.exit_code() == 0


def test_what_the_system_refuses_is_explained(window):
    window.start("no_permission")
    error = window.hear("failed")["error"]
    assert error["code"] == "system"
    assert error["details"] == "secret: you do not have permission."


def test_a_bug_leaves_its_traceback_and_no_last_word(window):
    window.start("bug")
    words = [json.loads(said)["say"] for kind, said in window.hear_to_the_end() if kind == b"J"]
    assert words == ["hello"]
    assert window.exit_code() == 1
    assert "RuntimeError: a bug of ours" in window.process.stderr.read().decode()


def test_stray_output_and_input_leave_the_conversation_alone(window):
    window.start("chatty")
    assert window.hear("done")["report"]["proof"] == "proven"
    window.exit_code()
    assert window.process.stderr.read() == b"a stray print\na stray write"


@pytest.mark.skipif(sys.platform == "win32", reason="niceness is of POSIX")
def test_lowers_its_priority(window):
    window.start("niceness")
    assert int(window.hear("done")["report"]["archive"]) > os.nice(0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_leaves_interrupts_to_the_window(window):
    window.start("spin")
    window.hear("hello")
    kind, _ = window.hear_any()
    assert kind == wire.PROGRESS
    window.process.send_signal(signal.SIGINT)
    window.say(say="cancel")
    window.hear("cancelled")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_termination_signal_cancels(window):
    window.start("spin")
    window.hear("hello")
    kind, _ = window.hear_any()
    assert kind == wire.PROGRESS
    window.process.send_signal(signal.SIGTERM)
    window.hear("cancelled")
    assert window.exit_code() == 0


START = {"say": "start", "protocol": 1, "verb": "verify", "request": {"archive": "quick"}}


@pytest.mark.parametrize(
    "first",
    [
        b"\0\0\0\0",
        frame(b"J", b"") + b"x",
        frame(b"J", b"no JSON"),
        frame(b"J", b"[]"),
        frame(b"J", b'{"say": NaN}'),
        frame(b"J", b"\xff"),
        frame(b"J", b"[" * 100_000),
        frame(b"X", b"{}"),
        frame(b"P", b"{}"),
        b"\xff\xff\xff\xffJ",
        (wire.MAX_CONTROL + 1).to_bytes(4, "little") + b"J",
        said(say="pause"),
        said(say="sing"),
        said(say=1),
        said(),
        said(say="start"),
        said(**START | {"protocol": 2}),
        said(**START | {"protocol": True}),
        said(**START | {"verb": "burn"}),
        said(**START | {"more": 1}),
        said(**START | {"request": []}),
        said(**START | {"request": {}}),
        said(**START | {"request": {"archive": 1}}),
        said(**START | {"request": {"archive": "quick", "threads": "2"}}),
        said(**START | {"request": {"archive": "quick", "colour": "red"}}),
    ],
)
def test_refuses_to_start_on_nonsense(window, first):
    window.send(first)
    error = window.hear("failed")["error"]
    assert error["code"] == "worker-lost"
    assert window.exit_code() == 1


@pytest.mark.parametrize(
    "later",
    [
        said(**START),
        said(say="sing"),
        said(say="pause", loudly=True),
        said(say="answer", question=1, choice="burn"),
        said(say="answer", question=1),
        frame(b"L", b""),
        frame(b"J", b"{"),
        b"\xff\xff\xff\xff",
    ],
)
def test_nonsense_later_on_ends_the_job(window, later):
    window.start("spin")
    window.send(later)
    window.hang_up()
    assert window.hear("failed")["error"]["code"] == "worker-lost"
    assert window.exit_code() == 1


def test_a_message_that_is_cut_off_ends_the_job(window):
    window.start("spin")
    window.send(said(say="pause")[:-1])
    window.hang_up()
    assert "cut off" in window.hear("failed")["error"]["details"]
    assert window.exit_code() == 1

"""Cancel, pause and questions across threads."""

import threading

import pytest

from tests.core.waiting import wait_until
from zpack.jobs import Answer, Cancelled, Choice, Conflict, Control, Job, JobState

SECONDS = 30


def conflict(path: str = "a") -> Conflict:
    return Conflict(path, 1, 2, 3, 4)


def finished(job: Job) -> Job:
    assert job.join(SECONDS)
    return job


def test_check_does_nothing_by_itself():
    control = Control()
    control.check()
    assert not control.cancelled
    assert not control.paused
    assert control.question is None


def test_check_raises_once_cancelled():
    control = Control()
    control.cancel()
    control.cancel()
    assert control.cancelled
    for _ in range(2):
        with pytest.raises(Cancelled) as raised:
            control.check()
    assert raised.value.kept == ()


def test_cancelled_is_not_an_exception_that_can_be_swallowed():
    assert not issubclass(Cancelled, Exception)
    assert Cancelled(("a",)).kept == ("a",)


class Turns:
    """An operation that goes round and round, and counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, control: Control) -> None:
        while True:
            control.check()
            self.count += 1


def test_pause_holds_and_resume_lets_go():
    turns = Turns()
    job = Job(turns)
    wait_until(lambda: turns.count)
    job.control.pause()
    assert job.control.paused
    job.control.resume()
    assert not job.control.paused
    before = turns.count
    wait_until(lambda: turns.count > before)
    job.control.cancel()
    assert finished(job).state is JobState.CANCELLED


def test_a_paused_job_stands_still():
    reached, control = threading.Event(), Control()
    control.pause()

    def go() -> None:
        control.check()
        reached.set()

    thread = threading.Thread(target=go)
    thread.start()
    assert not reached.wait(0.05)
    control.resume()
    assert reached.wait(SECONDS)
    thread.join()


def test_cancel_while_paused():
    job = Job(Turns())
    job.control.pause()
    job.control.cancel()
    assert finished(job).state is JobState.CANCELLED


def test_resume_does_not_undo_cancel():
    control = Control()
    control.pause()
    control.cancel()
    control.resume()
    with pytest.raises(Cancelled):
        control.check()


def test_a_question_waits_for_its_answer():
    job = Job(lambda control: control.ask(conflict()))
    wait_until(lambda: job.control.question)
    assert job.control.question == conflict()
    job.control.answer(Answer(Choice.RENAME))
    assert finished(job).report == Answer(Choice.RENAME)
    assert job.control.question is None


def test_each_question_has_its_own_answer():
    job = Job(lambda control: [control.ask(conflict(path)) for path in "ab"])
    for path, choice in (("a", Choice.SKIP), ("b", Choice.NEWER)):
        wait_until(lambda path=path: job.control.question == conflict(path))
        job.control.answer(Answer(choice))
    assert finished(job).report == [Answer(Choice.SKIP), Answer(Choice.NEWER)]


def test_an_answer_for_all_settles_the_rest():
    job = Job(lambda control: [control.ask(conflict(path)) for path in "abc"])
    wait_until(lambda: job.control.question)
    answer = Answer(Choice.OVERWRITE, for_all=True)
    job.control.answer(answer)
    assert finished(job).report == [answer] * 3


def test_questions_of_many_threads_come_one_by_one():
    control, answers = Control(), []

    def ask(number: int) -> None:
        answers.append(control.ask(conflict(str(number))))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    seen = set()
    while len(seen) < len(threads):
        wait_until(lambda: control.question is not None and control.question.path not in seen)
        seen.add(control.question.path)
        control.answer(Answer(Choice.SKIP))
    for thread in threads:
        thread.join()
    assert len(answers) == len(threads)


def test_an_answer_without_a_question_is_ignored():
    control = Control()
    control.answer(Answer(Choice.OVERWRITE))
    job = Job(lambda _: control.ask(conflict()))
    wait_until(lambda: control.question)
    control.answer(Answer(Choice.SKIP))
    assert finished(job).report == Answer(Choice.SKIP)


def test_cancel_instead_of_an_answer():
    job = Job(lambda control: control.ask(conflict()))
    wait_until(lambda: job.control.question)
    job.control.cancel()
    assert finished(job).state is JobState.CANCELLED
    assert job.control.question is None


def test_nothing_is_asked_of_a_cancelled_job():
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        control.ask(conflict())

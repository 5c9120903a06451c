"""One thread of a crew at a time, but for what it does aside."""

from threading import Barrier, Thread

import pytest

from zpack.jobs import Turn

PATIENCE = 10.0


def test_only_one_thread_has_the_turn():
    turn, inside, most = Turn(), [], []

    def work():
        for _ in range(200):
            with turn:
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert set(most) == {1}
    assert len(most) == 800


def test_aside_several_threads_go_on_at_once():
    turn, together = Turn(), Barrier(3)
    passed = []

    def work():
        with turn:
            with turn.aside:
                together.wait(PATIENCE)  # breaks if the threads are not all there at once
            passed.append(1)

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(passed) == 3


def test_an_error_leaves_the_turn_to_others():
    turn = Turn()
    with pytest.raises(ZeroDivisionError), turn, turn.aside:
        raise ZeroDivisionError
    with turn:
        pass

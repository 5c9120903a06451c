"""Garbage goes on the GUI thread, whoever made it."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from zpack_gui.jobs.garbage import GarbageCollector


class Cycle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: object) -> Iterator[GarbageCollector]:
    owner = QObject()
    made = GarbageCollector(owner)
    yield made
    made.stop()


def test_what_other_threads_make_is_collected_here(qtbot, collector: GarbageCollector):
    ends: list[int] = []
    kept = []  # so that the weak references stay

    def make() -> None:
        for _ in range(5 * gc.get_threshold()[0]):
            kept.append(weakref.ref(Cycle(), lambda _: ends.append(threading.get_ident())))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert ends == []
    qtbot.waitUntil(lambda: len(ends) > 0)
    assert set(ends) == {threading.get_ident()}


def test_python_collects_again_afterwards(collector: GarbageCollector):
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()

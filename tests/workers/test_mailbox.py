"""The way from a worker to the thread where its Qt object lives."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject, Signal

from foleydesk.workers.collector import Collector
from foleydesk.workers.mailbox import Mailbox


class Talker(QObject):
    said = Signal(int)


def from_a_thread(act) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def test_letters_arrive_in_order_in_the_owners_thread(qtbot):
    talker, heard = Talker(), []
    mailbox = Mailbox(talker)
    talker.said.connect(lambda n: heard.append((n, threading.current_thread())))
    from_a_thread(lambda: [mailbox.post("said", n) for n in range(100)])
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 100)
    assert heard == [(n, threading.main_thread()) for n in range(100)]


def test_what_is_forgotten_or_posted_after_closing_never_arrives(qtbot):
    talker, heard = Talker(), []
    mailbox = Mailbox(talker)
    talker.said.connect(heard.append)
    mailbox.post("said", 1)
    mailbox.forget()
    mailbox.post("said", 2)
    qtbot.waitUntil(lambda: heard == [2])
    mailbox.close()
    mailbox.post("said", 3)
    qtbot.wait(20)
    assert heard == [2]


def test_posting_to_an_owner_that_is_gone_harms_nobody(qtbot):
    talker = Talker()
    mailbox = Mailbox(talker)
    del talker
    gc.collect()
    from_a_thread(lambda: mailbox.post("said", 1))
    qtbot.wait(10)


def test_garbage_is_collected_by_the_windows_thread_only(qtbot):
    collector, where = Collector(), []

    class Circle:
        def __init__(self) -> None:
            self.self = self

        def __del__(self) -> None:
            where.append(threading.current_thread())

    collector._timer.setInterval(5)
    collector.start()
    try:
        from_a_thread(lambda: [Circle() for _ in range(5000)])
        assert where == []
        qtbot.waitUntil(lambda: len(where) == 5000, timeout=20_000)
        assert set(where) == {threading.main_thread()}
    finally:
        collector.stop()
    assert gc.isenabled()

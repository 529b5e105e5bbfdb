"""The thread with a waiting line."""

from __future__ import annotations

import threading

import pytest

from engine.spec import Progress, Refused
from foleydesk.workers.line import Line, Work, sentence_of

WAIT_S = 20


class Posted:
    """A post that remembers, and can be waited for."""

    def __init__(self) -> None:
        self.letters: list[tuple] = []
        self._changed = threading.Condition()

    def __call__(self, *letter: object) -> None:
        with self._changed:
            self.letters.append(letter)
            self._changed.notify_all()

    def until(self, *letter: object) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: letter in self.letters, WAIT_S), f"{letter} not in {self.letters}"

    def named(self, signal: str) -> list[tuple]:
        return [letter for letter in self.letters if letter[0] == signal]


@pytest.fixture
def posted() -> Posted:
    return Posted()


@pytest.fixture
def line(posted: Posted):
    line = Line("test", posted)
    yield line
    assert line.stop()


class Gate:
    """Work that steps until it is let go."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Event(), threading.Event()
        self.steps = 0

    def __call__(self, on_progress) -> str:
        self.entered.set()
        while not self.open.is_set():
            self.steps += 1
            on_progress(Progress("waiting", self.steps, 10**9))
            self.open.wait(0.001)
        return "through"


def test_work_is_done_in_the_order_asked_for(line: Line, posted: Posted):
    for i in range(5):
        line.add(Work(str(i), lambda on_progress, i=i: i, "done"))
    posted.until("done", "4", 4)
    assert [letter[1] for letter in posted.named("done")] == list("01234")


def test_running_work_ends_at_its_next_step(line: Line, posted: Posted):
    gate = Gate()
    line.add(Work("a", gate, "done"))
    assert gate.entered.wait(WAIT_S)
    line.cancel("a")
    posted.until("cancelled", "a")
    assert not posted.named("done")


def test_waiting_work_is_dropped_at_once_and_never_begins(line: Line, posted: Posted):
    gate, began = Gate(), []
    line.add(Work("a", gate, "done"))
    assert gate.entered.wait(WAIT_S)
    line.add(Work("b", began.append, "done"))
    line.cancel("b")
    assert ("cancelled", "b") in posted.letters
    gate.open.set()
    posted.until("done", "a", "through")
    assert began == []


def test_the_same_name_can_be_used_again_after_a_cancel(line: Line, posted: Posted):
    gate = Gate()
    line.add(Work("a", gate, "done"))
    assert gate.entered.wait(WAIT_S)
    line.cancel("a")
    posted.until("cancelled", "a")
    line.add(Work("a", lambda on_progress: on_progress(Progress("x", 1, 1)) or 7, "done"))
    posted.until("done", "a", 7)


def test_a_refusal_is_told_in_its_own_words_and_the_line_goes_on(line: Line, posted: Posted):
    def refuse(on_progress):
        raise Refused("The cup is empty; fill it.")

    line.add(Work("a", refuse, "done"))
    line.add(Work("b", lambda on_progress: 1, "done"))
    posted.until("done", "b", 1)
    assert ("failed", "a", "The cup is empty; fill it.") in posted.letters


def test_a_fault_becomes_one_sentence(line: Line, posted: Posted):
    line.add(Work("a", lambda on_progress: 1 / 0, "done"))
    line.add(Work("b", lambda on_progress: 1, "done"))
    posted.until("done", "b", 1)
    [(_, _, says)] = posted.named("failed")
    assert "division by zero" in says and "\n" not in says
    assert "memory" in sentence_of(MemoryError())


def test_stopping_ends_running_work_and_says_nothing(posted: Posted):
    line, gate = Line("test", posted), Gate()
    line.add(Work("a", gate, "done"))
    line.add(Work("b", lambda on_progress: 1, "done"))
    assert gate.entered.wait(WAIT_S)
    assert line.stop()
    assert not posted.named("done") and not posted.named("cancelled") and not posted.named("failed")


def test_after_a_cancel_nothing_more_is_said_of_it(line: Line, posted: Posted):
    entered, cancelled = threading.Event(), threading.Event()

    def work(on_progress):
        entered.set()
        cancelled.wait(WAIT_S)
        line.say("a", "half", "of it")

    line.add(Work("a", work))
    assert entered.wait(WAIT_S)
    line.cancel("a")
    cancelled.set()
    line.add(Work("b", lambda on_progress: 1, "done"))
    posted.until("done", "b", 1)
    assert not posted.named("half")


def test_what_fails_after_it_was_cancelled_was_cancelled(line: Line, posted: Posted):
    begun, gone_on = threading.Event(), threading.Event()

    def falls(on_progress) -> None:
        begun.set()
        gone_on.wait(WAIT_S)
        raise FileNotFoundError("the file has gone")

    line.add(Work("a", falls))
    assert begun.wait(WAIT_S)
    line.cancel("a")
    gone_on.set()
    posted.until("cancelled", "a")
    assert posted.named("failed") == []

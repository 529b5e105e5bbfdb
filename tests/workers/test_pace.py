"""How often progress is shown, and how long is left."""

from __future__ import annotations

from engine.spec import Progress
from foleydesk.workers.pace import Pace


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def watched(steps: int, every_s: float, stage: str = "Generating") -> list[Progress]:
    clock = Clock()
    pace = Pace(clock)
    shown = []
    for i in range(1, steps + 1):
        clock.time += every_s
        found = pace.see(Progress(stage, i, steps))
        shown += [found] if found else []
    return shown


def test_a_thousand_quick_steps_are_shown_twenty_times_a_second():
    shown = watched(1000, 0.001)
    assert 18 <= len(shown) <= 22
    assert shown[-1].step == 1000


def test_slow_steps_are_all_shown():
    assert [progress.step for progress in watched(10, 0.2)] == list(range(1, 11))


def test_time_to_go_is_what_the_rest_takes_at_this_pace():
    halfway = watched(10, 2.0)[4]
    assert halfway.seconds_left is not None and abs(halfway.seconds_left - 10.0) < 1e-6


def test_time_to_go_is_unknown_at_first_and_nothing_at_the_end():
    shown = watched(10, 2.0)
    assert shown[0].seconds_left is None
    assert shown[-1].seconds_left == 0


def test_a_time_that_the_work_tells_itself_is_kept():
    assert Pace().see(Progress("Generating", 1, 4, 33.0)) == Progress("Generating", 1, 4, 33.0)


def test_a_new_stage_is_shown_at_once_and_learns_its_own_pace():
    clock = Clock()
    pace = Pace(clock)
    pace.see(Progress("Looking", 1, 2))
    clock.time += 0.001
    assert pace.see(Progress("Generating", 1, 9)) == Progress("Generating", 1, 9)

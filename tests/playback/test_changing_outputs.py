"""Devices that are unplugged, come back, or are exchanged for others; sound that is heard later than they say."""

from __future__ import annotations

import numpy as np
import pytest
from tape import Tape, noise, wait_for

from engine.spec import SAMPLE_RATE
from foleydesk.playback.outputs import LOST_SAYS, NOT_THERE_SAYS, AudioOut
from foleydesk.playback.transport import BACK_SAYS, Transport


class Cable(Tape):
    """A device that can be pulled out."""

    def __init__(self, says: str = "Playing through a cable") -> None:
        super().__init__()
        self.says = says
        self.plugged = True
        self.closed = False

    def write(self, block: np.ndarray) -> float:
        if not self.plugged:
            raise OSError("unplugged")
        return super().write(block)

    def close(self) -> None:
        self.closed = True


class Shop:
    """Opens devices by name, where they are in stock."""

    def __init__(self, **stock: AudioOut) -> None:
        self.stock = stock
        self.asked: list[tuple[str, bool]] = []

    def __call__(self, name: str, again: bool) -> AudioOut:
        self.asked.append((name, again))
        if name not in self.stock:
            raise OSError(f"no {name}")
        return self.stock[name]


@pytest.fixture
def told() -> list[str]:
    return []


def test_a_device_that_is_pulled_out_and_put_back_plays_on_without_losing_a_sample(told: list[str]) -> None:
    first, second, shop = Cable(), Cable(), Shop()
    transport = Transport(first, shop, told.append, search_every_s=0.01)
    sound = noise(3.0)
    transport.set_candidates({"A": sound}, at=0)
    first.until = 0.5
    transport.play()
    wait_for(lambda: transport.position() > 0.4 * SAMPLE_RATE)
    first.plugged, first.until = False, float("inf")
    wait_for(lambda: told == [LOST_SAYS])
    assert transport.playing and first.closed and transport.says == LOST_SAYS
    shop.stock[""] = second
    wait_for(lambda: len(told) == 2)
    assert told[1] == BACK_SAYS.format("Playing through a cable") and transport.says == "Playing through a cable"
    wait_for(lambda: not transport.playing)
    assert transport.position() == len(sound) and all(again for _, again in shop.asked)
    resumed = second.sound[: np.flatnonzero(second.sound)[-1] + 1]
    np.testing.assert_array_equal(resumed, sound[len(sound) - len(resumed) :])
    transport.close()


def test_it_comes_back_while_nothing_plays(told: list[str]) -> None:
    cable, shop = Cable(), Shop()
    transport = Transport(cable, shop, told.append, search_every_s=0.01)
    transport.set_candidates({"A": noise(0.1)}, at=0)
    cable.plugged = False
    transport.play()
    wait_for(lambda: not transport.playing)
    shop.stock[""] = Cable()
    wait_for(lambda: len(told) == 2)
    transport.close()
    assert shop.stock[""].closed  # type: ignore[attr-defined]


def test_another_device_is_chosen_while_it_plays(told: list[str]) -> None:
    cable, other = Cable(), Cable("Playing through headphones")
    transport = Transport(cable, Shop(headphones=other), told.append)
    sound = noise(2.0)
    transport.set_candidates({"A": sound}, at=0)
    cable.until = 0.5
    transport.play()
    wait_for(lambda: transport.position() > 0.4 * SAMPLE_RATE)
    transport.choose_output("headphones")
    cable.until = float("inf")
    wait_for(lambda: not transport.playing)
    assert cable.closed and told == ["Playing through headphones"]
    resumed = other.sound[: np.flatnonzero(other.sound)[-1] + 1]
    np.testing.assert_array_equal(resumed, sound[len(sound) - len(resumed) :])
    transport.close()


def test_a_device_that_is_not_there_is_named_and_taken_as_soon_as_it_is(told: list[str]) -> None:
    shop = Shop()
    transport = Transport(Cable(), shop, told.append, search_every_s=0.01)
    transport.choose_output("headphones")
    wait_for(lambda: told == [NOT_THERE_SAYS.format("headphones")])
    shop.stock["headphones"] = Cable("Playing through headphones")
    wait_for(lambda: len(told) == 2)
    assert transport.says == "Playing through headphones"
    transport.close()


def test_sound_that_is_heard_later_takes_the_picture_with_it(transport: Transport, tape: Tape) -> None:
    transport.set_candidates({"A": noise(2.0)}, at=0)
    transport.set_latency(100)
    tape.until = 1.0
    transport.play()
    wait_for(tape.stands.is_set)
    assert 0.9 < tape.time <= 1.0
    assert transport.position() == pytest.approx((tape.time - 0.1) * SAMPLE_RATE, abs=2)
    tape.until = float("inf")
    wait_for(lambda: not transport.playing)
    assert transport.position() == 2 * SAMPLE_RATE

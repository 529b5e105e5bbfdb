"""Play, pause, seek, loop, and switching between candidates at the same playhead."""

from __future__ import annotations

from engine.spec import Span


class Transport:
    """The device's clock is the master: position() is what is being heard now. All methods are quick, from any thread.

    Positions are samples from the start of the picture.
    """

    says: str
    """Where the sound goes: "Playing through …", or "No audio device: playing on a clock"; empty until known."""
    playing: bool
    letter: str | None

    def __init__(self, out: object = None) -> None:
        """`out`: an AudioOut; None opens the default device, or a clock when there is none."""

    def set_mix(self, project: object, folder: object, length: int | None = None) -> None:
        """Play the project's tracks; a newer snapshot may replace an older one while playing."""

    def set_candidates(self, sounds: dict, at: int, gains_db: dict | None = None, length: int | None = None) -> None:
        """Letters to float32 buffers that start at `at`; the first letter is heard until switch()."""

    def switch(self, letter: str) -> None:
        """Cross over to another candidate at the same playhead, gapless, within 8 ms."""

    def play(self) -> None: ...
    def pause(self) -> None: ...
    def toggle(self) -> None: ...
    def seek(self, position: int) -> None: ...
    def loop(self, span: Span | None) -> None: ...
    def position(self) -> int: ...

    def heard_ms(self) -> dict[str, int]:
        """Milliseconds of each letter's own sound that reached the output since set_candidates()."""

    def close(self) -> None: ...

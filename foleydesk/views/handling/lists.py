"""What is done to lists: deliveries, the spotting list, jobs, the history, and files that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio
    from foleydesk.views.main_window import MainWindow

NEED_OPEN = ("deliver", "spotting", "history", "pause_jobs", "relink")


class ListHandling:
    """One method an action, of the action's name."""

    window: MainWindow
    studio: Studio

    def can_lists(self, action_id: str) -> bool | None:
        """None for what is not about lists."""
        if action_id in NEED_OPEN:
            return self.studio.project is not None
        if action_id == "generate_chosen":
            return bool(self.window.lists.spotting.selected())
        return None

    def deliver(self) -> None:
        self.window.lists.open_delivery()

    def spotting(self) -> None:
        self.window.lists.turn("spotting")

    def generate_chosen(self) -> None:
        self.window.lists.generate_chosen()

    def jobs(self) -> None:
        self.window.lists.turn("jobs")

    def pause_jobs(self) -> None:
        self.studio.queueing.pause(not self.studio.queueing.paused)

    def history(self) -> None:
        self.window.lists.turn("history")

    def relink(self) -> None:
        self.window.lists.open_relink()

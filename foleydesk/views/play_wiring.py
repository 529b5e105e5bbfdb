"""What is heard, joined to the window: the playhead, its speed, where the sound goes, and what cannot be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from foleydesk.playback.outputs import LOST_SAYS, NOT_THERE_SAYS
from foleydesk.playback.speeds import in_words
from foleydesk.views.shuttle import Shuttle

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class PlayWiring(QObject):
    """Between studio.listening and the views that show and ask for it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.listening = window.studio.listening
        self.shuttle = Shuttle(window)
        self.shuttle.ended.connect(self.listening.pause)
        self.listening.speed_changed.connect(self.show_speed)
        self.listening.missing_changed.connect(window.show_candidates)
        self.listening.output_changed.connect(self._say_output)
        wishes, field = window.timeline.wishes, window.prompt.timecode
        wishes.scrub.connect(self.listening.scrub)
        wishes.let_go.connect(self.listening.let_go)
        field.sought.connect(window.handlers.go_to_time)
        field.left.connect(window.timeline.canvas.setFocus)
        window.candidates.noted.connect(lambda letter, words: window.choosing.note(words, letter))
        window.candidates.left.connect(window.timeline.canvas.setFocus)

    def show_speed(self) -> None:
        self.window.prompt.show_speed(in_words(self.listening.speed))

    def _say_output(self, says: str) -> None:
        """Sound that goes nowhere is worth a sentence in the way of the eye."""
        silent = says == LOST_SAYS or says.endswith(NOT_THERE_SAYS.partition("{}")[2])
        if silent:
            self.window.message.refuse(self.tr("{}; it is used again as soon as it is back.").format(says))
        else:
            self.window.message.say(f"{says}.")
        self.window.show_work()

"""What is seen of picture and sound over time: the strip of small pictures, and the spectrogram of what plays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.audio.pyramid import HOP
from foleydesk.views import showing
from foleydesk.views.timeline.sound import Sounding
from foleydesk.views.timeline.wiring import wave_of_peaks

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class SoundingWiring(QObject):
    """Keeps what came last of each, until another project is opened."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.studio = window.studio
        self.timeline = window.timeline
        self._strip: object | None = None
        self._strip_note = ""
        self._source: object | None = None
        self._mix: object | None = None
        self.studio.pictures.strip.connect(self._strip_came)
        self.studio.pictures.note.connect(self.note_came)
        self.studio.pictures.sound.connect(self._source_came)
        self.studio.listening.mixed.connect(self._mix_came)

    def begin(self) -> None:
        """Another project: nothing of it has come yet."""
        self._strip = self._source = self._mix = None
        self._strip_note = self.tr("reading …")

    def _strip_came(self, strip: object) -> None:
        self._strip = strip
        self.show_strip()

    def note_came(self, note: str) -> None:
        self._strip_note = note
        self.show_strip()

    def show_strip(self) -> None:
        media = self.studio.project.media if self.studio.project else None
        if media is None:
            self.timeline.show_picture([], [], 0, 16 / 9, "")
            return
        strip = self._strip
        images = showing.images(strip.pictures) if strip else []  # type: ignore[attr-defined]
        times = list(strip.times) if strip else []  # type: ignore[attr-defined]
        note = f"{Path(media.path).name} · {self._strip_note}" if self._strip_note else Path(media.path).name
        self.timeline.show_picture(images, times, media.length, media.width / max(1, media.height), note)

    def _source_came(self, sound: object) -> None:
        self._source = sound
        self.show_sound()

    def _mix_came(self, sight: object) -> None:
        self._mix = sight
        clips = self.studio.project.clips if self.studio.project else ()
        self.window.status.show_loudness(sight.loudness.says if clips else "")  # type: ignore[attr-defined]
        self.show_sound()

    def show_sound(self) -> None:
        """What plays: the mix, or where a candidate is chosen, the candidate within its cue."""
        listening, project = self.studio.listening, self.studio.project
        soundings: list[Sounding] = []
        if project is not None and project.clips and self._mix is not None:
            mel, wave = self._mix.mel, wave_of_peaks(self._mix.peaks)  # type: ignore[attr-defined]
            soundings.append(Sounding(0, mel[0].shape[1] * HOP, mel, wave=wave))
        candidate = listening.candidate(listening.letter) if listening.letter else None
        if candidate is not None and listening.span is not None:
            levels = self.window.sights.levels(candidate)
            if levels:
                soundings.append(
                    Sounding(
                        listening.span.start,
                        candidate.length,
                        levels,
                        lone=True,
                        region=candidate.recipe.region,
                        wave=self.window.lanes.wave_of(candidate),
                    )
                )
        self.timeline.show_sound(soundings)
        note = self.tr("mix") if soundings else self.tr("mel, 20 Hz – 20 kHz")
        if candidate:
            note = self.tr("candidate {letter}").format(letter=listening.letter)
        if not soundings and project is not None and self._source is not None:
            mel, wave = self._source.mel, wave_of_peaks(self._source.peaks)  # type: ignore[attr-defined]
            soundings.append(Sounding(0, mel[0].shape[1] * HOP, mel, wave=wave))
            note = self.tr("the film's own, muted")
        self.timeline.heads.heads[self.timeline.sound].say(note)

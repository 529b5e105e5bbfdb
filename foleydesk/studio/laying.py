"""A sound file of the user's own, laid on a track; and clips as sound files of their own, for elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.media.probe import MediaInfo
from foleydesk.document.edits import AddSound, PlaceSound, Together
from foleydesk.document.ids import new_id
from foleydesk.document.project import Sound
from foleydesk.export.deliver import deliver
from foleydesk.export.request import Delivery, Format
from foleydesk.workers.probe_thread import ProbeThread

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio

CARRIED = "carried"
"""The folder in the project's cache for clips that were carried elsewhere."""


class Laying(QObject):
    """A file is looked at off the window's thread before it is laid down."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self._where = ("", 0)
        self._prober = ProbeThread(self)
        self._prober.probed.connect(self._probed)
        self._prober.failed.connect(lambda path, says: studio.refused.emit(says))

    def lay(self, path: Path, track: str, at: int) -> None:
        """Lay the whole file on `track` from `at` (samples) on."""
        self._where = (track, at)
        self._prober.look(path.absolute())

    def files_of(self, clips: tuple[str, ...]) -> list[Path]:
        """Each clip as it sounds, as a broadcast wave that knows its time; what it is trimmed to, no more.

        Raises Refused. Written into the project's cache: a clip takes some milliseconds a second of sound.
        """
        project, folder = self.studio.project, self.studio.folder
        if project is None or folder is None:
            return []
        carried = tuple(clip for clip in project.clips if clip.id in clips)
        tracks = tuple(replace(track, mute=False, solo=False, gain_db=0.0) for track in project.tracks)
        alone = replace(project, clips=carried, tracks=tracks)
        out = folder.cache / CARRIED
        done = deliver(alone, folder.path, Delivery(out=out, formats=(Format.CLIPS,), handles_s=0.0))
        return [out / file.name for file in done.files if file.format is Format.CLIPS]

    def shutdown(self) -> None:
        self._prober.shutdown()

    def _probed(self, path: str, info: MediaInfo) -> None:
        project = self.studio.project
        if path != self._prober.asked or project is None:
            return
        if not info.has_audio:
            self.studio.refused.emit(f"{Path(path).name} has no sound; drop a sound file.")
            return
        track, at = self._where
        known = next((sound for sound in project.sounds if sound.hash == info.hash), None)
        sound = known or Sound(new_id(), path, info.hash, info.length, Path(path).stem)
        place = PlaceSound(sound.id, track, at)
        self.studio.do(place if known else Together((AddSound(sound), place), "Place Sound"))

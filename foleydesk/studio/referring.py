"""The sound that a cue should sound like: any file, or a take of the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.media.probe import MediaInfo, content_hash
from engine.spec import Candidate, Refused
from foleydesk.document.edits import SetReference
from foleydesk.document.project import Cue, Reference
from foleydesk.studio.abilities import abilities_of
from foleydesk.workers.probe_thread import ProbeThread

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio


class Referring(QObject):
    """A file is looked at off the window's thread before it is taken."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self._cue = ""
        self._prober = ProbeThread(self)
        self._prober.probed.connect(self._probed)
        self._prober.failed.connect(lambda path, says: studio.refused.emit(says))

    def choose(self, path: Path) -> None:
        """The chosen cue should sound like this file."""
        cue = self._cue_to_change()
        if cue is not None:
            self._cue = cue.id
            self._prober.look(path)

    def choose_take(self, candidate: Candidate) -> None:
        """The chosen cue should sound like this take."""
        cue = self._cue_to_change()
        if cue is not None:
            self._set(cue.id, candidate.wav)

    def clear(self) -> None:
        cue = self.studio.cue
        if cue is not None and cue.reference is not None:
            self.studio.do(SetReference(cue.id, None))

    def shutdown(self) -> None:
        self._prober.shutdown()

    def _cue_to_change(self) -> Cue | None:
        """None, with a sentence about it, where no reference sound can be followed."""
        project, cue = self.studio.project, self.studio.cue
        if project is None or cue is None:
            self.studio.refused.emit("Choose a cue first; a reference sound belongs to it.")
            return None
        why_not = abilities_of(project.model).no_reference
        if why_not:
            self.studio.refused.emit(why_not)
            return None
        return cue

    def _probed(self, path: str, info: MediaInfo) -> None:
        if path != self._prober.asked:
            return
        if info.has_audio:
            self._set(self._cue, path)
        else:
            self.studio.refused.emit(f"{Path(path).name} has no sound; choose a sound file.")

    def _set(self, cue: str, path: str) -> None:
        try:
            self.studio.do(SetReference(cue, Reference(str(Path(path).absolute()), content_hash(path))))
        except OSError as error:
            self.studio.refused.emit(f"{path} cannot be read ({error.strerror or error}); choose another sound.")


def reference_of(cue: Cue, model: str) -> Reference | None:
    """What of the cue's reference the model can use. Raises Refused when its file is gone."""
    reference = cue.reference
    if reference is None or not abilities_of(model).reference:
        return None
    if not Path(reference.path).is_file():
        raise Refused(f"The reference sound {reference.path} is missing; put it back, choose it again, or clear it.")
    return reference

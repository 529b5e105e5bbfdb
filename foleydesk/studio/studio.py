"""The open project, and what can be done with it. Views ask here; every refusal comes back as one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.media.probe import MediaInfo
from engine.spec import EventCurve, Refused
from foleydesk.document.edits import OpenMedia
from foleydesk.document.project import Project
from foleydesk.storage.folder import PICKS, ProjectFolder
from foleydesk.studio.cueing import Cueing
from foleydesk.studio.curves import read_curves, write_curves
from foleydesk.studio.delivering import Delivering
from foleydesk.studio.going import Going
from foleydesk.studio.learning import Learning, newest_adapter_time
from foleydesk.studio.listening import Listening
from foleydesk.studio.opened import refusing
from foleydesk.studio.opening import PROJECT_FILE, is_project, media_of, open_target
from foleydesk.studio.pictures import Pictures
from foleydesk.studio.queueing import Queueing
from foleydesk.studio.referring import Referring
from foleydesk.studio.relinking import Relinking
from foleydesk.studio.stocking import Stocking
from foleydesk.workers.probe_thread import ProbeThread
from foleydesk.workers.save_thread import SaveThread

JOBS_FILE = "jobs.json"


class Studio(Cueing):
    """One project at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._training: tuple[Path, int | None] | None = None
        self.pictures = Pictures(self)
        self.listening = Listening(self)
        self.learning = Learning(self)
        self.referring = Referring(self)
        self.delivering = Delivering(self)
        self.stocking = Stocking(self)
        self.queueing = Queueing(self)
        self.relinking = Relinking(self)
        self.saver = SaveThread(self)
        self._aloud = False
        self.saver.saved.connect(self._saved)
        self.saver.failed.connect(self._not_saved)
        self.prober = ProbeThread(self)
        self.prober.probed.connect(self._probed)
        self.prober.failed.connect(lambda path, says: self.refused.emit(says))
        self.making.spotted.connect(self._spotted)
        self.making.changed.connect(self.work_changed)
        self.making.unloaded.connect(self._device_is_free)
        for part in (self.pictures, self.making, self.listening, self.delivering, self.learning):
            part.failed.connect(self.refused)

    @refusing
    def open(self, target: Path, info: MediaInfo | None = None) -> bool:
        """Open a project or a video; the project before stays open when that is refused.

        `info`: what the video was found to be, where somebody has looked already.
        """
        if self._relinked(target, info):
            return True
        folder = open_target(target, info)
        self.close()
        self._take(folder)
        return True

    def open_soon(self, target: Path) -> None:
        """The same, with the look at the video on a thread of its own, so that the window goes on."""
        if is_project(target):
            self.open(target)
        else:
            self.prober.look(target)

    def _probed(self, path: str, info: MediaInfo) -> None:
        if path == self.prober.asked:
            self.open(Path(path), info)

    def _relinked(self, target: Path, info: MediaInfo | None) -> bool:
        """The picture that the open project misses has been found again."""
        media = self.project.media if self.project else None
        if media is None or Path(media.path).exists() or not target.is_file() or target.name == PROJECT_FILE:
            return False
        found = media_of(target, info)
        if found.hash != media.hash or self.folder is None:
            return False
        self.do(OpenMedia(replace(media, path=found.path)))
        self.pictures.open(Path(found.path), self.folder.cache)
        self.said.emit(f"The picture is here again: {found.path}.")
        return True

    def _take(self, folder: ProjectFolder) -> None:
        self.folder, self.desk = folder, folder.desk()
        self.desk.subscribe(self._project_changed)
        self.cue_id = folder.project.cues[0].id if folder.project.cues else None
        self.curves = read_curves(folder.cache, folder.project)
        self.making.open(folder.path / JOBS_FILE, folder.takes_of)
        media = folder.project.media
        self._hear()
        self.opened.emit()
        if media is not None and Path(media.path).exists():
            self.pictures.open(Path(media.path), folder.cache)
        elif media is not None:
            self.missing.emit(media.path)
        if folder.recovered:
            self.said.emit("The program ended without saving; everything up to its last moment is here again.")
        self.relinking.look()

    def close(self) -> None:
        """Let the project go. What is not saved stays in its journal."""
        if self.folder is None:
            return
        self.saver.finish()
        self.listening.pause()
        self.listening.compare("", None, None, self.folder.path)
        self.listening.seek(0)
        self.pictures.close()
        self.making.close()
        self.folder.close()
        self.folder = self.desk = self.cue_id = None
        self._set_region(None)

    @refusing
    def save(self, aloud: bool = False) -> bool:
        """Begin to write the project whole. `changed` follows when it is on the disk, or a refusal.

        `aloud`: a sentence says where.
        """
        folder, desk = self._open_project()
        desk.seal()
        self._aloud = self._aloud or aloud
        self.saver.save(folder.saving(desk.project))
        return True

    def _saved(self, job: str, project: Project) -> None:
        folder, desk = self._open_project()
        desk.saved(project)
        if self._aloud and job == self.saver.newest:
            self._aloud = False
            self.said.emit(f"Saved in {folder.path}.")
        self.changed.emit(desk.project, desk.project)

    def _not_saved(self, job: str, says: str) -> None:
        self._aloud = False
        self.refused.emit(says)

    def going(self) -> Going | None:
        """The work that the status row speaks of: training, then export, then generation, then what is fetched."""
        if self.learning.running and self.learning.progress is not None:
            at = self.learning.progress
            return Going(f"Training · {at.stage.lower()}", at.step, at.steps, at.seconds_left)
        if self.delivering.running and self.delivering.progress is not None:
            at = self.delivering.progress
            return Going(self.delivering.title, at.step, at.steps, at.seconds_left)
        return self.making.going() or self.stocking.going()

    @refusing
    def train(self, steps: int | None = None) -> bool:
        """Free the device, then teach an adapter from the picks of this project."""
        folder, _ = self._open_project()
        if self.learning.running:
            raise Refused("Training runs already; wait for it to end, or cancel it.")
        if self.making.going() is not None:
            raise Refused("Candidates are being made; train when they are done, or cancel them.")
        if not self.fresh_picks(of_all=True):
            raise Refused("There is nothing to learn from yet; compare some candidates and pick one with Enter first.")
        self._training = (folder.path, steps)
        self.making.unload()
        return True

    def _device_is_free(self) -> None:
        wanted, self._training = self._training, None
        if wanted is not None:
            try:
                self.learning.start(*wanted)
            except Refused as refusal:
                self.refused.emit(str(refusal))

    def fresh_picks(self, of_all: bool = False) -> int:
        """Picks since the newest adapter was trained."""
        if self.folder is None or not (self.folder.path / PICKS).exists():
            return 0
        since = "" if of_all else newest_adapter_time()
        return sum(1 for event in self.folder.picks.events() if event.at > since)

    def shutdown(self) -> None:
        """End every thread and process, and let the project go."""
        self.prober.shutdown()
        self.saver.shutdown()
        self.stocking.shutdown()
        self.referring.shutdown()
        self.relinking.shutdown()
        self.listening.shutdown()
        self.learning.shutdown()
        self.delivering.shutdown()
        self.making.shutdown()
        self.pictures.shutdown()
        if self.folder is not None:
            self.folder.close()

    def _project_changed(self, project: Project, earlier: Project) -> None:
        cue = self.cue
        if self.cue_id is not None and cue is None:
            self.choose_cue(None)
        if cue is not None and self.region is not None:
            self.select(self.region.start, self.region.end)
        self._hear()
        self.changed.emit(project, earlier)

    def _hear(self) -> None:
        if self.folder is not None and self.project is not None:
            media = self.project.media
            ends = [clip.start + clip.length for clip in self.project.clips]
            self.listening.show_mix(self.project, self.folder.path, max([media.length if media else 0, *ends]))

    def _spotted(self, cue_id: str, curve: EventCurve) -> None:
        self.curves[cue_id] = curve
        if self.folder is not None:
            write_curves(self.folder.cache, self.curves)
        self.curve_found.emit(cue_id)

"""Joins dialogs and lists beside the four rooms to the studio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from engine.spec import Refused
from foleydesk.export.request import Delivery
from foleydesk.settings import LastDelivery
from foleydesk.storage.relink import Lost
from foleydesk.studio.batching import generate_cues
from foleydesk.views.delivery_dialog import DeliveryDialog
from foleydesk.views.drawer import HIGH_PX, Drawer, DrawerPanel
from foleydesk.views.history_panel import HistoryPanel
from foleydesk.views.jobs_panel import JobsPanel
from foleydesk.views.relink_dialog import RelinkDialog
from foleydesk.views.spotting import edited, spot_rows
from foleydesk.views.spotting_panel import SpottingPanel
from foleydesk.views.wording import words_of

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class ListWiring(QObject):
    """Dialogs are made when they are first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.studio = window.studio
        self._delivery: DeliveryDialog | None = None
        self._relink: RelinkDialog | None = None
        self._busy: set[str] = set()
        self._shut: tuple[int, int] = (0, 0)
        """How high the upper half was before the drawer opened, and right after."""
        self.spotting = SpottingPanel()
        self.jobs = JobsPanel()
        self.history = HistoryPanel()
        self.panels: dict[str, DrawerPanel] = {"spotting": self.spotting, "jobs": self.jobs, "history": self.history}
        self.drawer = Drawer(((self.spotting, 5), (self.jobs, 2), (self.history, 1)))
        window.halves.addWidget(self.drawer)
        for name, panel in self.panels.items():
            panel.closed.connect(lambda name=name: self.turn(name, False))
        self.spotting.chosen.connect(self.studio.choose_cue)
        self.spotting.written.connect(self._write)
        self.spotting.asked.connect(self.show_spotting)
        self.spotting.generate.connect(self._generate)
        self.spotting.table.selectionModel().selectionChanged.connect(lambda *_: window.menus.refresh())
        for signal in (self.studio.opened, self.studio.cue_changed):
            signal.connect(self.show_lists)
        self.studio.changed.connect(lambda *_: self.show_lists())
        self.studio.work_changed.connect(self._worked)
        self._join_jobs()
        self.history.wanted.connect(window.choosing.go_to)
        self.studio.relinking.missed.connect(self._offer_search)

    def _join_jobs(self) -> None:
        queueing, jobs, status = self.studio.queueing, self.jobs, self.window.status
        jobs.paused.connect(queueing.pause)
        jobs.shifted.connect(queueing.shift)
        jobs.ordered.connect(queueing.order)
        jobs.cancelled.connect(queueing.cancel)
        jobs.retried.connect(queueing.retry)
        jobs.cleared.connect(queueing.clear)
        queueing.changed.connect(self.show_jobs)
        status.jobs.connect(lambda: self.turn("jobs"))

    def turn(self, name: str, on: bool | None = None) -> None:
        """Show a list in the drawer, or put it away; None: the other way round."""
        panel = self.panels[name]
        on = panel.isHidden() if on is None else on
        first, sizes = self.drawer.isHidden(), self.window.halves.sizes()
        self.drawer.turn(panel, on)
        if on and first:
            self._make_room()
        elif self.drawer.isHidden() and not first:
            self._give_back(sizes)
        self.window.menus.check(name, on)
        self.window.status.jobs_button.setChecked(not self.jobs.isHidden())
        self.show_lists()
        if on:
            panel.begin()
        else:
            self.window.timeline.canvas.setFocus()

    def _make_room(self) -> None:
        """The timeline gives way, then the picture."""
        upper, lower, *_ = self.window.halves.sizes()
        taken = min(HIGH_PX, (upper + lower) // 3)
        self.window.halves.setSizes([upper - taken // 2, lower - taken // 2, taken])
        self._shut = upper, self.window.halves.sizes()[0]

    def _give_back(self, sizes: list[int]) -> None:
        """The rooms get what they had, but for what the hand has moved since."""
        before, after = self._shut
        upper = before + sizes[0] - after
        self.window.halves.setSizes([upper, sum(sizes) - upper, 0])

    def show_lists(self) -> None:
        """Those that are to be seen, as things are now."""
        self.show_spotting()
        self.show_jobs()
        self.show_history()

    def show_jobs(self) -> None:
        queueing = self.studio.queueing
        jobs, paused = queueing.all(), queueing.paused
        failed = sum(job.state == "failed" for job in jobs)
        self.window.status.show_jobs(sum(not job.over for job in jobs), paused, failed)
        self.window.menus.check("pause_jobs", paused)
        if not self.jobs.isHidden():
            self.jobs.show_jobs(jobs, paused)

    def show_history(self) -> None:
        desk = self.studio.desk
        if not self.history.isHidden():
            self.history.show_history(desk.history if desk else (), desk.place if desk else 0)

    def show_spotting(self) -> None:
        if self.spotting.isHidden():
            return
        project, panel = self.studio.project, self.spotting
        rows = spot_rows(project, panel.by, panel.reverse, panel.search.text(), self._busy) if project else ()
        panel.show_rows(rows, self.studio.cue_id, len(project.cues) if project else 0)

    def _worked(self) -> None:
        busy = self.studio.making.busy_cues()
        if busy != self._busy:
            self._busy = busy
            self.show_spotting()

    def _write(self, cue: str, column: str, text: str) -> None:
        """A cell was written in."""
        project = self.studio.project
        if project is None:
            return
        try:
            edit = edited(project, cue, column, text)
        except Refused as refusal:
            self.window.message.refuse(str(refusal))
            return
        if edit is not None and self.studio.desk is not None:
            self.studio.desk.seal()
            self.studio.do(edit)
            self.studio.desk.seal()
            if edit.start is not None or edit.end is not None:
                self.studio.curves.pop(cue, None)
                self.studio.cue_changed.emit()

    def generate_chosen(self) -> None:
        """Every cue that is chosen in the spotting list, one after the other."""
        self._generate(self.spotting.selected())

    def _generate(self, cues: tuple[str, ...]) -> None:
        queued = generate_cues(self.studio, cues, self.window.choosing.settings)
        if queued > 1:
            self.window.message.say(self.tr("{n} cues are made one after the other.").format(n=queued))

    def open_delivery(self) -> None:
        """What is to be delivered of the open project."""
        project, folder = self.studio.project, self.studio.folder
        if project is None or folder is None:
            return
        if self._delivery is None:
            self._delivery = DeliveryDialog(self.window)
            self._delivery.wanted.connect(self._deliver)
            self._delivery.kept.connect(self._keep)
        self._delivery.show_project(project, folder.path.parent, self.window.kept.delivery)
        _to_front(self._delivery)

    def open_relink(self) -> None:
        """Which files the project misses, and a search for them."""
        relinking = self.studio.relinking
        if self._relink is None:
            made = self._relink = RelinkDialog(self.window)
            made.wanted.connect(self._choose_folder)
            made.file_wanted.connect(self._choose_file)
            made.cancelled.connect(relinking.cancel)
            relinking.progressed.connect(made.show_progress)
            relinking.ended.connect(self._searched)
        self._relink.show_lost(relinking.lost(), relinking.running)
        _to_front(self._relink)

    def _searched(self, says: str) -> None:
        lost = self.studio.relinking.lost()
        if self._relink is not None:
            self._relink.show_lost(lost, False, says)
        if not lost and self.window.message.action_id == "relink":
            self.window.message.hide()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._relink, self.tr("Where to search"))
        if folder:
            self.search(Path(folder))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._relink, self.tr("The file that is missing"))
        if path:
            self.search(Path(path))

    def _offer_search(self, lost: tuple[Lost, ...]) -> None:
        """A project with holes was opened: one sentence, and a way to fill them; nothing opens by itself."""
        if len(lost) == 1:
            words = self.tr("{path} is not where it was; put it back, or point at where it is now.")
            says = words.format(path=lost[0].path)
        else:
            words = self.tr("{n} files of this project are not where they were, {name} among them.")
            says = words.format(n=len(lost), name=lost[0].name)
        self.window.message.miss(says, words_of("relink"), "relink")

    def search(self, place: Path) -> None:
        """Look for what is missing below this folder, or take this file."""
        self.studio.relinking.search(place)
        if self._relink is not None:
            self._relink.show_lost(self.studio.relinking.lost(), self.studio.relinking.running)

    def _deliver(self, delivery: Delivery) -> None:
        project, folder = self.studio.project, self.studio.folder
        if project is not None and folder is not None:
            self.studio.delivering.deliver(project, folder.path, delivery)

    def _keep(self, last: LastDelivery) -> None:
        self.window.settling.change(delivery=last)


def _to_front(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()

"""Joins the models' dialog, the model menu and the message bar to what is done about models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from engine.hub.catalogue import Published
from foleydesk.document.edits import ChooseModel
from foleydesk.document.project import DEFAULT_MODEL
from foleydesk.studio.learning import installed_models
from foleydesk.studio.stocking import IMPORT
from foleydesk.views.message import MessageBar
from foleydesk.views.models_dialog import ModelsDialog
from foleydesk.views.wording import tr

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class Fetching:
    """The dialog is made when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.stocking = window.studio.stocking
        self._dialog: ModelsDialog | None = None
        self._offered = ""
        """The model that the message bar offers to fetch or to use."""
        self.stocking.changed.connect(self._changed)
        self.stocking.progressed.connect(self._progressed)
        self.stocking.said.connect(self.say)
        self.stocking.refused.connect(self.refuse)
        self.stocking.installed.connect(self._installed)
        self.stocking.terms_wanted.connect(self._ask_import)
        self.stocking.removed.connect(self._removed)

    @property
    def dialog(self) -> ModelsDialog:
        if self._dialog is None:
            made = ModelsDialog(self.window)
            made.get.connect(self.get)
            made.accepted.connect(self._accepted)
            made.verify.connect(self.stocking.verify)
            made.remove.connect(self._remove)
            made.cancel.connect(self.stocking.cancel)
            made.import_wanted.connect(self._choose_folder)
            made.import_cancelled.connect(lambda: self.stocking.cancel(IMPORT))
            made.import_accepted.connect(self._import_accepted)
            made.import_declined.connect(self.stocking.leave)
            self._dialog = made
        return self._dialog

    def open(self, name: str = "") -> None:
        """Show the dialog; with a name, that model's row."""
        self.dialog.show_models(self.stocking.sights(), self.stocking.busy)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        if name:
            self.dialog.go_to(name)

    def get(self, name: str) -> None:
        """Fetch it; where its terms have not been accepted, show them in its row first."""
        terms = self.stocking.terms(name)
        if terms:
            self.open()
            self.dialog.rows[name].ask_terms(terms)
            self.dialog.go_to(name)
        else:
            self.stocking.pull(name)

    def offer(self, name: str) -> None:
        """A model that is not here was chosen: say so, and go on with the one that is."""
        title = next((title for known, title in self.stocking.missing() if known == name), name)
        size = next((sight.to_come for sight in self.stocking.sights() if sight.name == name), "")
        self._offered = name
        using = self._title_in_use()
        says = tr(
            "Fetching", "{title} is not on this machine; it can be fetched ({size}) while you go on with {using}."
        )
        action = tr("Fetching", "Get {title} …").format(title=title)
        self.window.message.say(says.format(title=title, size=size, using=using), action)

    def check_project(self) -> None:
        """A project that was opened may name a model that is not here: go on with the bundled one, and offer it."""
        project = self.window.studio.project
        if project is not None and project.model in {name for name, _ in self.stocking.missing()}:
            wanted = project.model
            self.window.studio.do(ChooseModel(DEFAULT_MODEL, None))
            self.offer(wanted)

    def use_offered(self) -> bool:
        """The message bar's button was pressed; False where it was not about a model."""
        name, self._offered = self._offered, ""
        if not name:
            return False
        if name in {known for known, _ in installed_models()}:
            if self.window.studio.project is not None:
                self.window.studio.do(ChooseModel(name, None))
            self.window.message.hide()
        else:
            self.window.message.hide()
            self.open(name)
            self.get(name)
        return True

    def forget_offer(self) -> None:
        """The message bar speaks of something else."""
        self._offered = ""

    def say(self, sentence: str) -> None:
        self._bar.say(sentence)

    def refuse(self, sentence: str) -> None:
        self._bar.refuse(sentence)

    @property
    def _bar(self) -> MessageBar:
        """Where the eye is."""
        return self._dialog.message if self._dialog is not None and self._dialog.isVisible() else self.window.message

    def _title_in_use(self) -> str:
        project = self.window.studio.project
        name = project.model if project else DEFAULT_MODEL
        return dict(installed_models()).get(name, name)

    def _changed(self) -> None:
        if self._dialog is not None:
            self._dialog.show_models(self.stocking.sights(), self.stocking.busy)
            self._dialog.show_import(self.stocking.busy.get(IMPORT))
        self.window.show_models()
        self.window.show_work()

    def _progressed(self, name: str) -> None:
        progress = self.stocking.busy.get(name)
        if self._dialog is not None and name == IMPORT:
            self._dialog.show_import(progress)
        elif self._dialog is not None:
            self._dialog.show_busy(name, progress)
        self.window.show_work()

    def _installed(self, name: str, title: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.message.say(tr("Fetching", "{title} is installed.").format(title=title))
        self._offered = name
        says = tr("Fetching", "{title} is installed; use it for the next candidates.").format(title=title)
        self.window.message.say(says, action=tr("Fetching", "Use {title}").format(title=title))

    def _removed(self, name: str) -> None:
        project = self.window.studio.project
        if project is not None and project.model == name:
            self.window.studio.do(ChooseModel(DEFAULT_MODEL, None))

    def _remove(self, name: str) -> None:
        """A model that candidates are being made with stays until they are done; then its memory is let go first."""
        project = self.window.studio.project
        if project is not None and project.model == name:
            if self.window.studio.making.going() is not None:
                self.refuse("Candidates are being made with this model; remove it when they are done, or cancel them.")
                return
            self.window.studio.making.unload()
        self.stocking.remove(name)

    def _accepted(self, name: str) -> None:
        self.stocking.accept((name,))
        self.stocking.pull(name)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.dialog, tr("Fetching", "A folder with model files"))
        if folder:
            self.import_folder(Path(folder))

    def import_folder(self, folder: Path) -> None:
        self.stocking.import_folder(folder)

    def _ask_import(self, models: tuple[Published, ...]) -> None:
        self._asked = tuple(model.name for model in models)
        self.open()
        terms = dict.fromkeys(licence for name in self._asked for licence in self.stocking.terms(name))
        self.dialog.ask_import(", ".join(model.title for model in models), tuple(terms))

    def _import_accepted(self) -> None:
        self.stocking.accept(self._asked)
        self.stocking.take()

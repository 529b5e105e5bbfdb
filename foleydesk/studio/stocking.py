"""The models on this machine and those that could be: what each is, how it stands, and what is being done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.hub import acceptance
from engine.hub import catalogue as published
from engine.hub.catalogue import Catalogue, Published, in_bytes
from engine.hub.licences import Licence
from engine.hub.shelf import models_home
from engine.hub.standing import State, standing
from engine.registry import ModelCard, models
from engine.spec import Progress, Refused
from foleydesk.studio.going import Going
from foleydesk.workers.hub_thread import HubThread

if TYPE_CHECKING:
    from engine.hub.importing import Imported, Look
    from engine.hub.remove import Removed
    from engine.hub.verify import Verdict

IMPORT = "import"
"""The name of what is done for no model in particular."""
WAITING = Progress("Waiting", 0, 0)
BUNDLED = "comes with Foleydesk"
OWN = "your own"


@dataclass(frozen=True)
class ModelSight:
    """A model as its row says it."""

    name: str
    title: str
    about: str
    state: str
    """A word or two; State's, BUNDLED or OWN, or what is being done with it."""
    size: str
    memory: str
    licence: str
    says: str = ""
    """What is wrong with it."""
    can_get: bool = False
    can_verify: bool = False
    can_remove: bool = False
    to_come: str = ""
    """How much a download would bring."""


class Stocking(QObject):
    """Work is known by the name of its model, or IMPORT."""

    changed = Signal()
    """How models stand, or what is done about them."""
    progressed = Signal(str)
    """The name of what goes on."""
    said = Signal(str)
    refused = Signal(str)
    installed = Signal(str, str)
    """Name and title of a model that is here now."""
    terms_wanted = Signal(object)
    """Tuple of Published: what a folder holds comes under terms that nobody has accepted yet."""
    removed = Signal(str)
    began = Signal(str, str)
    """The name of what goes on from now on, and what is done with it in a word or two."""
    over = Signal(str, str, str)
    """The name, how it ended ("done", "failed" or "cancelled"), and the sentence about it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.busy: dict[str, Progress] = {}
        """What goes on, by name."""
        self._doing: dict[str, str] = {}
        """The same in a word or two."""
        self._look: Look | None = None
        """What an import found, while its terms are being read."""
        self._hub = HubThread(self)
        self._hub.progressed.connect(self._progressed)
        self._hub.pulled.connect(self._pulled)
        self._hub.looked.connect(self._looked)
        self._hub.imported.connect(self._imported)
        self._hub.verified.connect(self._verified)
        self._hub.removed.connect(self._removed)
        self._hub.failed.connect(self._failed)
        self._hub.cancelled.connect(lambda name: self._over(name, "cancelled"))

    def sights(self) -> tuple[ModelSight, ...]:
        """What is installed without having been fetched first, then what is published."""
        known = {model.name for model in _catalogue().models}
        try:
            others = [_other(card) for card in models() if card.name not in known]
        except Refused:  # a damaged card; generation says what is wrong with it
            others = []
        found = (*others, *(_sight(model) for model in _catalogue().models))
        return tuple(replace(one, state=self._doing.get(one.name, one.state)) for one in found)

    def missing(self) -> tuple[tuple[str, str], ...]:
        """(name, title) of every published model that is not installed."""
        stands = [standing(model, _catalogue()) for model in _catalogue().models]
        away = [one.model for one in stands if one.state in (State.MISSING, State.PARTLY)]
        return tuple((model.name, model.title) for model in away)

    def terms(self, name: str) -> tuple[Licence, ...]:
        """What has to be accepted before the model can be fetched; nothing where it has been."""
        model = _catalogue().model(name)
        return () if acceptance.accepted(model, _catalogue()) else acceptance.terms(model, _catalogue())

    def accept(self, names: tuple[str, ...]) -> None:
        try:
            for name in names:
                acceptance.accept(_catalogue().model(name), _catalogue())
        except Refused as refusal:
            self.refused.emit(str(refusal))

    def pull(self, name: str) -> None:
        if self._begin(name, "downloading"):
            self._hub.pull(name, name)

    def verify(self, name: str) -> None:
        if self._begin(name, "being checked"):
            self._hub.verify(name, name)

    def remove(self, name: str) -> None:
        if self._begin(name, "being removed"):
            self._hub.remove(name, name)

    def import_folder(self, folder: Path) -> None:
        """Look what is in it; `terms_wanted` asks where something has to be accepted first."""
        if self._begin(IMPORT):
            self._hub.look(IMPORT, folder)

    def take(self) -> None:
        """Install what the import found: its terms have been accepted."""
        look, self._look = self._look, None
        if look is not None and self._begin(IMPORT):
            self._hub.install(IMPORT, look)

    def leave(self) -> None:
        """Do not install it."""
        self._look = None

    def cancel(self, name: str = "") -> bool:
        """End this, or else what was begun first; False when nothing goes on."""
        if not self.busy:
            return False
        self._hub.cancel(name or next(iter(self.busy)))
        return True

    def going(self) -> Going | None:
        """What the status row says of it."""
        if not self.busy:
            return None
        name, at = next(iter(self.busy.items()))
        words = figures(at)
        title = f"{at.stage} · {words}" if words else at.stage
        step, steps = share(at)
        return Going(title, step, steps, at.seconds_left, len(self.busy) - 1, counted=False)

    def shutdown(self) -> None:
        self._hub.shutdown()

    def _begin(self, name: str, doing: str = "") -> bool:
        if name in self.busy:
            return False
        self.busy[name] = WAITING
        if doing:
            self._doing[name] = doing
        self.began.emit(name, doing)
        self.changed.emit()
        return True

    def _over(self, name: str, state: str = "done", says: str = "") -> None:
        self.over.emit(name, state, says)
        self.busy.pop(name, None)
        self._doing.pop(name, None)
        self.changed.emit()

    def _progressed(self, name: str, progress: Progress) -> None:
        if name in self.busy:
            self.busy[name] = progress
            self.progressed.emit(name)

    def _failed(self, name: str, sentence: str) -> None:
        self._over(name, "failed", sentence)
        self.refused.emit(sentence)

    def _pulled(self, name: str, card: ModelCard) -> None:
        self._over(name)
        self.installed.emit(name, card.title)

    def _looked(self, name: str, look: Look) -> None:
        self._over(name)
        self._look = look
        asked = tuple(model for model in look.models(_catalogue()) if not acceptance.accepted(model, _catalogue()))
        if asked:
            self.terms_wanted.emit(asked)
        else:
            self.take()

    def _imported(self, name: str, done: Imported) -> None:
        self._over(name)
        for card in done.installed:
            self.installed.emit(card.name, card.title)
        sentence = imported_in_words(done)
        if done.broken:
            more = f" {len(done.broken) - 1} more files are damaged as well." if len(done.broken) > 1 else ""
            self.refused.emit(done.broken[0] + more)
        elif sentence:
            self.said.emit(sentence)

    def _verified(self, name: str, verdicts: list[Verdict]) -> None:
        self._over(name)
        bad = [verdict for verdict in verdicts if not verdict.fine]
        if bad:
            more = f"; {len(bad) - 1} more of its files are not as they should be" if len(bad) > 1 else ""
            self.refused.emit(f"{bad[0].path.name} is damaged or missing{more}; Get again fetches it.")
        else:
            whole = in_bytes(sum(verdict.bytes for verdict in verdicts))
            self.said.emit(f"Every byte of {_title(name)} is as it should be: {len(verdicts)} files, {whole}.")

    def _removed(self, name: str, gone: Removed) -> None:
        self._over(name)
        kept = "; ".join(f"{part.title} stays for {user}" for part, user in gone.kept)
        self.said.emit(f"Removed {_title(name)}: {in_bytes(gone.freed)} are free again{f'; {kept}' if kept else ''}.")
        self.removed.emit(name)


def figures(progress: Progress) -> str:
    """How much of how much; nothing while it cannot be told."""
    return f"{in_bytes(progress.step)} of {in_bytes(progress.steps)}" if progress.steps >= 1024 else ""


def share(progress: Progress) -> tuple[int, int]:
    """(step, steps) in thousandths: a bar counts no further than two thousand million."""
    return (1000 * progress.step // progress.steps if progress.steps else 0, 1000)


def imported_in_words(done: Imported) -> str:
    """What an import came to where not everything is there; nothing where it is."""
    if done.lacking:
        model, parts = done.lacking[0]
        titles, left = ", ".join(part.title for part in parts), in_bytes(sum(part.about_bytes for part in parts))
        return f"{model.title} still lacks {titles} ({left}); press Get to fetch the rest."
    if not done.installed:
        titles = ", ".join(part.title for part in done.taken)
        return (
            f"Taken: {titles}; no model is whole yet, press Get to fetch the rest."
            if titles
            else "It is all here already."
        )
    return ""


def _catalogue() -> Catalogue:
    return published.CATALOGUE


def _title(name: str) -> str:
    found = _catalogue().find(name)
    return found.title if found else name


def _sight(model: Published) -> ModelSight:
    now = standing(model, _catalogue())
    here = now.state == State.INSTALLED
    to_come = in_bytes(now.to_come)
    size = f"{in_bytes(now.whole)} on disk" if here else f"{to_come} to fetch"
    if now.state == State.PARTLY:
        size = f"{to_come} of {in_bytes(now.whole)} to fetch"
    if now.state == State.DAMAGED:
        size = f"{in_bytes(now.whole)} on disk"
    return ModelSight(
        name=model.name,
        title=model.title,
        about=model.about,
        state=now.state.value,
        size=size,
        memory=f"about {in_bytes(model.memory_bytes)} of memory",
        licence=" · ".join(licence.name for licence in _catalogue().licences_of(model)),
        says=f"{now.says} Get again fetches it." if now.says else "",
        can_get=not here,
        can_verify=now.state in (State.INSTALLED, State.DAMAGED),
        can_remove=now.state != State.MISSING,
        to_come=to_come,
    )


def _other(card: ModelCard) -> ModelSight:
    """A model that came with the program, or that the user made."""
    whole = sum(card.file(role).bytes for role in card.files)
    state = OWN if Path(card.folder).parent == models_home() else BUNDLED
    return ModelSight(
        card.name, card.title, card.about, state, f"{in_bytes(whole)} on disk", "", card.licence, can_verify=True
    )

"""What the user has chosen for every project: kept between starts, and never a reason not to start."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.spec import FAST, Guidances, Refused, from_json, to_json
from foleydesk.paths import settings_file
from foleydesk.shortcuts import OURS, OwnKeys
from foleydesk.storage.atomic import write_text

log = logging.getLogger(__name__)

RECENT = 10
"""How many projects are remembered."""


@dataclass(frozen=True)
class LastDelivery:
    """What was delivered the last time. `ceiling_db` None: the norm's own; `folder` "": beside the project."""

    formats: tuple[str, ...] = ("mix",)
    norm: str = "none"
    ceiling_db: float | None = None
    handles_s: float = 1.0
    ucs: bool = False
    creator: str = ""
    source: str = ""
    folder: str = ""


@dataclass(frozen=True)
class Switches:
    """How the timeline is looked at. `follow`: off, page or centre."""

    snap: bool = True
    follow: str = "page"
    wave: bool = False
    tall: bool = True


@dataclass(frozen=True)
class Settings:
    """`device`: auto, cpu or cuda. `audio_output`: its name, "" for the system's own. `scale` in per cent.

    `language`: "" for the system's own. `theme`: system, dark or light. `colours`: a map of the spectrograms.
    """

    candidates: int = 4
    steps: int = 25
    guidance: float = 4.5
    guidances: Guidances = field(default_factory=Guidances)
    variation: float = 0.5
    """The strength of the last variation."""
    blind: bool = False
    device: str = "auto"
    precision: str = FAST
    """How large models look at the picture: fast or exact."""
    audio_output: str = ""
    scale: int = 100
    folder: str = ""
    """Where the last file was opened."""
    recent: tuple[str, ...] = ()
    """Projects, the newest first."""
    language: str = ""
    theme: str = "dark"
    colours: str = "inferno"
    floor_db: int = -80
    """Levels up to here are black in a spectrogram."""
    ceiling_db: int = -15
    """Levels from here on are brightest."""
    audio_late_ms: int = 0
    """How much later than its device says the sound is heard (a wireless loudspeaker)."""
    preroll_s: float = 1.0
    """What is played before a cue that is auditioned."""
    keep_models: bool = True
    """Models stay in memory between jobs."""
    autosave_s: int = 120
    preset: str = OURS
    keys: tuple[OwnKeys, ...] = ()
    delivery: LastDelivery = field(default_factory=LastDelivery)
    timeline: Switches = field(default_factory=Switches)

    def with_recent(self, project: Path) -> Settings:
        others = (path for path in self.recent if path != str(project))
        return replace(self, recent=(str(project), *others)[:RECENT])


def read_settings() -> Settings:
    """The defaults when there are none, or when they cannot be read."""
    path = settings_file()
    try:
        return from_json(Settings, json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, Refused) as error:
        log.warning("The settings in %s cannot be read and are left aside: %s", path, error)
        return Settings()


def write_settings(settings: Settings) -> None:
    """Raises Refused."""
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{path.parent} cannot be made ({error.strerror or error}); check its permissions.") from error
    write_text(path, json.dumps(to_json(settings), indent=1, ensure_ascii=False) + "\n")

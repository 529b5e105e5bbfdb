"""Where the program keeps things, apart from projects. FOLEYDESK_HOME puts everything into one folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import platformdirs

from engine.registry import data_home


def settings_file() -> Path:
    return _home("config", platformdirs.user_config_dir) / "settings.json"


def log_file() -> Path:
    return _home("log", platformdirs.user_log_dir) / "foleydesk.log"


def projects_home() -> Path:
    """Projects that cannot lie beside their picture."""
    return data_home() / "projects"


def resources() -> Path:
    """Icons, styles, models and the demo that came with the program."""
    return Path(str(files("resources")))


def _home(kind: str, usual: Callable[..., str]) -> Path:
    own = os.environ.get("FOLEYDESK_HOME")
    return Path(own) / kind if own else Path(usual("foleydesk", appauthor=False))

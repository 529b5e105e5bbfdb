"""Paths as they are stored: relative to the project's folder where that keeps them true when the folder moves."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePath

from engine.spec import Candidate


def stored_path(path: str, folder: Path) -> str:
    """Relative (with /) for what lies in the folder or beside it; as it is otherwise."""
    home = os.path.abspath(folder)
    if not path or not os.path.isabs(path):
        return path
    try:
        near = os.path.commonpath([os.path.abspath(path), os.path.dirname(home)]) == os.path.dirname(home)
        return PurePath(os.path.relpath(path, home)).as_posix() if near else path
    except ValueError:  # another drive
        return path


def found_path(path: str, folder: Path) -> str:
    """The absolute path of what was stored."""
    if not path or os.path.isabs(path):
        return path
    return os.path.normpath(os.path.join(os.path.abspath(folder), path))


def stored(candidate: Candidate, folder: Path) -> Candidate:
    """The candidate as it is written down; `found` is the way back."""
    recipe = replace(candidate.recipe, media=stored_path(candidate.recipe.media, folder))
    wav, mel = stored_path(candidate.wav, folder), stored_path(candidate.mel, folder)
    return replace(candidate, recipe=recipe, wav=wav, mel=mel)


def found(candidate: Candidate, folder: Path) -> Candidate:
    recipe = replace(candidate.recipe, media=found_path(candidate.recipe.media, folder))
    wav, mel = found_path(candidate.wav, folder), found_path(candidate.mel, folder)
    return replace(candidate, recipe=recipe, wav=wav, mel=mel)

"""Paths as they are stored: relative to the project's folder where that keeps them true when the folder moves."""

from __future__ import annotations

import os
from collections.abc import Callable
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
    return _moved(candidate, lambda path: stored_path(path, folder))


def found(candidate: Candidate, folder: Path) -> Candidate:
    return _moved(candidate, lambda path: found_path(path, folder))


def _moved(candidate: Candidate, place: Callable[[str], str]) -> Candidate:
    """The candidate with every path of it, and of its recipe, put through `place`."""
    recipe = candidate.recipe
    recipe = replace(
        recipe,
        media=place(recipe.media),
        reference=place(recipe.reference) if recipe.reference else None,
        base=place(recipe.base) if recipe.base else None,
    )
    return replace(candidate, recipe=recipe, wav=place(candidate.wav), mel=place(candidate.mel))

"""From what the user named (a project, a video, nothing) to an open project folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from engine.spec import Refused
from foleydesk.document.edits import OpenMedia
from foleydesk.document.ids import new_id
from foleydesk.document.project import Media, Project, Sound
from foleydesk.document.timebase import nominal_rate
from foleydesk.paths import projects_home, resources
from foleydesk.storage.folder import ProjectFolder

if TYPE_CHECKING:
    from engine.media.probe import MediaInfo

SUFFIX = ".foley"
PROJECT_FILE = "project.json"
DEMO = "Bunny"


def is_project(target: Path) -> bool:
    """Whether a path names a project rather than a video."""
    return target.name == PROJECT_FILE or target.suffix == SUFFIX or (target / PROJECT_FILE).exists()


def open_target(target: Path, info: MediaInfo | None = None) -> ProjectFolder:
    """Open a project, or the project of a video, made beside it when there is none. Raises Refused.

    `info`: what the video was found to be, where somebody has looked already.
    """
    target = Path(os.path.abspath(target))
    if not is_project(target):
        return project_of(target, info)
    if target.name == PROJECT_FILE:
        target = target.parent
    if not target.exists():
        raise Refused(f"There is no project {target}; open a video to begin one.")
    return ProjectFolder.open(target)


def project_of(video: Path, info: MediaInfo | None = None) -> ProjectFolder:
    """The project that lies beside the video; made there, or in the user's own folder when that cannot be written."""
    media = media_of(video, info)
    for home in (video.parent, projects_home()):
        folder = home / f"{video.stem}{SUFFIX}"
        if (folder / PROJECT_FILE).exists():
            return ProjectFolder.open(folder)
    home = video.parent if os.access(video.parent, os.W_OK) else projects_home()
    folder = home / f"{video.stem}{SUFFIX}"
    return ProjectFolder.create(folder, OpenMedia(media).apply(Project(name=video.stem)))


def media_of(video: Path, info: MediaInfo | None = None) -> Media:
    """The video as a project knows it. Raises Refused when it cannot be scored."""
    from engine.media.probe import probe

    info = info or probe(video)
    if not info.has_picture:
        raise Refused(f"{video.name} holds sound but no picture; open a video to score.")
    path = os.path.abspath(video)
    rate = nominal_rate(info.rate) if info.variable_rate else info.rate
    return Media(
        new_id(), path, info.hash, info.length, rate, info.width, info.height, info.has_audio, info.variable_rate
    )


def sound_of(file: Path, info: MediaInfo | None = None) -> Sound:
    """A sound file of the user's own as a project knows it. Raises Refused when nothing can be heard in it."""
    from engine.media.probe import probe

    info = info or probe(file)
    if not info.has_audio:
        raise Refused(f"{file.name} holds no sound; choose another file.")
    return Sound(new_id(), os.path.abspath(file), info.hash, info.length, file.stem)


def demo_target() -> Path:
    """The demo project in the user's own folder, copied there the first time. Raises Refused when it cannot be."""
    home = projects_home() / "demo"
    project = home / f"{DEMO}{SUFFIX}"
    if (project / PROJECT_FILE).exists():
        return project
    source = resources() / "demo"
    try:
        home.mkdir(parents=True, exist_ok=True)
        video = home / "bunny.mp4"
        if not video.exists():
            shutil.copyfile(source / "bunny.mp4", video)
        ready = source / f"{DEMO}{SUFFIX}"
        if not (ready / PROJECT_FILE).exists():
            return video
        part = home / f".{DEMO}{SUFFIX}.part"
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(ready, part)
        os.replace(part, project)
    except OSError as error:
        says = error.strerror or error
        raise Refused(f"The demo cannot be copied to {home} ({says}); free some space there.") from error
    return project

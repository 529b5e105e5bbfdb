"""The pieces of an edit as sound files, each with a time reference, named by UCS or by title."""

from __future__ import annotations

from collections.abc import Iterable

from engine.spec import Progress
from foleydesk.document.project import Cue
from foleydesk.export.bwf import write_bwf
from foleydesk.export.job import Job
from foleydesk.export.pieces import Lane, Piece, sound_of
from foleydesk.export.request import Format, Written
from foleydesk.export.stems import clipped
from foleydesk.export.ucs import Naming, block, preview

TITLE_LENGTH = 60


def names(lanes: Iterable[Lane], name: str, naming: Naming | None) -> dict[Piece, str]:
    """A file for each piece, counted in the order of lanes; the two sides of a sound in stereo share a number."""
    found: dict[Piece, str] = {}
    numbers: dict[str, int] = {}
    for lane in lanes:
        for piece in lane.pieces:
            number = numbers.setdefault(piece.clip.id, len(numbers) + 1)
            side = f".{piece.channel}" if piece.channel else ""
            found[piece] = f"{name} clips/{_stem(lane, piece, number, naming)}{side}.wav"
    return found


def remarks(lanes: Iterable[Lane], naming: Naming | None) -> list[str]:
    """What is to be said about names that do not follow from their cues; each sentence once."""
    if naming is None:
        return []
    said = (
        remark.says
        for lane in lanes
        for piece in lane.pieces
        for remark in preview(_cue(piece), naming, lane.track.name).remarks
    )
    return list(dict.fromkeys(said))


def write(job: Job) -> list[Written]:
    assert job.piece_files is not None
    written: list[Written] = []
    for piece, name in job.piece_files.items():
        bext = job.bext(piece.title, piece.file.start)
        told = write_bwf(job.file(name), sound_of(job.plan, piece, job.levelling.gain), 1, bext)
        written.append(Written(Format.CLIPS, name, told.length, told.loudness, clipped(name, told.peak)))
        job.on_progress(Progress("Writing clips", len(written), len(job.piece_files)))
    return written


def _stem(lane: Lane, piece: Piece, number: int, naming: Naming | None) -> str:
    if naming is not None:
        return str(preview(_cue(piece), naming, lane.track.name, f"{number:03d}").name)
    return f"{block(lane.track.name)} {number:03d} {block(piece.title)[:TITLE_LENGTH]}".strip(" .")


def _cue(piece: Piece) -> Cue:
    """A sound of the user's own is named like a cue with its title as prompt."""
    return piece.cue or Cue("", 0, 1, piece.title)

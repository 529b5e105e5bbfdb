"""The mix as a WAV of the picture's length: 48 kHz, 24 bit, stereo."""

from __future__ import annotations

import errno
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from engine.media.atomic import replacing
from engine.spec import SAMPLE_RATE, OnProgress, Refused, ignore
from foleydesk.export.render import Export, RenderPlan, blocks, plan
from foleydesk.playback.mixer import CHANNELS

if TYPE_CHECKING:
    from foleydesk.document.project import Project

BYTES = 3
LONGEST = (2**32 - 2**16) // (BYTES * CHANNELS)
"""Samples that a WAV's 32-bit size can name: just over four hours."""
SILENCE_DB = -math.inf


def export_wav(project: Project, folder: Path, out: Path, on_progress: OnProgress = ignore) -> Export:
    """Write `out`, whole or not at all. `folder`: the project's, which take paths are relative to.

    Raises Refused when a take is lost, the disk is full or the place cannot be written.
    """
    out = Path(out)
    if out.suffix.lower() != ".wav":
        raise Refused(f"{out} needs a name that ends in .wav; choose one.")
    rendered = plan(project, folder)
    with replacing(out) as part:
        peak = write_mix(rendered, part, on_progress)
    return report(out, rendered.length, peak)


def write_mix(rendered: RenderPlan, path: Path, on_progress: OnProgress = ignore) -> float:
    """Write the mix to `path` as it comes; the highest sample. Raises OSError when the disk does not take it."""
    if rendered.length > LONGEST:
        raise Refused("A WAV holds four hours at most; export the project in parts.")
    path.touch()
    peak = 0.0
    try:
        with soundfile.SoundFile(path, "w", SAMPLE_RATE, CHANNELS, "PCM_24", format="WAV") as file:
            for block in blocks(rendered, on_progress):
                peak = max(peak, float(np.max(np.abs(block), initial=0.0)))
                file.write(block)
    except soundfile.SoundFileError as error:
        raise _why(path, str(error)) from error
    if path.stat().st_size < rendered.length * CHANNELS * BYTES:
        raise _why(path, "it came out too short")
    return peak


def report(out: Path, length: int, peak: float) -> Export:
    """What to tell about an export: also when the mix was louder than the file can hold."""
    peak_db = 20 * math.log10(peak) if peak > 0 else SILENCE_DB
    says = f"Exported {out.name}."
    if peak > 1:
        says = f"Exported {out.name}; the mix is {peak_db:.1f} dB over full scale and was clipped: lower some gains."
    elif peak == 0:
        says = f"Exported {out.name}; it is silent: no clip can be heard."
    return Export(str(out), length, peak_db, says)


def _why(path: Path, says: str) -> OSError:
    """libsndfile does not say why it failed: some bytes more tell a full disk."""
    try:
        with path.open("ab") as file:
            file.write(bytes(1 << 16))
    except OSError as error:
        return error
    return OSError(errno.EIO, says)

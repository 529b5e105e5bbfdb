"""How well a spotter trained on drawn scenes works on real footage: its events against the onsets of the real sound.

`python -m training.pretrain.real_footage CLIP… [--spotter FILE]`. Clips with sound are only measured on, never trained
on. Needs librosa for the onsets of the sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.conditioning.cache import Cache
from engine.conditioning.look import Seen, look
from engine.conditioning.spotter import Spotter, load_spotter
from engine.media.audio_file import read_audio
from engine.media.probe import probe
from engine.registry import read_card
from engine.spec import SAMPLE_RATE, Refused, Span
from training.metrics.onset import onset_scores
from training.pretrain.dataset import spotter_net

ONSET_RATE = 22_050
DELTA = 0.3
TOLERANCE_S = 0.15
SLIDES = 20
"""Random offsets that the baseline is averaged over."""
BUNDLED = Path("resources/models/visiosonic-mini")


@dataclass(frozen=True)
class Agreement:
    """F1 of the spotter's events on one clip, and of the same events slid in time; how many onsets either side has."""

    clip: str
    f1: float
    slid: float
    true: int
    found: int


def true_onsets(path: Path) -> list[float]:
    """Onsets of a clip's sound in seconds: librosa's peaks of spectral flux, `DELTA` above their surroundings."""
    import librosa

    wave = read_audio(path, ONSET_RATE, mono=True).reshape(-1).astype(np.float32)
    return [float(at) for at in librosa.onset.onset_detect(y=wave, sr=ONSET_RATE, units="time", delta=DELTA)]


def seen(path: Path, spotter: Spotter) -> Seen:
    """Everything that the spotter sees in a clip."""
    media = probe(path)
    return look(media, Span(0, media.length), spotter, "measured", Cache())


def spotted(path: Path, spotter: Spotter) -> list[float]:
    """The spotter's events in a clip, in seconds."""
    whole = Span(0, probe(path).length)
    return [event.at / SAMPLE_RATE for event in seen(path, spotter).events(whole)]


def slid_f1(true: Sequence[float], found: Sequence[float], seconds: float) -> float:
    """F1 of the same events moved round the clip by random offsets of at least half a second, on average."""
    offsets = np.random.default_rng(0).uniform(0.5, max(seconds - 0.5, 0.6), SLIDES)
    scores = [onset_scores(true, [(at + by) % seconds for at in found], TOLERANCE_S).f1 for by in offsets]
    return float(np.mean(scores))


def agreement(path: Path, spotter: Spotter) -> Agreement:
    """One clip measured."""
    true, found = true_onsets(path), spotted(path, spotter)
    f1 = onset_scores(true, found, TOLERANCE_S).f1
    return Agreement(path.stem, f1, slid_f1(true, found, probe(path).length / SAMPLE_RATE), len(true), len(found))


def spotter_of(path: Path) -> Spotter:
    """A spotter from a training state, or from the folder of a model."""
    if path.is_dir():
        return load_spotter(read_card(path))
    return Spotter(spotter_net(path))


def main(clips: list[Path], spotter: Annotated[Path, typer.Option(help="Training state or model.")] = BUNDLED) -> None:
    """Print F1, the slid baseline, true and found onsets of each clip, and the means."""
    own = spotter_of(spotter)
    try:
        rows = [agreement(clip, own) for clip in clips]
    except Refused as refused:
        raise SystemExit(str(refused)) from None
    for row in rows:
        print(f"{row.clip:32} F1 {row.f1:.2f}  slid {row.slid:.2f}  true {row.true:3d}  found {row.found:3d}")
    print(f"{'mean':32} F1 {np.mean([r.f1 for r in rows]):.3f}  slid {np.mean([r.slid for r in rows]):.3f}")


if __name__ == "__main__":
    typer.run(main)

"""What a codec keeps of a sound: distance of spectra, and what a tagger hears before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F
from torchaudio.functional import griffinlim

from engine.audio.mel import HOP, N_FFT, Mel
from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from engine.codecs.autoencoder import STRIDE, Autoencoder
from engine.codecs.vocoder import Vocoder
from engine.conditioning.likeness import FINE_STEP
from engine.packing import from_nibbles, to_nibbles
from training.metrics.log_spectral import log_spectral_distance
from training.pretrain.tagger import scores

Codec = Callable[[Tensor], Tensor]
"""(1, 2048 n) at 44.1 kHz → the same shape: what comes back."""
GRIFFIN_LIM_ITERATIONS = 32


@dataclass(frozen=True)
class Fidelity:
    """Means over sounds. `distance`: log-spectral; `first`, `among_three`: how often the class that the tagger puts
    first for the original is first, or among the first three, for what came back."""

    distance: float
    first: float
    among_three: float


def vocoder_alone(vocoder: Vocoder, mel: Mel) -> Codec:
    return lambda wave: vocoder(mel(wave))


def whole_codec(backbone: VisioSonicBackbone) -> Codec:
    return lambda wave: backbone.decode(backbone.encode(wave))


def with_what_is_lost(backbone: VisioSonicBackbone) -> Codec:
    """Latents, and what they lose of the mel in four bits a number, as likenesses are kept."""

    def codec(wave: Tensor) -> Tensor:
        mel, middle = backbone.mel(wave), backbone.middle(backbone.encode(wave))
        lost = from_nibbles(to_nibbles(mel - middle, FINE_STEP), FINE_STEP)
        return backbone.vocoder(middle + lost)

    return codec


def griffin_lim(mel: Mel, through: Autoencoder | None = None) -> Codec:
    """32 iterations with momentum 0.99 on the magnitudes that explain the mel best (100 multiplicative updates).

    The mel is the recording's own, or what an autoencoder makes of it.
    """

    def codec(wave: Tensor) -> Tensor:
        heard = mel(wave)
        if through is not None:
            heard = through.decode(through.encode(heard))
        bands = heard.exp()[0]
        explains = mel.filters.T @ bands
        for _ in range(100):
            explains = explains * (mel.filters.T @ bands) / (mel.filters.T @ (mel.filters @ explains) + 1e-9)
        torch.manual_seed(0)
        made = griffinlim(explains[None], mel.window, N_FFT, HOP, N_FFT, 1.0, GRIFFIN_LIM_ITERATIONS, 0.99,
                          wave.shape[-1] - HOP, True)
        # Frames of the mel lie half a hop later than those of a centred transform.
        return F.pad(made, (HOP // 2, HOP // 2))

    return codec


@torch.inference_mode()
def passed(codec: Codec, wave: np.ndarray, peak: float = 0.7) -> tuple[np.ndarray, np.ndarray]:
    """What went in, (samples,) at `peak`, and what came back, both padded to whole latent frames."""
    short = -len(wave) % (STRIDE * HOP)
    given = np.pad(peak * wave / (np.abs(wave).max() + 1e-9), (0, short)).astype(np.float32)
    return given, codec(torch.from_numpy(given)[None])[0].float().numpy()


def fidelity(codec: Codec, waves: Sequence[np.ndarray]) -> Fidelity:
    """What `codec` keeps of each of `waves`, (samples,) at 44.1 kHz."""
    distances, ranks = [], []
    for wave in waves:
        given, made = passed(codec, wave)
        distances.append(log_spectral_distance(given, made))
        after = scores(made)
        ranks.append(int((after > after[scores(given).argmax()]).sum()))
    rank = np.array(ranks)
    return Fidelity(float(np.mean(distances)), float((rank == 0).mean()), float((rank < 3).mean()))

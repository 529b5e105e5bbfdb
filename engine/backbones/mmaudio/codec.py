"""MMAudio's way between a latent and a sound: the mel autoencoder and the vocoder, loaded when first needed."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.audio.mel import Mel
from engine.backbones.mmaudio.config import LONGEST_S, STRETCH
from engine.backbones.mmaudio.parts import Parts
from engine.codecs.bigvgan import BigVGAN
from engine.codecs.magnitude_autoencoder import MagnitudeAutoencoder
from engine.sampling.windows import blended, places


class Codec:
    """In float32 everywhere: what a shorter type rounds away of a mel or a waveform is heard as noise."""

    def __init__(self, parts: Parts, device: torch.device) -> None:
        self.parts = parts
        self.device = device
        self._autoencoder: MagnitudeAutoencoder | None = None
        self._vocoder: BigVGAN | None = None

    def decode(self, latent: Tensor) -> Tensor:
        """(batch, frames, channels) as the autoencoder speaks of it → (batch, samples) within ±1."""
        mel = self._coder().decode(latent.to(self.device).float().transpose(1, 2))
        if self._vocoder is None:
            self._vocoder = self.parts.vocoder().to(self.device)
        wave: Tensor = self._vocoder(mel)
        return wave

    def encode(self, waveform: Tensor) -> Tensor:
        """(batch, samples) → (batch, frames, channels), the mean of the posterior; the end is padded to a whole frame.

        Sounds longer than the model knows go through in pieces: each frame of a piece hears all the others.
        """
        sizes, coder = self.parts.sizes, self._coder(encoder=True)
        hop = sizes.mel.hop * STRETCH
        # The mel mirrors half a window at each end, and so needs more than that.
        frames = max(-(-waveform.shape[-1] // hop), sizes.mel.n_fft // hop + 1)
        padded = torch.nn.functional.pad(waveform.to(self.device), (0, frames * hop - waveform.shape[-1]))
        mel = Mel(sizes.mel).to(self.device)(padded)
        where = places(frames, sizes.network.latent_frames(LONGEST_S))
        pieces = [coder.encode(mel[..., STRETCH * at.start : STRETCH * at.stop])[0].transpose(1, 2) for at in where]
        return blended(pieces, where)

    def offload(self) -> bool:
        """To the CPU, and stay there; False where there was nothing to move."""
        held = [net for net in (self._autoencoder, self._vocoder) if net is not None]
        if self.device.type == "cpu":
            return False
        self.device = torch.device("cpu")
        for net in held:
            net.to(self.device)
        return bool(held)

    def _coder(self, encoder: bool = False) -> MagnitudeAutoencoder:
        if self._autoencoder is None or (encoder and self._autoencoder.encoder is None):
            self._autoencoder = None
            self._autoencoder = self.parts.autoencoder(encoder).to(self.device)
        return self._autoencoder

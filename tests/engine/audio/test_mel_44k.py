"""The mel front end gives what MMAudio's 44k models were trained on."""

from pathlib import Path

import numpy as np
import torch

from engine.audio.mel import Mel

GOLDEN = Path(__file__).parent / "mel_44k_golden.npz"


def test_it_matches_the_published_front_end() -> None:
    """Noise beyond ±1, which is clamped, and noise that decays to the floor; relative error."""
    with np.load(GOLDEN) as golden:
        for name in ("noise", "decaying"):
            mel = Mel()(torch.from_numpy(golden[name].astype(np.float32)))[0].numpy()
            wanted = golden[f"{name}_mel"]
            assert np.linalg.norm(mel - wanted) / np.linalg.norm(wanted) < 1e-5


def test_a_second_is_86_frames() -> None:
    assert Mel()(torch.zeros(1, 44_100)).shape == (1, 128, 86)

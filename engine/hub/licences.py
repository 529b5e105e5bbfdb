"""The licences of published weights, in plain words. Only what the licence or its publisher says; no legal advice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """`free`: whether anyone may use the weights for anything. Where not, the terms are shown and accepted first."""

    name: str
    says: str
    """One or two sentences about what it means."""
    url: str
    free: bool = False


LICENCES = {
    "cc-by-nc-4.0": Licence(
        "CC-BY-NC 4.0",
        "The weights may be used and passed on with credit, but not for commercial purposes. Their authors add that "
        "they may not suit commercial use because of what they learned from: AudioSet, Freesound, VGGSound, AudioCaps "
        "and WavCaps.",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "apple-amlr": Licence(
        "Apple research licence",
        "Apple publishes this CLIP under terms of its own, a research licence (apple-amlr; earlier copies say "
        "apple-sample-code-license). Read them on its page before anything made with it is published or sold.",
        "https://huggingface.co/apple/DFN5B-CLIP-ViT-H-14-378/blob/main/LICENSE",
    ),
    "mit": Licence("MIT", "Free for any use, with credit.", "https://opensource.org/license/mit", free=True),
}  # fmt: skip

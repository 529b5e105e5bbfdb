"""VisioSonic (CVPR 2026): flow-matching diffusion transformer with video-text-audio co-attention."""

from engine.backbones.visiosonic.backbone import VisioSonicBackbone, load

__all__ = ["VisioSonicBackbone", "load"]

"""What MMAudio sees and reads: CLIP's two towers, Synchformer, and which frames are taken."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from engine.conditioning.clip import ClipText, ClipVision, load_clip_text, load_clip_vision, tokens
from engine.conditioning.synchformer import SEGMENT, STRIDE, SynchformerVision, load_synchformer
from engine.media.frame_ticks import frames_taken
from tests.parity.filling import overheard, published
from tests.parity.vector import Check, Vector

HANDLES = ("clip_text", "clip_visual", "synchformer_visual", "frame_sampling")
TOLERANCE = 1e-5


def check(vector: Vector) -> Iterator[Check]:
    kinds = {"clip_text": clip_text, "clip_visual": clip_visual, "synchformer_visual": synchformer_visual}
    with torch.inference_mode():
        yield from kinds.get(vector.case, frame_sampling)(vector)


def clip_text(vector: Vector) -> Iterator[Check]:
    ids = tokens(vector.meta["prompts"])
    yield vector.same("tokens", ids)
    ours = load_clip_text(drawn(ClipText, vector), precision="exact")
    with overheard(ours, vector, TOLERANCE) as traces:
        features = ours(ids)
    yield from traces
    yield vector.close("text_features", features, TOLERANCE)


def clip_visual(vector: Vector) -> Iterator[Check]:
    ours = load_clip_vision(drawn(ClipVision, vector), precision="exact")
    with overheard(ours, vector, TOLERANCE) as traces:
        features = ours.encoded(vector.input("image"))
    # The vector's first trace lists patches, the network's lies in rows and columns.
    yield from (trace for trace in traces if trace.name != "trace/visual.conv1")
    yield vector.close("image_features", features, TOLERANCE)


def synchformer_visual(vector: Vector) -> Iterator[Check]:
    ours = load_synchformer(drawn(SynchformerVision, vector), precision="exact")
    segments = vector.input("video")[0].unfold(0, SEGMENT, STRIDE).permute(0, 4, 1, 2, 3)
    with overheard(ours.vfeat_extractor, vector, TOLERANCE) as traces:
        features = ours.encoded(segments).flatten(0, 1)[None]
    yield from traces
    yield vector.close("features", features, TOLERANCE)


def frame_sampling(vector: Vector) -> Iterator[Check]:
    for film in vector.meta["cases"]:
        times = vector.stored[f"{film['label']}/times"].tolist()
        for rate in vector.meta["target_fps"]:
            taken = frames_taken(times, rate, film["end_sec"])
            yield vector.same(f"{film['label']}/indices_{rate}", taken)


def drawn(network: type[torch.nn.Module], vector: Vector) -> dict[str, torch.Tensor]:
    """The seed's tensors for what the network reads from a published file."""
    with torch.device("meta"):
        names = network().state_dict()
    return published(vector.seed, {name: tensor.shape for name, tensor in names.items()})

"""One run of the published MMAudio program, from its files to a video with sound, by a watch.

Its own functions are called in the order of its demo; nothing in the checkout is changed. What it would download is
looked for in the folder that it is started in.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from engine.bench.timing import Timing, Watch, peak_memory
from engine.spec import Refused


def find(reference: Path) -> None:
    """Make the checkout importable. Raises Refused when there is none."""
    if not (reference / "mmaudio" / "model" / "networks.py").is_file():
        raise Refused(f"{reference} is no checkout of MMAudio (mmaudio/model/networks.py is not there); name another.")
    sys.path.insert(0, str(reference.resolve()))


def run(reference: str, folder: str, request: dict[str, Any]) -> Timing:
    """`request`: variant, video, seconds, prompt, negative, steps, guidance, seed, candidates, device, out."""
    find(Path(reference))
    device = request["device"]
    watch = Watch(device)
    watch.enter("loading")
    with contextlib.chdir(folder):
        return _timed(request, watch, device)


def _timed(request: dict[str, Any], watch: Watch, device: str) -> Timing:
    import torch

    with torch.inference_mode():
        return _generated(torch, request, watch, device)


def _generated(torch: Any, request: dict[str, Any], watch: Watch, device: str) -> Timing:
    import mmaudio.model.utils.features_utils as features_utils
    import open_clip
    from mmaudio.eval_utils import all_model_cfg, load_video, make_video
    from mmaudio.model.flow_matching import FlowMatching
    from mmaudio.model.networks import get_my_mmaudio

    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    # In half precision as its demo does, but where a CPU has no instructions for that.
    dtype = torch.bfloat16 if device.startswith("cuda") else torch.float32
    count = request["candidates"]

    def clip_from_here(name: str, return_transform: bool = False) -> Any:
        path = os.path.join("ext_weights", "open_clip_model.safetensors")
        return open_clip.create_model("ViT-H-14-378-quickgelu", pretrained=path)

    features_utils.create_model_from_pretrained = clip_from_here
    model = all_model_cfg[request["variant"]]
    net = get_my_mmaudio(model.model_name).to(device, dtype).eval()
    net.load_weights(torch.load(model.model_path, map_location=device, weights_only=True))
    features = features_utils.FeaturesUtils(
        tod_vae_ckpt=model.vae_path, synchformer_ckpt=model.synchformer_ckpt, enable_conditions=True, mode=model.mode,
        bigvgan_vocoder_ckpt=model.bigvgan_16k_path, need_vae_encoder=False,
    ).to(device, dtype).eval()
    flow, lengths = FlowMatching(min_sigma=0, inference_mode="euler", num_steps=request["steps"]), model.seq_cfg

    watch.enter("picture")
    video = load_video(Path(request["video"]), request["seconds"])
    clip_frames, sync_frames = (frames[None].to(device, dtype) for frames in (video.clip_frames, video.sync_frames))
    clip = features.encode_video_with_clip(clip_frames, batch_size=40)
    sync = features.encode_video_with_sync(sync_frames, batch_size=40)
    lengths.duration = video.duration_sec
    net.update_seq_lengths(lengths.latent_seq_len, lengths.clip_seq_len, lengths.sync_seq_len)

    watch.enter("words")
    text, negative = (features.encode_text([said]) for said in (request["prompt"], request["negative"]))

    sounds = []
    for i in range(count):  # The demo makes one sound a run; here it keeps its models and features between them.
        watch.enter("sampling")
        chance = torch.Generator(device=device).manual_seed(request["seed"] + i)
        x = torch.randn(1, net.latent_seq_len, net.latent_dim, device=device, dtype=dtype, generator=chance)
        given = net.preprocess_conditions(clip, sync, text)
        nothing = net.get_empty_conditions(1, negative_text_features=negative)
        x = flow.to_data(lambda t, x, c=given, n=nothing: net.ode_wrapper(t, x, c, n, request["guidance"]), x)
        watch.enter("decoding")
        wave = features.vocode(features.decode(net.unnormalize(x))).float().cpu()[0]
        watch.enter("writing")
        out = Path(request["out"]) / f"published-{i + 1}.mp4"
        make_video(video, out, wave, sampling_rate=lengths.sampling_rate)
        sounds.append(str(out.with_suffix(".npy")))
        _keep(out.with_suffix(".npy"), wave[0].numpy())
    says = f"published, {device}, {str(dtype).removeprefix('torch.')}, torch {torch.__version__}"
    return Timing(watch.whole(), watch.cpu(), watch.seconds, peak_memory(device), tuple(sounds), says)


def _keep(path: Path, wave: Any) -> None:
    import numpy as np

    np.save(path, wave)

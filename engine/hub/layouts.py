"""Which tensors, of which shapes, the files that several models share hold. Names as published.

Sources: hkchengrex/MMAudio (`ext/autoencoder`, `ext/synchformer`), NVIDIA/BigVGAN v2, open_clip's
ViT-H-14-378-quickgelu. What a published loader does not need (2-D patch embedding, anti-aliasing filters) is not
asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

Shapes = dict[str, tuple[int, ...]]


def autoencoder(mels: int, hidden: int, latent: int, multiples: tuple[int, ...] = (1, 2, 4)) -> Shapes:
    """MMAudio's mel autoencoder; a convolution has a weight and no bias."""
    wide = [hidden * multiple for multiple in multiples]
    top = wide[-1]
    found: Shapes = {"data_mean": (1, mels, 1), "data_std": (1, mels, 1)}
    found |= {"encoder.conv_in.weight": (hidden, mels, 3), "encoder.conv_out.weight": (2 * latent, top, 3)}
    found |= {"decoder.conv_in.weight": (top, latent, 3), "decoder.conv_out.weight": (mels, hidden, 3)}
    for side in ("encoder", "decoder"):
        found[f"{side}.learnable_gain"] = ()
        found[f"{side}.mid.attn_1.qkv.weight"] = (3 * top, top, 1)
        found[f"{side}.mid.attn_1.proj_out.weight"] = (top, top, 1)
        for block in ("block_1", "block_2"):
            found |= _residual(f"{side}.mid.{block}", top, top)
    for level, here in enumerate(wide):
        below, above = wide[max(0, level - 1)], wide[min(len(wide) - 1, level + 1)]
        for i in range(2):
            found |= _residual(f"encoder.down.{level}.block.{i}", here if i else below, here)
        for i in range(3):
            found |= _residual(f"decoder.up.{level}.block.{i}", here if i else above, here)
    for conv in ("conv1", "conv2"):
        found[f"encoder.down.0.downsample.{conv}.weight"] = (hidden, hidden, 1)
    found["decoder.up.1.upsample.conv.weight"] = (wide[1], wide[1], 3)
    return found


def bigvgan(mels: int, kernels: tuple[int, ...], tail_bias: bool, first: int = 1536) -> Shapes:
    """NVIDIA's vocoder with its weight normalisation folded; `kernels` of the upsampling convolutions."""
    found: Shapes = {"conv_pre.weight": (first, mels, 7), "conv_pre.bias": (first,)}
    wide = first
    for i, kernel in enumerate(kernels):
        wide //= 2
        found |= {f"ups.{i}.0.weight": (2 * wide, wide, kernel), f"ups.{i}.0.bias": (wide,)}
        for j, size in enumerate((3, 7, 11)):
            block = f"resblocks.{3 * i + j}"
            for k in range(3):
                for convs in ("convs1", "convs2"):
                    found[f"{block}.{convs}.{k}.weight"] = (wide, wide, size)
                    found[f"{block}.{convs}.{k}.bias"] = (wide,)
            for k in range(6):
                found |= {f"{block}.activations.{k}.act.{name}": (wide,) for name in ("alpha", "beta")}
    found |= {f"activation_post.act.{name}": (wide,) for name in ("alpha", "beta")}
    found["conv_post.weight"] = (1, wide, 7)
    if tail_bias:
        found["conv_post.bias"] = (1,)
    return found


def synchformer(width: int = 768, blocks: int = 12) -> Shapes:
    """The part of Synchformer that looks: MotionFormer, and the layer that gathers a segment's patches."""
    head = "vfeat_extractor"
    found: Shapes = {
        f"{head}.cls_token": (1, 1, width),
        f"{head}.pos_embed": (1, 197, width),
        f"{head}.temp_embed": (1, 8, width),
        f"{head}.patch_embed_3d.proj.weight": (width, 3, 2, 16, 16),
        f"{head}.patch_embed_3d.proj.bias": (width,),
        f"{head}.spatial_attn_agg.cls_token": (1, 1, width),
    }
    for i in range(blocks):
        block = f"{head}.blocks.{i}"
        for attention in ("attn", "timeattn"):
            found |= _linear(f"{block}.{attention}.qkv", width, 3 * width)
            found |= _linear(f"{block}.{attention}.proj", width, width)
        found |= _linear(f"{block}.mlp.fc1", width, 4 * width) | _linear(f"{block}.mlp.fc2", 4 * width, width)
        for norm in ("norm1", "norm2", "norm3"):
            found |= _norm(f"{block}.{norm}", width)
    gather = f"{head}.spatial_attn_agg"
    found |= _attention(f"{gather}.self_attn", width) | _norm(f"{head}.norm", width)
    found |= _linear(f"{gather}.linear1", width, 4 * width) | _linear(f"{gather}.linear2", 4 * width, width)
    return found | _norm(f"{gather}.norm1", width) | _norm(f"{gather}.norm2", width)


def clip(look: int = 1280, looks: int = 32, read: int = 1024, reads: int = 24, words: int = 49408) -> Shapes:
    """Both towers of CLIP as open_clip names them: patches of 14 × 14 in 378 × 378, and 77 tokens."""
    found: Shapes = {
        "positional_embedding": (77, read),
        "token_embedding.weight": (words, read),
        "text_projection": (read, read),
        "visual.class_embedding": (look,),
        "visual.positional_embedding": (27 * 27 + 1, look),
        "visual.conv1.weight": (look, 3, 14, 14),
        "visual.proj": (look, read),
    }
    found |= _norm("ln_final", read) | _norm("visual.ln_pre", look) | _norm("visual.ln_post", look)
    for tower, width, layers in (("visual.transformer", look, looks), ("transformer", read, reads)):
        for i in range(layers):
            block = f"{tower}.resblocks.{i}"
            found |= _attention(f"{block}.attn", width) | _norm(f"{block}.ln_1", width) | _norm(f"{block}.ln_2", width)
            found |= _linear(f"{block}.mlp.c_fc", width, 4 * width) | _linear(f"{block}.mlp.c_proj", 4 * width, width)
    return found


def plain(shapes: Mapping[str, tuple[int, ...]]) -> Shapes:
    """Weight normalisation folded, as far as names and shapes go, whichever of PyTorch's two namings it has."""
    found: Shapes = {}
    for name, shape in shapes.items():
        if name.endswith((".weight_g", ".parametrizations.weight.original0")):
            continue
        stem = name.removesuffix(".weight_v").removesuffix(".parametrizations.weight.original1")
        found[name if stem == name else f"{stem}.weight"] = shape
    return found


def _residual(name: str, wide_in: int, wide: int) -> Shapes:
    found: Shapes = {f"{name}.conv1.weight": (wide, wide_in, 3), f"{name}.conv2.weight": (wide, wide, 3)}
    if wide_in != wide:
        found[f"{name}.nin_shortcut.weight"] = (wide, wide_in, 1)
    return found


def _linear(name: str, wide_in: int, wide: int) -> Shapes:
    return {f"{name}.weight": (wide, wide_in), f"{name}.bias": (wide,)}


def _norm(name: str, wide: int) -> Shapes:
    return {f"{name}.weight": (wide,), f"{name}.bias": (wide,)}


def _attention(name: str, wide: int) -> Shapes:
    inner = {f"{name}.in_proj_weight": (3 * wide, wide), f"{name}.in_proj_bias": (3 * wide,)}
    return inner | _linear(f"{name}.out_proj", wide, wide)


LAYOUTS: dict[str, Shapes] = {
    "v1-16": autoencoder(80, 384, 20),
    "v1-44": autoencoder(128, 512, 40),
    "best_netG": bigvgan(80, (8, 8, 4, 4, 4, 4), tail_bias=True),
    "bigvgan_v2_44khz_128band_512x": bigvgan(128, (16, 8, 4, 4, 4, 4), tail_bias=False),
    "synchformer": synchformer(),
    "dfn5b-clip-vit-h-14-384": clip(),
}
"""By the name of the part."""

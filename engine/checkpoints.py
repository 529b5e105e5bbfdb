"""Weight files as others publish them: PyTorch's `.pth` and `.pt`, or safetensors in any float type.

No file can run code: PyTorch's are read with `weights_only`, which builds tensors and plain containers only. What a
file is, its first bytes say, not its ending.
"""

from __future__ import annotations

import json
import pickle
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from engine.spec import Refused

Shapes = dict[str, tuple[int, ...]]

EXPECTED = "a checkpoint (.pth, .pt or .safetensors)"
NESTED = ("generator", "state_dict")
"""Under these names a checkpoint may hold its weights next to other things."""

LONGEST_HEADER = 100_000_000
LEGACY = b"\x80\x02\x8a\nl\xfc\x9cF\xf9"
"""How PyTorch's files of before 1.6 begin: the pickled magic number."""

LOOKS = {
    "audio_input_proj.": "an MMAudio network",
    "vfeat_extractor.": "a Synchformer",
    "token_embedding.weight": "CLIP",
    "visual.": "CLIP",
    "transformer.resblocks.": "CLIP",
    "encoder.conv_in.": "a mel autoencoder",
    "decoder.conv_in.": "a mel autoencoder",
    "conv_pre.": "a BigVGAN vocoder",
    "triple_blocks.": "a HunyuanVideo-Foley network",
    "base_model.model.": "a LoRA adapter",
}
"""What a file is, told by how the name of one of its tensors begins."""


def tensors(path: Path, wanted: Callable[[str], bool] | None = None) -> dict[str, Tensor]:
    """The tensors of a file by their published names, on the CPU, in the file's own types.

    `wanted`: which names to read; the others cost nothing. PyTorch's files stay mapped rather than read.
    Raises Refused, saying what the file looks like, when it is missing, cut short or no checkpoint.
    """
    if _is_safetensors(path):
        try:
            with safe_open(path, framework="pt") as file:
                return {name: file.get_tensor(name) for name in file.offset_keys() if wanted is None or wanted(name)}
        except (SafetensorError, OSError) as error:
            raise _refused(path, "a safetensors file that is cut short or damaged") from error
    return {name: tensor for name, tensor in _state(path, "cpu").items() if wanted is None or wanted(name)}


def shapes(path: Path) -> Shapes:
    """Name → shape of every tensor in a file, without reading any of their numbers. Raises Refused like `tensors`."""
    if _is_safetensors(path):
        try:
            with safe_open(path, framework="pt") as file:
                return {name: tuple(file.get_slice(name).get_shape()) for name in file.offset_keys()}
        except (SafetensorError, OSError) as error:
            raise _refused(path, "a safetensors file that is cut short or damaged") from error
    return {name: tuple(tensor.shape) for name, tensor in _state(path, "meta").items()}


def folded(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weight normalisation (Salimans & Kingma 2016) folded into plain weights, in float32; the rest as it was.

    w = g · v / ‖v‖, the norm over all axes along which g has one number. Both of PyTorch's namings are known:
    `weight_g`, `weight_v` and `parametrizations.weight.original0`, `…original1`. Raises Refused when one is alone.
    """
    plain: dict[str, Tensor] = {}
    for name, tensor in state.items():
        for g_name, v_name in (("weight_g", "weight_v"),
                               ("parametrizations.weight.original0", "parametrizations.weight.original1")):
            if name.endswith((g_name, v_name)):
                stem = name.removesuffix(g_name).removesuffix(v_name)
                if stem + g_name not in state or stem + v_name not in state:
                    raise Refused(f"The weights are not whole: {name} stands without the other half of its "
                                  f"normalisation; download their file again.")
                plain[f"{stem}weight"] = _product(state[stem + g_name], state[stem + v_name])
                break
        else:
            plain[name] = tensor
    return plain


def _product(g: Tensor, v: Tensor) -> Tensor:
    g, v = g.float(), v.float()
    axes = [axis for axis, size in enumerate(g.shape) if size == 1]
    return v * (g / v.square().sum(axes, keepdim=True).sqrt())


def looks_like(found: Mapping[str, object]) -> str:
    """What the names of a file's tensors say that it is, in words."""
    for beginning, words in LOOKS.items():
        if any(name.startswith(beginning) for name in found):
            return words
    return f"{len(found)} tensors such as {min(found)}" if found else "a file without tensors"


def fit(module: nn.Module, state: Mapping[str, Tensor], path: Path, what: str) -> None:
    """Check that `state`, which came from `path`, is all that `module` (`what`, in words) needs, and no more.

    Raises Refused, naming the first tensor that is missing, too many or of another shape.
    """
    wanted = module.state_dict()
    trouble = ""
    for name, tensor in wanted.items():
        if name not in state:
            trouble = f"without {name}"
        elif state[name].shape != tensor.shape:
            trouble = f"with {name} of shape {_told(state[name])} instead of {_told(tensor)}"
        if trouble:
            break
    else:
        extra = next((name for name in state if name not in wanted), None)
        trouble = f"with {extra}, which does not belong there" if extra is not None else ""
    if trouble:
        raise Refused(f"The file {path} looks like {looks_like(state)} {trouble}; {what} was expected.")


def _told(tensor: Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "a single number"


def _state(path: Path, device: str) -> dict[str, Tensor]:
    """A PyTorch file's tensors by name, out of whatever nest they lie in."""
    beginning = _beginning(path)
    if not beginning.startswith((b"PK\x03\x04", LEGACY)):
        raise _refused(path, _kind(beginning))
    zipped = not beginning.startswith(LEGACY)
    if zipped and not zipfile.is_zipfile(path):
        raise _refused(path, "a PyTorch file that is cut short")
    try:
        loaded = torch.load(path, map_location=device, weights_only=True, mmap=zipped)
    except pickle.UnpicklingError as error:
        raise _refused(path, "a PyTorch file that holds more than tensors, which could run code") from error
    except (RuntimeError, EOFError, OSError, ValueError, KeyError, AttributeError, zipfile.BadZipFile) as error:
        kind = "a zip archive of something else" if zipped else "a PyTorch file that is cut short or damaged"
        raise _refused(path, kind) from error
    return _unnested(path, loaded)


def _unnested(path: Path, loaded: Any) -> dict[str, Tensor]:
    for name in NESTED:
        if isinstance(loaded, Mapping) and isinstance(loaded.get(name), Mapping):
            loaded = loaded[name]
    if isinstance(loaded, Mapping):
        found = {str(name): value for name, value in loaded.items() if isinstance(value, Tensor)}
        if found:
            return found
    raise _refused(path, "a PyTorch file without named tensors")


def _is_safetensors(path: Path) -> bool:
    beginning = _beginning(path)
    return beginning[8:9] == b"{" and int.from_bytes(beginning[:8], "little") <= LONGEST_HEADER


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(512)
    except FileNotFoundError as error:
        raise Refused(f"There is no file {path}; {EXPECTED} was expected there.") from error
    except OSError as error:
        raise Refused(f"The file {path} cannot be read ({error.strerror}); {EXPECTED} was expected there.") from error


def _kind(beginning: bytes) -> str:
    """What a file that is no checkpoint looks like."""
    if not beginning.strip(b"\0"):
        return "an empty file"
    if beginning.startswith(b"version https://git-lfs"):
        return "a Git LFS pointer, not the file that it stands for"
    if beginning.lstrip()[:1] == b"<":
        return "a web page"
    if beginning.startswith(b"\x80"):
        return "a Python pickle that is no checkpoint"
    try:
        text = beginning.decode("utf-8", errors="strict" if len(beginning) < 512 else "ignore")
    except UnicodeDecodeError:
        return "data of an unknown kind"
    if not text.isprintable() and not all(sign.isprintable() or sign.isspace() for sign in text):
        return "data of an unknown kind"
    return "JSON" if _is_json(text) else "a text file"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _refused(path: Path, kind: str) -> Refused:
    return Refused(f"The file {path} looks like {kind}; {EXPECTED} was expected; download it again.")

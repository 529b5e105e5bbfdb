"""Networks with a seed's weights, with no time or memory lost on other ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from tests.parity import weights
from tests.parity.vector import Check, Vector

Module = TypeVar("Module", bound=nn.Module)

DRAWS = {Tensor.uniform_, Tensor.normal_, Tensor.erfinv_}


class _Undrawn(TorchFunctionMode):
    """Parameters stay as the memory was: drawing starting weights for a billion of them takes longer than the check."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return args[0] if func in DRAWS else func(*args, **(kwargs or {}))


def filled(make: Callable[[], Module], seed: int, published: Callable[[str], str | None] = str) -> Module:
    """A network with every parameter and buffer of its state dict drawn, one at a time, in evaluation mode.

    `published`: our name → the published one, or None for a buffer that the network computes by itself.
    """
    with _Undrawn():
        module = make()
    with torch.no_grad():
        for name, tensor in module.state_dict(keep_vars=True).items():
            theirs = published(name)
            if theirs is not None:
                tensor.copy_(drawn(seed, theirs, tensor.shape))
    return module.eval()


def drawn(seed: int, name: str, shape: Sequence[int]) -> Tensor:
    """One published tensor."""
    return torch.from_numpy(weights.weight(seed, name, shape))


def published(seed: int, shapes: Mapping[str, Sequence[int]]) -> dict[str, Tensor]:
    """A published file's tensors, for a `load` that takes them; shapes by published name."""
    return {name: drawn(seed, name, shape) for name, shape in shapes.items()}


@contextmanager
def overheard(module: nn.Module, vector: Vector, tolerance: float,
              ours: Callable[[str], str] = str) -> Iterator[list[Check]]:
    """A list that fills, while the network runs, with checks of the outputs on the way that the vector holds.

    `ours`: the name in the trace → our module's. A name may end in the place of one output of several
    (`joint_blocks.0.latent`): then the module's output is a dict or a named tuple.
    """
    checks: list[Check] = []
    modules = dict(module.named_modules())
    hooks = []
    for trace in vector.traces:
        name, part = ours(trace), ""
        if name not in modules:
            name, _, part = name.rpartition(".")
        if name in modules:
            hooks.append(modules[name].register_forward_hook(_listener(vector, trace, part, tolerance, checks)))
    try:
        yield checks
    finally:
        for hook in hooks:
            hook.remove()


def _listener(vector: Vector, trace: str, part: str, tolerance: float, checks: list[Check]) -> Callable[..., None]:
    def listen(module: nn.Module, inputs: object, output: Any) -> None:
        if part:
            output = output[part] if isinstance(output, dict) else getattr(output, part, None)
        if isinstance(output, Tensor):
            checks.append(vector.close(f"trace/{trace}", output, tolerance))

    return listen

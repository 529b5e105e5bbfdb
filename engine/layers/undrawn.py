"""Networks whose weights come from a file: what they would begin to learn from need not be drawn first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor
from torch.nn import init
from torch.overrides import TorchFunctionMode

DRAWS = (Tensor.uniform_, Tensor.normal_, init.uniform_, init.normal_, init.kaiming_uniform_)


class Undrawn(TorchFunctionMode):
    """`with Undrawn(): net = Net()`: initial weights are whatever memory holds, in a third of the time.

    Building on the meta device would save as much, but the first draw there imports a second's worth of modules.
    """

    def __torch_function__(self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (),
                           kwargs: dict[str, Any] | None = None) -> Any:
        given = kwargs or {}
        if func in DRAWS:
            return args[0] if args else given["tensor"]
        return func(*args, **given)

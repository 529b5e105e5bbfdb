"""`python -m tests.counting_engine`: the engine's process as it ships, which counts what is in its memory.

After each job the file NETWORKS_COUNTED holds how many of MMAudio's networks there are.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

from foleydesk.workers.engine_serve import main


def make(cache: Path | None, device: str) -> Any:
    from engine.backbones.mmaudio.network import MMAudio
    from engine.service import Engine

    class Counting(Engine):
        def generate(self, *given: Any) -> Any:
            made = super().generate(*given)
            gc.collect()
            there = sum(type(thing) is MMAudio for thing in gc.get_objects())
            Path(os.environ["NETWORKS_COUNTED"]).write_text(str(there))
            return made

    return Counting(cache, device)


if __name__ == "__main__":
    main(make=make)

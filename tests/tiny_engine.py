"""`python -m tests.tiny_engine`: the engine's process as it ships, with the model of a few thousand random weights.

TINY_STEP_S makes each step of its network take so long; TINY_SAYS is printed each time, as a careless library would;
the file TINY_STEPS grows by a byte each time.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from pathlib import Path
from typing import Any

from foleydesk.workers.engine_serve import main

STEP_S = float(os.environ.get("TINY_STEP_S", "0"))
SAYS = os.environ.get("TINY_SAYS", "")
STEPS = os.environ.get("TINY_STEPS", os.devnull)


def make(cache: Path | None, device: str) -> Any:
    source = Path(__file__).parent / "engine" / "service" / "conftest.py"
    spec = importlib.util.spec_from_file_location("tiny_model", source)
    assert spec is not None and spec.loader is not None
    tiny = importlib.util.module_from_spec(spec)
    sys.modules["tiny_model"] = tiny
    spec.loader.exec_module(tiny)
    predict = tiny.TinyBackbone.predict

    def slowly(*given: Any) -> Any:
        if SAYS:
            print(SAYS, flush=True)
            os.write(1, f"{SAYS}\n".encode())
        with open(STEPS, "ab") as steps:
            steps.write(b".")
        time.sleep(STEP_S)
        return predict(*given)

    tiny.TinyBackbone.predict = slowly
    return tiny.Engine(cache=cache, device="cpu", loaders=tiny.TINY)


if __name__ == "__main__":
    main(make=make)

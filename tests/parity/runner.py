"""Finds the case for a vector, runs it, and says how far ours is."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.spec import Refused
from tests.parity import cases
from tests.parity.vector import Check, Unreadable, Vector, read

Checking = Callable[[Vector], Iterator[Check]]


@dataclass(frozen=True)
class Verdict:
    """A vector's checks, or one sentence that says why there are none."""

    file: str
    checks: tuple[Check, ...] = ()
    trouble: str = ""

    @property
    def outputs(self) -> list[Check]:
        return [check for check in self.checks if check.counts]

    @property
    def passes(self) -> bool:
        return not self.trouble and all(check.passes for check in self.outputs)

    @property
    def parting(self) -> Check | None:
        """The first output on the way that is too far off."""
        return next((check for check in self.checks if not check.counts and not check.passes), None)


def vectors(folder: Path) -> list[Path]:
    """Raises Unreadable when there are none."""
    if not folder.is_dir():
        raise Unreadable(f"There is no folder {folder}.")
    found = sorted(folder.glob("*.npz"))
    if not found:
        raise Unreadable(f"The folder {folder} holds no vectors (*.npz).")
    return found


def checking(case: str) -> Checking | None:
    """The check for a case: of the file that handles the longest beginning of its name."""
    best: tuple[int, Checking] | None = None
    for found in pkgutil.iter_modules(cases.__path__, f"{cases.__name__}."):
        module = importlib.import_module(found.name)
        for prefix in module.HANDLES:
            if case.startswith(prefix) and (best is None or len(prefix) > best[0]):
                best = len(prefix), module.check
    return best[1] if best else None


def judged(path: Path) -> Verdict:
    """Run one vector; its network is gone from memory afterwards."""
    try:
        vector = read(path)
        check = checking(vector.case)
        if check is None:
            return Verdict(path.name, trouble=f"nothing here checks the case {vector.case}.")
        with torch.no_grad():
            checks = tuple(check(vector))
    except (Unreadable, Refused) as error:
        return Verdict(path.name, trouble=str(error))
    except KeyError as error:
        return Verdict(path.name, trouble=f"it lacks {error}, which its case needs.")
    finally:
        gc.collect()
    missing = [name for name in vector.meta["outputs"]
               if not name.startswith("trace/") and name not in {check.name for check in checks}]
    if missing:
        return Verdict(path.name, checks, f"these outputs were not compared: {', '.join(missing)}.")
    if not any(check.counts for check in checks):
        return Verdict(path.name, checks, "it holds no output to compare.")
    return Verdict(path.name, checks)

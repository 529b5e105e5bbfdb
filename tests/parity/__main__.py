"""python -m tests.parity FOLDER: check every vector in a folder; exit 1 when one is not met."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

from tests.parity.runner import Verdict, judged, vectors
from tests.parity.vector import Check, Unreadable
from tests.parity.weights import check_numpy


def line(file: str, check: Check) -> str:
    error, tolerance = (f"{number:.0f}" if not check.tolerance else f"{number:.1e}"
                        for number in (check.error, check.tolerance))
    what = "differ" if not check.tolerance else "relative L2"
    verdict = "ok  " if check.passes else "OVER"
    return f"{verdict}  {file.removesuffix('.npz'):<38} {check.name:<32} {error:>8} {what}, at most {tolerance}"


def badness(check: Check) -> float:
    """How much of its tolerance a check uses; exact ones use all or nothing."""
    if not check.tolerance:
        return math.inf if check.error else 0.0
    return check.error / check.tolerance if not math.isnan(check.error) else math.inf


def told(verdicts: list[Verdict]) -> list[str]:
    """A line for each output, the worst last, then what could not be checked or where it parts."""
    checks = [(verdict.file, check) for verdict in verdicts for check in verdict.outputs]
    lines = [line(*one) for one in sorted(checks, key=lambda one: badness(one[1]))]
    for verdict in verdicts:
        if verdict.trouble:
            lines.append(f"{verdict.file}: {verdict.trouble}")
        elif not verdict.passes and verdict.parting is not None:
            at = verdict.parting
            lines.append(f"{verdict.file}: the first output on the way that differs is {at.name} ({at.error:.1e}).")
    return lines


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of vectors (*.npz)")
    folder = parser.parse_args(arguments).folder
    try:
        check_numpy()
        found = vectors(folder)
    except AssertionError:
        print("This numpy draws other random numbers than the one that the vectors were made with.", file=sys.stderr)
        return 1
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    verdicts = []
    for path in found:
        print(f"checking {path.name} …", file=sys.stderr, flush=True)
        verdicts.append(judged(path))
    print("\n".join(told(verdicts)))
    failed = sum(not verdict.passes for verdict in verdicts)
    print(f"{len(verdicts) - failed} of {len(verdicts)} vectors are met." if failed
          else f"All {len(verdicts)} vectors are met.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The demo journey for a machine without a display: the bundled clip, sounded, ranked, the best one under it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from engine.spec import OnProgress, Recipe, ignore
from foleydesk.delivery import answer, picture, span_of

PROMPT = "rustling grass, soft steps, a big animal stretches"
CANDIDATES = 4


def demo(out: Path, on_progress: OnProgress = ignore) -> Iterator[str]:
    """Write candidates, candidates.json, best.mp4 and overview.png to `out`; gives one line for each step done."""
    clip = Path(str(files("resources"))) / "demo" / "bunny.mp4"
    info = picture(clip)
    recipe = Recipe(str(clip), info.hash, span_of(info), PROMPT)
    yield f"{clip.name}: {recipe.span.seconds:.2f} s, “{PROMPT}”, {CANDIDATES} candidates."
    for rank, candidate in enumerate(answer(recipe, CANDIDATES, out, on_progress=on_progress), start=1):
        yield f"{rank}. {Path(candidate.wav).name}  {candidate.card.total:.2f}  {candidate.card.says}"
    yield f"The best one under the picture: {out / 'best.mp4'}"
    yield f"The timeline: {out / 'overview.png'}"

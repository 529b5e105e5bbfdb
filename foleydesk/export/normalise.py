"""How much louder a mix must be to meet a norm, with a ceiling that wins over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.spec import OnProgress, Refused, ignore
from foleydesk.export.render import RenderPlan, blocks
from foleydesk.playback.loudness import SILENCE_LUFS, Loudness, Meter
from foleydesk.playback.mixer import CHANNELS

LOUDEST_CEILING_DB, LOWEST_CEILING_DB = 0.0, -20.0


class Norm(StrEnum):
    """What a mix is to be as loud as."""

    NONE = "none"
    R128 = "r128"
    A85 = "a85"


TARGETS = {Norm.R128: -23.0, Norm.A85: -24.0}
"""LUFS, integrated: EBU R 128; ATSC A/85 (LKFS, the same scale)."""
CEILINGS = {Norm.NONE: 0.0, Norm.R128: -1.0, Norm.A85: -2.0}
"""dBTP that each norm allows at most."""
TITLES = {Norm.NONE: "no norm", Norm.R128: "EBU R 128 (−23 LUFS)", Norm.A85: "ATSC A/85 (−24 LKFS)"}


@dataclass(frozen=True)
class Levelling:
    """What was measured, and the gain that follows; `short_db` is how much the ceiling kept from the target."""

    norm: Norm
    ceiling_db: float
    before: Loudness | None = None
    gain_db: float = 0.0
    short_db: float = 0.0

    @property
    def gain(self) -> float:
        return float(10 ** (self.gain_db / 20))

    @property
    def says(self) -> str:
        """A sentence when there is something to say."""
        if self.before is None:
            return ""
        if self.short_db > 0:
            return (
                f"The mix stays {self.short_db:.1f} LU under {TITLES[self.norm]}: its peaks meet the ceiling of "
                f"{self.ceiling_db:.1f} dBTP; even them out with gains and fades."
            )
        return ""


def ceiling_of(norm: Norm, ceiling_db: float | None) -> float:
    """The ceiling that was asked for, or the norm's own. Raises Refused for one that makes no sense."""
    chosen = CEILINGS[norm] if ceiling_db is None else ceiling_db
    if not LOWEST_CEILING_DB <= chosen <= LOUDEST_CEILING_DB:
        raise Refused(f"A ceiling of {chosen:g} dBTP cannot be used; give one from {LOWEST_CEILING_DB:g} to 0.")
    return chosen


def levelling(
    plan: RenderPlan, norm: Norm, ceiling_db: float | None = None, on_progress: OnProgress = ignore
) -> Levelling:
    """Measure the mix and say by how much it is to change. One gain for all of it: nothing is compressed or limited."""
    ceiling = ceiling_of(norm, ceiling_db)
    if norm is Norm.NONE:
        return Levelling(norm, ceiling)
    meter = Meter(CHANNELS)
    for block in blocks(plan, on_progress, "Measuring"):
        meter.add(block)
    found = meter.result()
    if found.lufs <= SILENCE_LUFS:
        return Levelling(norm, ceiling, found)
    wanted = TARGETS[norm] - found.lufs
    given = min(wanted, ceiling - found.peak_db)
    return Levelling(norm, ceiling, found, given, max(0.0, wanted - given) if wanted - given > 0.05 else 0.0)

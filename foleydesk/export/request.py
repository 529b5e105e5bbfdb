"""What is to be delivered, as a frozen request, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.spec import Refused
from foleydesk.export.normalise import Levelling, Norm
from foleydesk.export.ucs import Naming, block
from foleydesk.playback.loudness import Loudness

MOST_HANDLES_S = 60.0


class Format(StrEnum):
    """Every format that a delivery may hold; the value is what the command line calls it."""

    MIX = "mix"
    STEMS = "stems"
    CLIPS = "clips"
    MP4 = "mp4"
    MOV = "mov"
    REAPER = "rpp"
    OTIO = "otio"
    FCP7 = "fcp7"
    AAF = "aaf"
    CSV = "csv"
    EDL = "edl"
    MIDI = "midi"


TITLES = {
    Format.MIX: "Mix (BWF)",
    Format.STEMS: "Stems, one a track (BWF)",
    Format.CLIPS: "Clips, each a file (BWF)",
    Format.MP4: "Video (MP4, picture copied)",
    Format.MOV: "Video (MOV, picture copied, 24 bit)",
    Format.REAPER: "Reaper project",
    Format.OTIO: "OpenTimelineIO",
    Format.FCP7: "Final Cut Pro 7 XML",
    Format.AAF: "AAF, linked",
    Format.CSV: "Cue list (CSV)",
    Format.EDL: "Marker list (CMX3600 EDL)",
    Format.MIDI: "Markers (MIDI file, Pro Tools reads it)",
}
NEEDS_PICTURE = frozenset({Format.MP4, Format.MOV})
NEEDS_PIECES = frozenset({Format.CLIPS, Format.OTIO, Format.FCP7, Format.AAF})


@dataclass(frozen=True)
class Delivery:
    """Which formats, into which folder, under which name, how loud."""

    out: Path
    formats: tuple[Format, ...]
    name: str = ""
    """Of the files; empty: the project's."""
    bext: bool = True
    """Whether sound files say where they belong; without, they are plain WAV."""
    norm: Norm = Norm.NONE
    ceiling_db: float | None = None
    """dBTP; None: what the norm allows."""
    handles_s: float = 1.0
    """Beyond the edges of clips."""
    naming: Naming | None = None
    """How clips and takes are named by the Universal Category System; None: by title."""
    made: datetime = field(default_factory=datetime.now)

    def checked(self) -> Delivery:
        """The request with every format once, in the order of writing. Raises Refused for one that makes no sense."""
        if not self.formats:
            raise Refused(f"Choose at least one format: {', '.join(Format)}.")
        if not 0 <= self.handles_s <= MOST_HANDLES_S:
            raise Refused(f"Handles of {self.handles_s:g} s cannot be made; give 0 to {MOST_HANDLES_S:g}.")
        if self.naming is not None and not (block(self.naming.creator) and block(self.naming.source)):
            raise Refused("UCS names need a creator and a source, such as your initials and the show's abbreviation.")
        ordered = tuple(one for one in Format if one in self.formats)
        return replace(self, out=Path(self.out), formats=ordered, name=block(self.name))

    def as_data(self) -> dict[str, Any]:
        """Plain data, enough to ask for the same again."""
        return {
            "out": str(self.out),
            "formats": [str(one) for one in self.formats],
            "name": self.name,
            "bext": self.bext,
            "norm": str(self.norm),
            "ceiling_db": self.ceiling_db,
            "handles_s": self.handles_s,
            "naming": vars(self.naming) if self.naming else None,
        }

    @staticmethod
    def of_data(data: Mapping[str, Any]) -> Delivery:
        """From `as_data`; what it does not name is as usual. Raises Refused when it is damaged."""
        try:
            naming = data.get("naming")
            return Delivery(
                Path(data["out"]), tuple(Format(one) for one in data["formats"]), str(data.get("name", "")),
                bool(data.get("bext", True)), Norm(data.get("norm", Norm.NONE)), data.get("ceiling_db"),
                float(data.get("handles_s", 1.0)), Naming(**naming) if naming else None,
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise Refused("It is not known any more what was to be delivered; ask for it again.") from error


@dataclass(frozen=True)
class Written:
    """A file of a delivery. `name` is its path below the delivery's folder; sound files say how they sound."""

    format: Format
    name: str
    length: int = 0
    loudness: Loudness | None = None
    says: str = ""


@dataclass(frozen=True)
class Delivered:
    """What lies in `out` now. `remarks` are sentences that the one who asked should read."""

    out: Path
    files: tuple[Written, ...]
    levelling: Levelling
    remarks: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        count = len(self.files)
        return " ".join((f"Delivered {count} file{'' if count == 1 else 's'} to {self.out}.", *self.remarks))


def formats_of(words: Iterable[str]) -> tuple[Format, ...]:
    """Formats by what the command line calls them; "all" is every one. Raises Refused."""
    found: list[Format] = []
    for word in words:
        if word == "all":
            found += list(Format)
        elif word in set(Format):
            found.append(Format(word))
        else:
            raise Refused(f"There is no format {word}; there are {', '.join(Format)}, and all.")
    return tuple(dict.fromkeys(found))

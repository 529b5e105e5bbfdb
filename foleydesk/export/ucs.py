"""File names by the Universal Category System: its table of categories, names built and judged, previews of a cue's.

A name is `CatID[-UserCategory]_[VendorCategory-]FXName_CreatorID_SourceID[_UserData]`; the underscore parts blocks and
stands nowhere else. Source: UCS file naming convention, list 8.2.1 (resources/ucs/CREDITS.md).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from engine.spec import Refused
from foleydesk.paths import resources

if TYPE_CHECKING:
    from foleydesk.document.project import Cue

BLOCKS = 4
"""That every name has: category, title, creator, source."""
TITLE_LENGTH = 25
"""Characters of a title that the convention prefers; a built one is cut there at a word's end."""
LONGEST = 200
"""Characters of a whole name; file systems take 255 bytes, and an ending and a number come to it."""
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
"""What some file system does not take in a name."""
OF_TRACK = {"feet": "FOLYFeet", "props": "FOLYProp", "cloth": "FOLYClth", "ambience": "AMBMisc"}
"""The category of a cue that names none, by the track it lies on."""
ANY = "FOLYMisc"
SPOKEN = {
    "FOLYFeet": ("steps", "footsteps", "boots", "shoes", "heels", "walk", "run"),
    "FOLYClth": ("clothes", "jacket", "rustle", "fabric", "sleeve"),
    "FOLYHand": ("grab", "pat", "touch", "clap"),
    "FOLYProp": ("object", "handling", "pick up", "put down"),
    "FEETHors": ("hoof", "hooves", "clop", "gallop"),
    "FEETHmn": ("steps", "footsteps", "boots", "shoes"),
}
"""What people on a Foley stage call some of them."""
SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "into", "its", "of", "off", "on", "onto", "or", "over", "the",
     "to", "under", "with")
)  # fmt: skip
"""A title does not end with one of these."""


@dataclass(frozen=True)
class Category:
    """One line of the list, such as FOLYFeet: FOLEY, FEET."""

    id: str
    category: str
    subcategory: str

    @property
    def full(self) -> str:
        return f"{self.category}-{self.subcategory}"

    @property
    def text(self) -> str:
        """What a search looks through."""
        return " ".join((self.id, self.full, *SPOKEN.get(self.id, ()))).lower()


@dataclass(frozen=True)
class Name:
    """The blocks of a file name, without its ending."""

    category: str
    title: str
    creator: str
    source: str
    user_category: str = ""
    vendor_category: str = ""
    data: str = ""

    def __str__(self) -> str:
        head = f"{self.category}-{self.user_category}" if self.user_category else self.category
        title = f"{self.vendor_category}-{self.title}" if self.vendor_category else self.title
        return "_".join((head, title, self.creator, self.source, *([self.data] if self.data else [])))


@dataclass(frozen=True)
class Remark:
    """One sentence about a name. `grave`: it is no UCS name so."""

    says: str
    grave: bool = True


@dataclass(frozen=True)
class Naming:
    """What a delivery's names share. Creator and source are yours: initials, and the show or an abbreviation of it."""

    creator: str
    source: str
    user_category: str = ""


@dataclass(frozen=True)
class Preview:
    """The name that a cue's file would get, and what is to be said about it."""

    name: Name
    file: str
    remarks: tuple[Remark, ...]

    @property
    def valid(self) -> bool:
        return not any(remark.grave for remark in self.remarks)


@cache
def categories() -> Mapping[str, Category]:
    """All of the list, by CatID, in its order."""
    table = resources() / "ucs" / "categories.tsv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {row[0]: Category(row[0], row[1], row[2]) for row in rows}


def category(words: str) -> Category | None:
    """The category that is meant by a CatID or by "FOOTSTEPS-HUMAN", whatever the case; None when there is none."""
    return _by_words().get(_plain(words))


def searched(words: str) -> tuple[Category, ...]:
    """The categories that have every word in their name, or in what people call them; in the list's order."""
    wanted = words.lower().split()
    return tuple(one for one in categories().values() if all(word in one.text for word in wanted))


def parse(stem: str) -> Name:
    """The blocks of a name without its ending. Raises Refused when they are too few; `remarks` judges what is there."""
    blocks = stem.split("_", BLOCKS)
    if len(blocks) < BLOCKS:
        raise Refused(f"{stem} is no UCS name: it has {len(blocks)} of the blocks CatID_FXName_CreatorID_SourceID.")
    head, _, user = blocks[0].partition("-")
    vendor, dash, title = blocks[1].partition("-")
    if not dash:
        vendor, title = "", blocks[1]
    return Name(head, title, blocks[2], blocks[3], user, vendor, blocks[4] if len(blocks) > BLOCKS else "")


def remarks(name: Name) -> tuple[Remark, ...]:
    """What is wrong with a name, or could be better, in its own order; empty for a good one."""
    found = [*_about_category(name.category)]
    for what, block in (
        ("title", name.title), ("creator", name.creator), ("source", name.source),
    ):  # fmt: skip
        if not block.strip():
            found.append(Remark(f"The {what} is missing."))
    for what, block in _parts(name):
        found += _about_block(what, block)
    if "-" in name.user_category:
        found.append(Remark("The user category may hold no hyphen: it stands before it."))
    if len(str(name)) > LONGEST:
        found.append(Remark(f"The name has {len(str(name))} characters; {LONGEST} at most fit everywhere."))
    if len(name.title) > TITLE_LENGTH:
        found.append(Remark(f"The title has {len(name.title)} characters; {TITLE_LENGTH} are read at a glance.", False))
    return tuple(found)


def preview(cue: Cue, naming: Naming, track: str = "", data: str = "", ending: str = ".wav") -> Preview:
    """The name of the file of a cue on a track. Without a category of its own the track says which."""
    meant = category(cue.category) if cue.category.strip() else None
    said: list[Remark] = []
    if meant is None:
        meant = categories()[OF_TRACK.get(track.lower(), ANY)]
        if cue.category.strip():
            said.append(Remark(f"“{cue.category}” is no UCS category; {meant.id} was taken.", False))
        else:
            said.append(Remark(f"The cue has no category; {meant.id} was taken.", False))
    name = Name(
        meant.id, title(cue.prompt) or meant.subcategory.title(), block(naming.creator), block(naming.source),
        user_category=block(naming.user_category).replace("-", " "), data=block(data),
    )  # fmt: skip
    return Preview(name, f"{name}{ending}", (*said, *remarks(name)))


def title(prompt: str) -> str:
    """A prompt as a title: the words that fit into its length, without what parts blocks. “a boot steps on dry
    leaves, close” is “Boot Steps On Dry Leaves”."""
    words = block(prompt).replace("-", " ").replace(",", " ").replace(".", " ").split()
    while words and words[0].lower() in ("a", "an", "the"):
        words.pop(0)
    taken = ""
    for word in words:
        longer = f"{taken} {word[:1].upper()}{word[1:]}".strip()
        if taken and len(longer) > TITLE_LENGTH:
            break
        taken = longer
    while len(taken.split()) > 1 and taken.split()[-1].lower() in SMALL_WORDS:
        taken = " ".join(taken.split()[:-1])
    return taken[:TITLE_LENGTH].strip()


def block(words: str) -> str:
    """Words as a block may hold them: no underscore, nothing that a file system refuses, no spaces at the ends."""
    return " ".join(FORBIDDEN.sub(" ", words.replace("_", " ")).split()).strip(". ")


def _parts(name: Name) -> tuple[tuple[str, str], ...]:
    return (
        ("user category", name.user_category), ("vendor category", name.vendor_category), ("title", name.title),
        ("creator", name.creator), ("source", name.source), ("user data", name.data),
    )  # fmt: skip


def _about_category(words: str) -> list[Remark]:
    if words in categories():
        return []
    meant = category(words)
    if meant is not None:
        return [Remark(f"{words} must be written {meant.id}: the list's own case is kept.")]
    return [Remark(f"{words or 'Nothing'} is not in the list of categories; choose one such as {ANY}.")]


def _about_block(what: str, words: str) -> list[Remark]:
    found = []
    if "_" in words and what != "user data":
        found.append(Remark(f"The {what} may hold no underscore: it parts the blocks."))
    if bad := FORBIDDEN.search(words):
        found.append(Remark(f"The {what} may not hold {bad.group()!r}: some file systems refuse it."))
    if words != words.strip():
        found.append(Remark(f"The {what} begins or ends with a space."))
    return found


def _plain(words: str) -> str:
    return re.sub(r"[\s\-_/]+", "-", words.strip().lower())


@cache
def _by_words() -> Mapping[str, Category]:
    found = {_plain(one.full): one for one in categories().values()}
    return found | {_plain(one.id): one for one in categories().values()}

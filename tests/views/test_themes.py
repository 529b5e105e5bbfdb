"""Both themes can be read: text stands out from everything that it lies on, as WCAG 2.2 counts it."""

from __future__ import annotations

import re

import pytest

from foleydesk.paths import resources
from foleydesk.views.look import icon
from foleydesk.views.themes import DARK, LIGHT, THEMES, TRACKS

TEXT = 4.5
SIGN = 3.0
"""The least contrast of text, and of what is no text but says something."""
GROUNDS = ("ground", "lane", "panel", "card", "card-lit", "row-lit", "control", "control-lit", "field", "news")
ON = {
    "text": (*GROUNDS, "refusal"),
    "soft": ("ground", "lane", "panel", "card", "card-lit", "row-lit", "control", "control-lit", "field"),
    "dim": ("ground", "lane", "panel", "card", "card-lit", "field"),
    "accent": ("ground", "lane", "panel", "card", "card-lit", "control", "news", "refusal"),
    "on-accent": ("accent", "accent-lit", "accent-low"),
    "poor": ("panel", "card"),
    "good": ("panel", "card"),
    "blue": ("panel", "card"),
    "refusal-text": ("refusal",),
    "on-screen": ("screen",),
    "on-screen-soft": ("screen",),
}
SIGNS = {"good": ("trough",), "fair": ("trough",), "poor": ("trough",), "playhead": ("lane", "screen"), "edge-lit": ()}


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read(name: str) -> None:
    tones = THEMES[name]
    weak = [
        (ink, ground, round(contrast(tones[ink], tones[ground]), 2))
        for ink, grounds in ON.items()
        for ground in grounds
        if contrast(tones[ink], tones[ground]) < TEXT
    ]
    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_signs_can_be_seen(name: str) -> None:
    tones = THEMES[name]
    weak = [
        (ink, ground, round(contrast(tones[ink], tones[ground]), 2))
        for ink, grounds in SIGNS.items()
        for ground in grounds
        if contrast(tones[ink], tones[ground]) < SIGN
    ]
    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_clips_can_be_read(name: str) -> None:
    for body, wave in TRACKS[name]:
        assert contrast(THEMES[name]["text"], body) >= TEXT
        assert contrast(wave, body) >= SIGN


def test_both_themes_have_every_tone_and_the_style_sheet_knows_no_other_colour() -> None:
    assert DARK.keys() == LIGHT.keys()
    sheet = (resources() / "styles" / "desk.qss").read_text(encoding="utf-8")
    assert re.findall(r":\s*#[0-9a-fA-F]{3,6}\b", sheet) == []
    named = set(re.findall(r"@([a-z-]+)", sheet)) - {"mono", "icons", "theme"}
    assert {name for name in named if name not in DARK and name.split("-")[0] not in DARK} == set()


def test_icons_take_the_tone_of_the_theme(qapp) -> None:
    for file in sorted((resources() / "icons").glob("*.svg")):
        text = file.read_text(encoding="utf-8")
        assert "viewBox" in text and "<image" not in text, file.name
        if file.stem not in ("foleydesk", "check-dark", "check-light", "down-dark", "down-light"):
            assert "currentColor" in text and not re.search(r"#[0-9a-f]{6}", text), file.name
        drawn = icon(file.stem).pixmap(32, 32).toImage()
        assert any(drawn.pixelColor(x, y).alpha() for x in range(32) for y in range(32)), file.name

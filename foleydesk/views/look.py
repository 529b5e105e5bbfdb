"""Tones, type and the style sheet: dark and quiet, one accent, so that picture and spectrogram carry the colour."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

TONES = {
    "ground": "#191a1d",
    "lane": "#1b1c20",
    "panel": "#1e2024",
    "card": "#22252a",
    "card-lit": "#2b2a26",
    "row-lit": "#2a3140",
    "control": "#2a2d33",
    "control-lit": "#343840",
    "field": "#141518",
    "line": "#2b2e34",
    "edge": "#3a3e46",
    "text": "#e8e9eb",
    "soft": "#a6abb3",
    "dim": "#8d929b",
    "accent": "#e8b04a",
    "on-accent": "#1b1508",
    "good": "#6fc3a8",
    "fair": "#d9a35b",
    "poor": "#d36a5e",
    "trough": "#34383f",
    "playhead": "#ff5a4e",
    "blue": "#8aa4ea",
}
"""Every colour of the window but those of the tracks."""

TRACK_TONES = (("#24423a", "#69b89c"), ("#524122", "#dba54f"), ("#272f4a", "#8aa4ea"), ("#3b2c46", "#bd8ed6"))
"""(body, wave) of the first four tracks; later ones begin again."""

SANS = ("Inter", "SF Pro Text", "Segoe UI", "Noto Sans", "Cantarell", "Ubuntu", "Open Sans", "DejaVu Sans Condensed")
MONO = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "Consolas", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono")
TEXT_PX = 13
SMALL_PX = 12
GRID = 4


def tone(name: str, alpha: float = 1.0) -> QColor:
    """The named colour."""
    colour = QColor(TONES[name])
    colour.setAlphaF(alpha)
    return colour


def track_tones(index: int) -> tuple[QColor, QColor]:
    """(body, wave) of a track's colour."""
    body, wave = TRACK_TONES[index % len(TRACK_TONES)]
    return QColor(body), QColor(wave)


@cache
def _present(which: tuple[str, ...]) -> list[str]:
    known = set(QFontDatabase.families())
    return [family for family in which if family in known] or list(which[-1:])


def sans(px: int = TEXT_PX, bold: bool = False) -> QFont:
    font = QFont(_present(SANS))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def small() -> QFont:
    return sans(SMALL_PX)


def mono(px: int = SMALL_PX) -> QFont:
    """Figures of one width, for time."""
    font = QFont(_present(MONO))
    font.setPixelSize(px)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def icon(name: str) -> QIcon:
    """An icon of resources/icons by its file's stem."""
    return QIcon(str(files("resources") / "icons" / f"{name}.svg"))


def style_sheet() -> str:
    """The style sheet with the tones put in for their names (`@accent`)."""
    sheet = (files("resources") / "styles" / "desk.qss").read_text(encoding="utf-8")
    for name in sorted(TONES, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", TONES[name])
    return sheet.replace("@mono", ", ".join(f'"{family}"' for family in _present(MONO)))


def palette() -> QPalette:
    colours = QPalette()
    role = QPalette.ColorRole
    for which, name in {
        role.Window: "panel", role.Base: "field", role.AlternateBase: "card", role.Button: "control",
        role.WindowText: "text", role.Text: "text", role.ButtonText: "text", role.BrightText: "text",
        role.ToolTipBase: "control", role.ToolTipText: "text", role.PlaceholderText: "dim",
        role.Highlight: "accent", role.HighlightedText: "on-accent", role.Link: "accent",
    }.items():  # fmt: skip
        colours.setColor(which, tone(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, which, QColor("#5d626b"))
    return colours


def dress(app: QApplication) -> None:
    """Give the whole program its look."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(sans())
    app.setStyleSheet(style_sheet())

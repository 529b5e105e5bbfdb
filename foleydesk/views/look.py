"""Tones, type, icons and the style sheet, in the theme that is in force."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from foleydesk.views.themes import THEMES, TRACKS

TONES = dict(THEMES["dark"])
"""Every colour of the window but those of the tracks, as the theme in force has them."""

SANS = ("Inter", "SF Pro Text", "Segoe UI", "Noto Sans", "Cantarell", "Ubuntu", "Open Sans", "DejaVu Sans Condensed")
MONO = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "Consolas", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono")
TEXT_PX = 13
SMALL_PX = 12
ICON_SIZES = (16, 24, 32, 48, 64)
DRAWING = "drawing"
"""The property of a button that says which icon it shows."""
_theme = "dark"


def tone(name: str, alpha: float = 1.0) -> QColor:
    """The named colour."""
    colour = QColor(TONES[name])
    colour.setAlphaF(alpha)
    return colour


def track_tones(index: int) -> tuple[QColor, QColor]:
    """(body, wave) of a track's colour."""
    tones = TRACKS[_theme]
    body, wave = tones[index % len(tones)]
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
    """An icon of resources/icons by its file's stem, in the theme's tones: as it is, greyed, and switched on."""
    drawn = (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, "text"),
        (QIcon.Mode.Disabled, QIcon.State.Off, "off"),
        (QIcon.Mode.Normal, QIcon.State.On, "accent"),
    )
    made = QIcon()
    for mode, state, ink in states if "currentColor" in drawn else states[:1]:
        svg = QSvgRenderer(QByteArray(drawn.replace("currentColor", TONES[ink]).encode()))
        for px in ICON_SIZES:
            pixmap = QPixmap(px, px)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            svg.render(painter)
            painter.end()
            made.addPixmap(pixmap, mode, state)
    return made


def draw(button: QAbstractButton, name: str) -> None:
    """Show an icon on it, also when the theme changes."""
    if button.property(DRAWING) != name:
        button.setProperty(DRAWING, name)
        button.setIcon(icon(name))


def style_sheet() -> str:
    """The style sheet with the tones put in for their names (`@accent`)."""
    sheet = (files("resources") / "styles" / "desk.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@icons", (files("resources") / "icons").as_posix()).replace("@theme", _theme)  # type: ignore
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
        colours.setColor(QPalette.ColorGroup.Disabled, which, tone("off"))
    return colours


def dress(app: QApplication, theme: str = "dark") -> None:
    """Give the whole program its look: `theme` is dark, light, or the system's own. At once, in every window."""
    global _theme
    _theme = meant(theme)
    TONES.update(THEMES[_theme])
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(sans())
    app.setStyleSheet(style_sheet())
    for widget in app.allWidgets():
        drawing = widget.property(DRAWING)
        if drawing and isinstance(widget, QAbstractButton):
            widget.setIcon(icon(drawing))
        widget.update()


def meant(theme: str) -> str:
    """Dark or light, also where the system is asked."""
    if theme == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return "light" if scheme == Qt.ColorScheme.Light else "dark"
    return theme if theme in THEMES else "dark"


def theme_in_force() -> str:
    return _theme

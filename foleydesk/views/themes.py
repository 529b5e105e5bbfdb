"""The colours of the window: dark and quiet, or light. One accent; picture and spectrogram carry the rest."""

from __future__ import annotations

DARK = {
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
    "edge-lit": "#4a4f59",
    "text": "#e8e9eb",
    "soft": "#a6abb3",
    "dim": "#959aa3",
    "off": "#6a6f78",
    "accent": "#e8b04a",
    "accent-lit": "#f2bf60",
    "accent-low": "#cf9a3c",
    "on-accent": "#1b1508",
    "good": "#6fc3a8",
    "fair": "#d9a35b",
    "poor": "#e07b6f",
    "trough": "#34383f",
    "playhead": "#ff5a4e",
    "blue": "#8aa4ea",
    "refusal": "#33241f",
    "refusal-text": "#f0a79c",
    "news": "#262a2f",
    "screen": "#141518",
    "on-screen": "#e8e9eb",
    "on-screen-soft": "#a6abb3",
    "screen-accent": "#e8b04a",
}

LIGHT = {
    "ground": "#e3e5e8",
    "lane": "#eff0f2",
    "panel": "#f0f1f3",
    "card": "#f8f9fa",
    "card-lit": "#fdf4de",
    "row-lit": "#d6e1f5",
    "control": "#fdfdfe",
    "control-lit": "#e4e7eb",
    "field": "#ffffff",
    "line": "#cdd1d7",
    "edge": "#a4aab4",
    "edge-lit": "#7d848f",
    "text": "#1a1c20",
    "soft": "#454a52",
    "dim": "#525861",
    "off": "#868c96",
    "accent": "#875800",
    "accent-lit": "#6f4800",
    "accent-low": "#5c3b00",
    "on-accent": "#ffffff",
    "good": "#176b4f",
    "fair": "#835407",
    "poor": "#a62c22",
    "trough": "#cdd1d7",
    "playhead": "#d4241a",
    "blue": "#2b51b0",
    "refusal": "#fbe6e1",
    "refusal-text": "#8c2016",
    "news": "#e6ebf3",
    "screen": "#141518",
    "on-screen": "#e8e9eb",
    "on-screen-soft": "#a6abb3",
    "screen-accent": "#e8b04a",
}
"""`screen` and what lies on it stay dark: pictures and spectrograms are seen against it."""

THEMES = {"dark": DARK, "light": LIGHT}

TRACKS = {
    "dark": (("#24423a", "#69b89c"), ("#524122", "#dba54f"), ("#272f4a", "#8aa4ea"), ("#3b2c46", "#bd8ed6")),
    "light": (("#cfe6dc", "#1f7a5b"), ("#f3e2bd", "#8f6006"), ("#d4def6", "#3458b8"), ("#e7d8f0", "#7b3fa0")),
}
"""(body, wave) of the first four tracks; later ones begin again."""

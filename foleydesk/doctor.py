"""What this machine can do, and what to do about what is missing. Each check is one function that gives findings."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.registry import data_home, models
from engine.spec import Refused

GB = 1e9
ROOM_GB = 2.0
"""Less free space than this is worth a word: an hour of takes and a proxy need about so much."""
DECODERS = ("h264", "hevc", "prores", "vp9", "av1", "mjpeg")
ENCODERS = ("libx264", "aac", "pcm_s24le")
LIBRARIES = "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1"


@dataclass(frozen=True)
class Finding:
    """One line of the report; `remedy` says what to do, and `needed` that nothing works without it."""

    name: str
    says: str
    fine: bool = True
    remedy: str = ""
    needed: bool = False


def examine() -> Iterator[Finding]:
    """Every finding, each as soon as it is known. Loads torch and Qt."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python, _devices, _models, _codecs, _sound_output, _window, _storage,
    )  # fmt: skip
    for check in checks:
        yield from check()


def _python() -> Iterator[Finding]:
    says = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} CPU cores"
    yield Finding("Python", says)


def _devices() -> Iterator[Finding]:
    try:
        import torch

        from engine.memory import devices
    except (ImportError, OSError) as error:
        yield Finding("Compute", f"torch cannot be loaded ({error})", False, "Install Foleydesk again.", needed=True)
        return
    for device in devices():
        yield Finding(f"Device {device.name}", device.says)
    if not torch.cuda.is_available() and sys.platform != "darwin":
        remedy = "Everything works on the CPU, only slower; with an NVIDIA card, install its driver."
        yield Finding("GPU", "none that torch can use", False, remedy)


def _models() -> Iterator[Finding]:
    try:
        cards = models()
    except Refused as refusal:
        yield Finding("Models", str(refusal), False, needed=True)
        return
    if not cards:
        remedy = "Install Foleydesk again: the bundled model belongs to it."
        yield Finding("Models", "none installed", False, remedy, needed=True)
    for card in cards:
        damaged = [role for role in card.files if _damage(card.path(role), card.file(role).bytes)]
        says = f"{card.parameters / 1e6:.1f} M parameters, {card.sample_rate / 1000:g} kHz, {card.licence}"
        if damaged:
            says = f"damaged or incomplete: {', '.join(damaged)}"
        yield Finding(f"Model {card.name}", says, not damaged, "Install the model again." if damaged else "", True)


def _damage(path: Path, size: int) -> bool:
    return not path.is_file() or path.stat().st_size != size


def _codecs() -> Iterator[Finding]:
    from av.codec import Codec, codecs_available

    def there(name: str, mode: str) -> bool:
        try:
            return name in codecs_available and Codec(name, mode) is not None  # type: ignore[arg-type]
        except ValueError:
            return False

    for title, names, mode in (("Video that can be read", DECODERS, "r"), ("Files that can be written", ENCODERS, "w")):
        found = [name for name in names if there(name, mode)]
        lacking = [name for name in names if name not in found]
        says = ", ".join(found) + (f"; not {', '.join(lacking)}" if lacking else "")
        yield Finding(title, says, bool(found), "" if found else "Install the package av from its wheel.", needed=True)


def _sound_output() -> Iterator[Finding]:
    without = "Playback runs on a clock without sound; everything else works."
    try:
        import sounddevice
    except (ImportError, OSError) as error:
        remedy = f"{without} On Debian: apt-get install libportaudio2."
        yield Finding("Sound output", f"PortAudio is missing ({error})", False, remedy)
        return
    try:
        device = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError):
        yield Finding("Sound output", "no device", False, without)
        return
    yield Finding("Sound output", f"{device['name']}, {device['default_samplerate'] / 1000:g} kHz")


def _window() -> Iterator[Finding]:
    from foleydesk.display import has_display

    try:
        from PySide6 import QtGui, __version__
    except ImportError as error:
        yield Finding("Window", f"Qt cannot start ({error})", False, f"On Debian: apt-get install {LIBRARIES}.")
        return
    del QtGui
    if has_display():
        yield Finding("Window", f"Qt {__version__}, a display is there")
    else:
        remedy = "`foleydesk generate`, `rank`, `spot` and `demo` work without one."
        yield Finding("Window", f"Qt {__version__}, but no display", False, remedy)


def _storage() -> Iterator[Finding]:
    home = data_home()
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free / GB
    if not os.access(existing, os.W_OK):
        remedy = "Set FOLEYDESK_HOME to a folder that you may write."
        yield Finding("Your files", f"{home} cannot be written", False, remedy, needed=True)
        return
    enough = free >= ROOM_GB
    yield Finding("Your files", f"{home}, {free:.0f} GB free", enough, "" if enough else "Free some disk space.")

"""A whole job without the mouse: from an empty window to the files for the mix, every step a key on the real window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import rpp
import soundfile
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from wavinfo import WavInfoReader

from engine.media.probe import probe
from foleydesk.document.project import DEFAULT_MODEL, Cue, Project
from foleydesk.export.request import Format
from foleydesk.views.main_window import MainWindow

CLIPS = Path(__file__).resolve().parents[3] / "shared" / "clips"
WAIT_MS = 240_000
LISTEN_MS = 250
MOST_TABS = 80
MOST_TRIES, AGAIN_MS = 40, 400
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NOTHING = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
WANTED = (Format.STEMS, Format.MP4, Format.REAPER, Format.CSV)
"""What is chosen besides the mix."""


@pytest.fixture(params=["the demo's clip", "condfoley_hitting_metal.mp4"])
def clip(request: pytest.FixtureRequest, bunny: Path, tmp_path: Path) -> Path:
    """A film in a folder of its own."""
    source = bunny if request.param == "the demo's clip" else CLIPS / request.param
    if not source.exists():
        pytest.skip(f"{source.name} does not come with the program")
    folder = tmp_path / "film"
    folder.mkdir()
    return Path(shutil.copy(source, folder / source.name))


@pytest.fixture
def quick_model(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model that a new project chooses is one of a few thousand weights."""
    folder = (tiny_home / "models" / "tiny").rename(tiny_home / "models" / DEFAULT_MODEL)
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, "name": DEFAULT_MODEL}))
    monkeypatch.setattr("foleydesk.workers.engine_process.MODULE", "tests.tiny_engine")


class Keyboard:
    """Two hands on it, and none on a mouse: keys go to what has the focus."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = NOTHING) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, keys)

    def write(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit), "there is a field to write in"
        QTest.keyClicks(focused, words)

    def go(self, time: str) -> None:
        """To a time that is typed."""
        self.press(Qt.Key.Key_G, CONTROL)
        self.write(time)
        self.press(Qt.Key.Key_Return)

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(MOST_TABS):
            if widget.hasFocus():
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {widget.accessibleName() or widget}")

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=WAIT_MS)

    @property
    def project(self) -> Project:
        project = self.window.studio.project
        assert project is not None
        return project


@pytest.fixture
def hands(quick_model: None, make_window: Callable[[], MainWindow], qtbot: QtBot) -> Keyboard:
    return Keyboard(make_window(), qtbot)


def test_a_clip_is_sounded_from_opening_to_delivery(hands: Keyboard, clip: Path, tmp_path: Path) -> None:
    opened(hands, clip)
    watched_at_half_speed(hands)
    first = cue_of(hands, "0.4 s", "1.2 s", "a stick hits a metal rail, close, dry")
    hands.press(Qt.Key.Key_G)
    second = cue_of(hands, "1.6 s", "2.4 s", "steps of a boot on wet leaves")
    hands.press(Qt.Key.Key_G)
    hands.wait(lambda: len(hands.project.takes) == 8)
    hands.wait(lambda: hands.window.studio.going() is None)
    compared_and_picked(hands, first)
    compared_blind(hands, second)
    nudged_and_levelled(hands)
    hands.press(Qt.Key.Key_S, CONTROL)
    hands.wait(lambda: not hands.window.studio.desk.dirty)  # type: ignore[union-attr]
    out = delivered(hands, tmp_path / "for the mix")
    checked(hands, clip, out)


def opened(hands: Keyboard, clip: Path) -> None:
    """Ctrl+O, the path, Enter."""

    tries = iter(range(MOST_TRIES))

    def type_the_path() -> None:
        """Until the dialog is gone: its list of files may still be on the way when Enter comes."""
        dialog = next((one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)), None)
        asked = QApplication.activeModalWidget()
        if hands.window.studio.folder is not None or (dialog and dialog.result()):
            return
        if next(tries, None) is None:
            QApplication.closeAllWindows()
            return
        if isinstance(asked, QFileDialog):
            field = asked.findChild(QLineEdit, "fileNameEdit")
            field.clear()
            QTest.keyClicks(field, str(clip))
            QTimer.singleShot(AGAIN_MS, type_the_path)
            QTest.keyClick(field, Qt.Key.Key_Return)
            return
        if asked is not None:
            QTest.keyClick(asked, Qt.Key.Key_Escape)
        QTimer.singleShot(AGAIN_MS, type_the_path)

    QTimer.singleShot(50, type_the_path)
    hands.press(Qt.Key.Key_O, CONTROL)
    hands.wait(lambda: hands.window.studio.folder is not None)
    hands.wait(lambda: hands.window.viewer.has_frame)
    assert hands.project.media is not None and hands.project.media.path == str(clip)
    hands.window.activateWindow()  # a window manager does that; the screen of the tests has none
    hands.wait(hands.window.isActiveWindow)


def watched_at_half_speed(hands: Keyboard) -> None:
    """A marker where something happens, while it plays."""
    listening = hands.window.studio.listening
    hands.press(Qt.Key.Key_K, SHIFT)
    hands.press(Qt.Key.Key_Space)
    assert listening.playing and listening.speed == Fraction(1, 2)
    hands.wait(lambda: listening.position() > 4800)
    hands.press(Qt.Key.Key_M)
    assert listening.playing and len(hands.project.markers) == 1
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_K, SHIFT)
    assert not listening.playing and listening.speed == 1


def cue_of(hands: Keyboard, start: str, end: str, prompt: str) -> Cue:
    """In, out, a cue of it, and what is heard in it; generating may run meanwhile."""
    hands.go(start)
    hands.press(Qt.Key.Key_I)
    hands.go(end)
    hands.press(Qt.Key.Key_O)
    hands.press(Qt.Key.Key_C)
    hands.write(prompt)
    hands.press(Qt.Key.Key_Return)
    cue = hands.window.studio.cue
    assert cue is not None and cue.prompt == prompt
    return cue


def chosen(hands: Keyboard, cue: Cue) -> None:
    """N, until it is this one."""
    for _ in hands.project.cues:
        if hands.window.studio.cue_id == cue.id:
            break
        hands.press(Qt.Key.Key_N)
    assert hands.window.studio.cue_id == cue.id
    hands.wait(lambda: len(hands.window.candidates.cards) == 4)


def compared_and_picked(hands: Keyboard, cue: Cue) -> None:
    """1 to 4 in turn, at the same playhead, over and over; Enter takes the last one."""
    chosen(hands, cue)
    listening, folder = hands.window.studio.listening, hands.window.studio.folder
    hands.press(Qt.Key.Key_L, SHIFT)
    for letter, key in zip("ABCD", (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), strict=True):
        hands.press(key)
        hands.wait(lambda: listening.playing)
        hands.qtbot.wait(LISTEN_MS)
        assert listening.letter == letter
    hands.press(Qt.Key.Key_Return)
    (event,) = folder.picks.events()  # type: ignore[union-attr]
    assert event.winner == hands.project.take(hands.project.clips[0].take).candidate.id
    assert sum(ms > 0 for ms in event.heard_ms.values()) >= 3
    hands.press(Qt.Key.Key_L, SHIFT)
    if listening.playing:
        hands.press(Qt.Key.Key_Space)


def compared_blind(hands: Keyboard, cue: Cue) -> None:
    """A tie is said and remembered; then one is picked all the same, taken back, and picked again."""
    chosen(hands, cue)
    picks, choosing = hands.window.studio.folder.picks, hands.window.choosing  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_B)
    assert choosing.hidden
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        hands.press(key)
        hands.wait(lambda: hands.window.studio.listening.playing)
        hands.qtbot.wait(LISTEN_MS)
    hands.press(Qt.Key.Key_T)
    assert len(picks.events()) == 2 and len(hands.project.clips) == 1
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_Return)
    assert len(hands.project.clips) == 2 and not choosing.hidden
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert len(hands.project.clips) == 1 and len(picks.events()) == 2
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(hands.project.clips) == 2 and len(picks.events()) == 3
    if hands.window.studio.listening.playing:
        hands.press(Qt.Key.Key_Space)


def nudged_and_levelled(hands: Keyboard) -> None:
    """The first clip a frame and a millisecond later, 1 dB softer, faded in."""
    hands.press(Qt.Key.Key_N, ALT)
    tracks, rate = hands.window.timeline.tracks, hands.window.studio.rate
    assert rate is not None and len(tracks.selected) == 1
    before = hands.project.clip(tracks.chosen)
    hands.press(Qt.Key.Key_Period)
    hands.press(Qt.Key.Key_Period, ALT)
    hands.press(Qt.Key.Key_BracketLeft)
    hands.go("0.6 s")
    hands.press(Qt.Key.Key_D)
    now = hands.project.clip(before.id)
    assert now.start == rate.nudged(before.start, 1) + 48
    assert now.gain_db == before.gain_db - 1 and now.fade_in > 0


def delivered(hands: Keyboard, out: Path) -> Path:
    """Ctrl+Alt+E, Tab and Space for what is wanted, the folder, Enter."""
    hands.press(Qt.Key.Key_E, CONTROL | ALT)
    dialog = hands.window.lists._delivery
    assert dialog is not None
    hands.wait(dialog.isActiveWindow)
    for kind in WANTED:
        hands.tab_to(dialog.formats[kind])
        hands.press(Qt.Key.Key_Space)
        assert dialog.formats[kind].isChecked()
    hands.tab_to(dialog.folder)
    hands.press(Qt.Key.Key_A, CONTROL)
    hands.write(str(out))
    with hands.qtbot.waitSignal(hands.window.studio.delivering.finished, timeout=WAIT_MS):
        hands.press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    return out


def checked(hands: Keyboard, clip: Path, out: Path) -> None:
    """What came out can be read by what it is for."""
    project = hands.project
    assert project.media is not None
    (mix,) = out.glob("*.wav")
    sound = soundfile.info(mix)
    assert (sound.samplerate, sound.subtype, sound.frames) == (48_000, "PCM_24", project.media.length)
    assert WavInfoReader(mix).bext.time_reference == project.start
    samples, _ = soundfile.read(mix)
    assert abs(samples).max() > 0.001, "it is not silent"
    used = {clip.track for clip in project.clips}
    assert len(list(out.glob("* stems/*.wav"))) >= len(used)
    film = probe(next(out.rglob("*.mp4")))
    assert film.has_audio and film.frames == probe(clip).frames
    desk = rpp.loads(next(out.rglob("*.rpp")).read_text(encoding="utf-8"))
    items = [item for track in desk.findall("TRACK") for item in track.findall("ITEM")]
    assert len(items) >= len(project.clips)
    cues = next(out.rglob("*.csv")).read_text(encoding="utf-8-sig")
    assert all(cue.prompt in cues for cue in project.cues)

from pathlib import Path

import numpy as np
import pytest

from engine.media.audio_file import read_audio, write_wav
from engine.spec import Refused
from foleydesk.document.edits import AddSound, PlaceSound
from foleydesk.document.project import Project
from foleydesk.studio.opening import sound_of


def test_a_file_of_the_users_own_becomes_a_sound_as_long_as_it_is(tmp_path: Path, bunny: Path) -> None:
    write_wav(tmp_path / "door.wav", np.full(12_345, 0.25, np.float32))
    sound = sound_of(tmp_path / "door.wav")
    assert (sound.name, sound.length) == ("door", len(read_audio(tmp_path / "door.wav")))
    project = PlaceSound(sound.id, "feet", 100).apply(AddSound(sound).apply(Project()))
    assert project.clips[0].length == 12_345
    assert sound_of(bunny).length > 0


def test_what_holds_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "door.wav").write_text("no sound")
    with pytest.raises(Refused, match="door.wav"):
        sound_of(tmp_path / "door.wav")

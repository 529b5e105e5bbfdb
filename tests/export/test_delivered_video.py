"""MP4 and MOV: the picture's packets are the source's, byte by byte; the sound is as long as the picture."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from engine.spec import Refused
from foleydesk.export.request import Format
from tests.delivery_parts import FRAMES, Deliver, film, project_at


def pictures(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]


def test_packets_are_copied_and_lengths_are_exact(tmp_path: Path, deliver_to: Deliver, rate_name: str):
    source = film(tmp_path / "film.mp4", rate_name)
    project = project_at(tmp_path, rate_name)
    deliver_to(project, Format.MIX, Format.MP4, Format.MOV)
    mix = soundfile.read(tmp_path / "out" / "Bunny.wav", dtype="int32", always_2d=True)[0]
    for name in ("Bunny.mp4", "Bunny.mov"):
        made = tmp_path / "out" / name
        assert pictures(made) == pictures(source) and len(pictures(made)) == FRAMES[rate_name]
        with av.open(str(made)) as container:
            sound = container.streams.audio[0]
            assert sound.duration * sound.time_base * 48_000 == project.media.length
            assert container.streams.video[0].average_rate == project.media.rate
            code = next(stream for stream in container.streams if stream.type == "data").metadata["timecode"]
            assert code == ("01:00:00;00" if "DF" in rate_name else "01:00:00:00")
    with av.open(str(tmp_path / "out" / "Bunny.mov")) as container:
        blocks = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
        assert container.streams.audio[0].codec_context.name == "pcm_s24le"
    np.testing.assert_array_equal(np.concatenate(blocks), mix)


def test_only_the_video_is_left_when_only_it_is_wanted(tmp_path: Path, deliver_to: Deliver):
    film(tmp_path / "film.mp4", "25")
    deliver_to(project_at(tmp_path), Format.MOV)
    assert sorted(path.name for path in (tmp_path / "out").rglob("*")) == [
        "Bunny loudness.csv", "Bunny loudness.json", "Bunny.mov",
    ]  # fmt: skip


def test_no_picture_and_a_lost_one_are_refused(tmp_path: Path, deliver_to: Deliver):
    project = project_at(tmp_path)
    with pytest.raises(Refused, match="film.mp4"):
        deliver_to(project, Format.MIX, Format.MP4)
    with pytest.raises(Refused, match="no picture"):
        deliver_to(project.with_media(None), Format.MIX, Format.MP4)
    assert not (tmp_path / "out").exists()


def test_the_picture_is_never_written_over(tmp_path: Path, deliver_to: Deliver):
    (tmp_path / "out").mkdir()
    film(tmp_path / "out" / "Bunny.mp4", "25")
    before = (tmp_path / "out" / "Bunny.mp4").read_bytes()
    with pytest.raises(Refused, match="picture itself"):
        deliver_to(project_at(tmp_path, picture="out/Bunny.mp4"), Format.MP4)
    assert (tmp_path / "out" / "Bunny.mp4").read_bytes() == before


def test_a_picture_whose_rate_varies_is_copied_too(tmp_path: Path, deliver_to: Deliver):
    with av.open(str(tmp_path / "film.mp4"), "w") as target:
        stream = target.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.codec_context.time_base = stream.time_base = Fraction(1, 1000)
        for at in (0, 33, 66, 200, 240, 500, 533, 1000, 1500, 1533, 2000, 3000, 3960):
            shown = av.VideoFrame.from_ndarray(np.full((96, 160, 3), at % 250, np.uint8), format="rgb24")
            shown.pts, shown.time_base = at, Fraction(1, 1000)
            target.mux(stream.encode(shown))
        target.mux(stream.encode(None))
    project = project_at(tmp_path, "29.97 DF")
    project = project.with_media(replace(project.media, variable=True))
    deliver_to(project, Format.MP4, Format.MOV, Format.EDL)
    for name in ("Bunny.mp4", "Bunny.mov"):
        assert pictures(tmp_path / "out" / name) == pictures(tmp_path / "film.mp4")

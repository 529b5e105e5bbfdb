"""The way to the loudspeaker: PortAudio itself, on a device that swallows everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.spec import SAMPLE_RATE
from foleydesk.playback.outputs import BUFFER_S, ClockOut

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys
import numpy as np
try:
    import sounddevice
except OSError:
    sys.exit(77)
from foleydesk.playback.outputs import open_device
try:
    out = open_device()
except Exception as error:
    print(error)
    sys.exit(77)
block = np.zeros((480, 2), np.float32)
first = out.write(block)
assert out.now() - 0.2 < first < out.now() + 1
assert out.write(block) > first
out.drop()
out.drop()
out.write(block)
assert out.says.startswith("Playing through")
out.close()
out.close()
print("played")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the device that swallows everything is one of ALSA's")
def test_a_device_is_written_dropped_and_closed(tmp_path: Path):
    config = tmp_path / "asound.conf"
    config.write_text("pcm.!default { type null }\n")
    environment = {**os.environ, "ALSA_CONFIG_PATH": str(config)}
    found = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True)
    if found.returncode == 77:
        pytest.skip("PortAudio is not installed here")
    assert found.returncode == 0, found.stderr
    assert "played" in found.stdout


def test_the_clock_lets_as_much_in_advance_as_a_device_would():
    class Time:
        now = 100.0

        def wait(self, seconds: float) -> None:
            self.now += seconds

    time = Time()
    out, block = ClockOut(now=lambda: time.now, wait=time.wait), np.zeros((480, 2), np.float32)
    ends = [out.write(block) for _ in range(1000)]
    np.testing.assert_allclose(np.diff(ends), 480 / SAMPLE_RATE, atol=1e-9)
    assert ends[-1] - time.now == pytest.approx(BUFFER_S)
    out.drop()
    assert out.write(block) == pytest.approx(time.now + 480 / SAMPLE_RATE)

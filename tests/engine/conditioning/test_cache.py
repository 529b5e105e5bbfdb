"""What was seen is kept on disk for the next process, within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from engine.conditioning.cache import Arrays, Cache


def test_another_process_finds_what_one_has_seen(tmp_path: Path) -> None:
    seen = {"x": np.arange(5)}
    Cache(tmp_path).get({"of": "a clip"}, lambda: seen)
    found = Cache(tmp_path).find({"of": "a clip"})
    assert found is not None and np.array_equal(found["x"], seen["x"])


def test_what_was_longest_unused_makes_room(tmp_path: Path) -> None:
    def large() -> Arrays:
        return {"x": np.zeros(100_000, np.uint8)}

    for i in range(3):
        Cache(tmp_path).get({"of": i}, large)
    for age, path in enumerate(sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)):
        os.utime(path, (1000 + age, 1000 + age))
    assert Cache(tmp_path).find({"of": 0}) is not None, "it is used again, and so the youngest"
    Cache(tmp_path, most=250_000).get({"of": "new"}, large)
    left = [name for name in (0, 1, 2, "new") if Cache(tmp_path).find({"of": name}) is not None]
    assert left == [0, "new"]

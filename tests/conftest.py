"""Every test: no display, a home of its own, and no thread left behind."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ["LC_ALL"] = "C.UTF-8"  # the window speaks English unless a test says otherwise

import pytest  # noqa: E402

import engine  # noqa: E402, F401  (before torch: it says how threads wait)

ROOT = Path(__file__).resolve().parents[1]
GRACE_S = 5.0
"""How long a thread that was told to stop may take to end."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty FOLEYDESK_HOME: no test reads or writes what belongs to the user."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FOLEYDESK_HOME", str(folder))
    return folder


@pytest.fixture
def bunny() -> Path:
    """The one real clip that ships: Big Buck Bunny, 1280 × 720, 25 fps, sound in six channels."""
    return ROOT / "resources" / "demo" / "bunny.mp4"


@pytest.fixture(scope="session")
def tiny_model() -> ModuleType:
    """The module with the model of random weights that the engine's own tests use."""
    path = ROOT / "tests" / "engine" / "service" / "conftest.py"
    spec = importlib.util.spec_from_file_location("tiny_model", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tiny_model"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tiny_home(tiny_model: ModuleType, home: Path) -> Path:
    """A user's folder with the model "tiny" installed, which can do everything, none of it well."""
    folder = home / "models" / "tiny"
    folder.mkdir(parents=True)
    tiny_model.torch.manual_seed(0)
    tiny_model.save_file(tiny_model.TinyNet().state_dict(), folder / "generator.safetensors")
    names = {"generator": "generator.safetensors", "spotter": "spots.bin", "text_audio": "ear.bin", "vision": "eye.bin"}
    for role in ("spotter", "text_audio", "vision"):
        (folder / names[role]).write_bytes(role.encode())
    card = {
        "name": "tiny", "title": "Tiny", "about": "", "backbone": "tiny", "licence": "none", "parameters": 1,
        "sample_rate": 44_100, "longest_s": 8.0, "capabilities": ["text", "reference", "variation", "region"],
        "files": {role: _file(folder / name) for role, name in names.items()},
    }  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card))
    return home


def _file(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"path": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A hub_shop.Shop, empty: a server of models on this machine. Hugging Face's endpoint is here too."""
    from hub_shop import only_here, serving

    with serving() as made:
        only_here(monkeypatch, made)
        yield made


@pytest.fixture
def stock(shop: Any, monkeypatch: pytest.MonkeyPatch) -> object:
    """A Catalogue: what is published, for the length of a test, is what the shop has."""
    from hub_shop import stocked

    from engine.hub import catalogue as published

    made = stocked(shop)
    monkeypatch.setattr(published, "CATALOGUE", made)
    return made


@pytest.fixture(autouse=True)
def no_thread_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that leaves a QThread or a thread of ours running fails, and says which."""
    before = set(threading.enumerate())
    started = _watched_qthreads(monkeypatch) if "PySide6.QtCore" in sys.modules else []
    yield
    left = [f"QThread started in {where}" for thread, where in started if not _ended(thread)]
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread) or not _is_ours(thread):
            continue
        thread.join(GRACE_S)
        if thread.is_alive():
            left.append(f"thread {thread.name}")
    assert not left, f"left running: {', '.join(left)}"


def _watched_qthreads(monkeypatch: pytest.MonkeyPatch) -> list:
    from PySide6.QtCore import QThread

    started: list = []
    start = QThread.start

    def start_and_note(self: QThread, *given: object) -> None:
        caller = sys._getframe(1)
        started.append((self, f"{caller.f_code.co_filename}:{caller.f_lineno}"))
        start(self, *given)

    monkeypatch.setattr(QThread, "start", start_and_note)
    return started


def _ended(thread: object) -> bool:
    from shiboken6 import isValid

    return not isValid(thread) or thread.wait(int(GRACE_S * 1000))  # type: ignore[attr-defined]


def _is_ours(thread: threading.Thread) -> bool:
    """Whether the thread runs code of this project: pools of libraries live as long as the process."""
    target = getattr(thread, "_target", None)
    module = getattr(target, "__module__", None) or type(thread).__module__
    return str(module).split(".")[0] in ("foleydesk", "engine", "training")

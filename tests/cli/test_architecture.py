"""What import contracts cannot say: no torch before the first window, threads only where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("foleydesk", "training", "engine")
STARTS = {"Thread", "QThread", "QProcess", "Popen", "ThreadPoolExecutor", "ProcessPoolExecutor", "Process", "Timer"}


def sources(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def called(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node.lineno


def test_only_workers_start_threads_and_processes():
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sources(*PACKAGES)
        if ROOT / "foleydesk" / "workers" not in path.parents
        for name, line in called(ast.parse(path.read_text(encoding="utf-8")))
        if name in STARTS
    ]
    assert not found


@pytest.mark.parametrize("module", ["foleydesk.app", "foleydesk.views", "foleydesk.workers", "foleydesk.cli"])
def test_torch_is_not_imported_on_the_way_to_the_first_window(module):
    check = f"import sys, pkgutil, {module} as m\n" + (
        "for found in pkgutil.walk_packages(getattr(m, '__path__', []), m.__name__ + '.'): __import__(found.name)\n"
        "sys.exit('torch was imported' if 'torch' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_folder_with_code_is_a_package():
    lacking = {path.parent for path in sources(*PACKAGES) if not (path.parent / "__init__.py").exists()}
    assert not lacking


def test_the_makefile_names_no_machine():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "/home" not in text and "://" not in text


def test_the_demo_clip_ships_with_its_credits():
    credits = (ROOT / "resources" / "demo" / "CREDITS.md").read_text(encoding="utf-8")
    assert "Blender Foundation" in credits and "CC-BY 3.0" in credits


def test_the_readme_names_every_key():
    from foleydesk.actions import ACTIONS

    keys = (ROOT / "README.md").read_text(encoding="utf-8").split("## Keys")[1].split("## ")[0]
    named = [action for action in ACTIONS if action.keys and not action.id.startswith("candidate_")]
    assert [action.id for action in named if f"`{action.keys[0]}`" not in keys] == []

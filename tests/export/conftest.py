"""The projects of the playback tests, and a delivery into a folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from foleydesk.document.project import Project
from foleydesk.export.deliver import deliver
from foleydesk.export.request import Delivered, Delivery, Format
from tests.delivery_parts import MADE, RATES, Deliver

_spec = importlib.util.spec_from_file_location("bench", Path(__file__).parents[1] / "playback" / "conftest.py")
assert _spec is not None and _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
bench = _module.bench


@pytest.fixture(params=list(RATES))
def rate_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def deliver_to(tmp_path: Path) -> Deliver:
    """`deliver_to(project, Format.MIX, …, norm=…)` into the folder `out`."""

    def run(project: Project, *formats: Format, **what: object) -> Delivered:
        return deliver(project, tmp_path, Delivery(tmp_path / "out", formats, made=MADE, **what))  # type: ignore[arg-type]

    return run

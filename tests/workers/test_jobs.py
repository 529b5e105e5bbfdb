"""The queue that survives a restart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.spec import Event, Progress, Recipe, Refused, Span
from foleydesk.workers.jobs import Jobs, generation, generation_request

RECIPE = Recipe("clip.mp4", "abc", Span(0, 48_000), "steps", events=(Event(10, 0.5),), seed=3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.json"


def test_what_waited_waits_in_the_same_order_after_a_restart(path: Path):
    jobs = Jobs(path)
    asked = [jobs.add("generate", f"cue {i}", generation_request(RECIPE, 4, f"cue-{i}")) for i in range(3)]
    again = Jobs(path)
    assert again.waiting() == tuple(asked)
    assert generation(again.all()[1]) == (RECIPE, 4, "cue-1")


def test_what_ran_when_the_program_was_killed_waits_again(path: Path):
    program = f"""
import os, signal
from pathlib import Path
from foleydesk.workers.jobs import Jobs
jobs = Jobs(Path({str(path)!r}))
done, runs, waits = (jobs.add("generate", name) for name in ("done", "runs", "waits"))
jobs.start(done.id); jobs.finish(done.id); jobs.start(runs.id)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    assert [(job.title, job.state) for job in Jobs(path).all()] == [
        ("done", "done"), ("runs", "waiting"), ("waits", "waiting"),
    ]


def test_progress_makes_a_job_run_and_is_not_kept(path: Path):
    jobs = Jobs(path)
    job = jobs.add("generate", "one")
    jobs.progress(job.id, Progress("Generating", 3, 25, 4.0))
    assert jobs.running() is not None and jobs.job(job.id).progress == Progress("Generating", 3, 25, 4.0)
    assert Jobs(path).job(job.id).progress is None


def test_a_late_word_about_a_job_that_is_over_is_ignored():
    jobs = Jobs()
    job = jobs.add("generate", "one")
    jobs.cancel(job.id)
    jobs.progress(job.id, Progress("Generating", 3, 25))
    jobs.progress("nobody", Progress("Generating", 3, 25))
    assert jobs.job(job.id).state == "cancelled"


def test_a_failed_job_says_why_and_can_be_tried_again(path: Path):
    jobs = Jobs(path)
    first, second = jobs.add("export", "mix"), jobs.add("generate", "cue")
    jobs.fail(first.id, "The disk is full.")
    assert Jobs(path).job(first.id).says == "The disk is full."
    jobs.retry(first.id)
    assert [job.id for job in jobs.waiting()] == [second.id, first.id]


def test_jobs_can_be_put_in_another_order_and_cleared():
    jobs = Jobs()
    a, b, c = (jobs.add("generate", name) for name in "abc")
    jobs.move(c.id, 0)
    assert [job.title for job in jobs.all()] == ["c", "a", "b"]
    jobs.finish(a.id)
    jobs.clear_over()
    assert [job.title for job in jobs.all()] == ["c", "b"]


def test_watchers_see_every_change_until_they_leave():
    jobs, seen = Jobs(), []
    leave = jobs.subscribe(lambda all_: seen.append([job.state for job in all_]))
    job = jobs.add("train", "taste")
    jobs.start(job.id)
    leave()
    jobs.finish(job.id)
    assert seen == [["waiting"], ["running"]]


def test_only_the_newest_jobs_that_are_over_are_remembered():
    jobs = Jobs()
    for i in range(70):
        jobs.finish(jobs.add("generate", str(i)).id)
    assert [job.title for job in jobs.all()] == [str(i) for i in range(20, 70)]


def test_a_damaged_queue_is_put_aside(path: Path):
    path.write_text('{"jobs": [{"id"')
    assert Jobs(path).all() == ()
    assert path.with_name("jobs.json.damaged").exists()


def test_a_kind_of_a_newer_version_is_left_out(path: Path):
    Jobs(path).add("generate", "known")
    data = json.loads(path.read_text())
    data["jobs"].append({**data["jobs"][0], "id": "x", "kind": "publish"})
    path.write_text(json.dumps(data))
    assert [job.title for job in Jobs(path).all()] == ["known"]


@pytest.mark.skipif(os.name == "nt", reason="a folder is not made read-only this way on Windows")
def test_a_place_that_cannot_be_written_does_not_stop_the_queue(tmp_path: Path):
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    jobs = Jobs(nowhere / "jobs.json")
    jobs.add("generate", "one")
    assert len(jobs.waiting()) == 1


def test_a_lost_recipe_is_refused_in_a_sentence():
    jobs = Jobs()
    with pytest.raises(Refused, match="lost its recipe"):
        generation(jobs.add("generate", "cue 3", {"recipe": {"media": 3}}))

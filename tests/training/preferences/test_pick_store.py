import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from project_parts import candidate

from engine.spec import Refused
from foleydesk.document.comparison import Comparison
from training.preferences.events import PickEvent, Retraction
from training.preferences.store import PickStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "picks.sqlite"


@pytest.fixture
def store(path):
    with PickStore(path) as store:
        yield store


def shown(folder=None, count=4):
    return tuple(candidate(seed, folder=folder) for seed in range(count))


def event(letter="A", heard=True) -> PickEvent:
    comparison = Comparison(shown(), seed=1, cue="c1")
    for one in comparison.shown:
        comparison.heard(one.id, 4800 * heard)
    return comparison.pick(letter)


def test_what_was_kept_is_there_again(path, store):
    kept = event()
    store.add(kept, shown(path.parent))
    store.close()
    with PickStore(path) as again:
        assert again.events() == [kept]
        assert set(again.candidates()) == set(kept.shown)


def test_paths_of_sounds_follow_the_folder(tmp_path):
    (tmp_path / "old" / "takes").mkdir(parents=True)
    with PickStore(tmp_path / "old" / "picks.sqlite") as store:
        store.add(event(), shown(tmp_path / "old" / "takes"))
    (tmp_path / "old").rename(tmp_path / "new")
    with PickStore(tmp_path / "new" / "picks.sqlite") as store:
        assert all(one.wav.startswith(str(tmp_path / "new" / "takes")) for one in store.candidates().values())


def test_a_retracted_pick_does_not_stand_but_is_not_forgotten(store):
    first, second = event("A"), event("B")
    store.add(first, shown())
    store.add(second, shown())
    retraction = store.retract(first.id)
    assert store.events() == [second]
    assert store.history() == [first, second, retraction]
    assert isinstance(store.history()[2], Retraction)


def test_a_second_retraction_changes_nothing(store):
    kept = event()
    store.add(kept, shown())
    assert store.retract(kept.id) == store.retract(kept.id)
    assert len(store.history()) == 2


def test_what_cannot_be_is_refused(store):
    kept = event()
    store.add(kept, shown())
    with pytest.raises(Refused, match="already"):
        store.add(kept, shown())
    with pytest.raises(Refused, match="handed over"):
        store.add(event(), shown(count=3))
    with pytest.raises(Refused, match="no pick"):
        store.retract("nothing")
    assert store.history() == [kept]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET data = '{}'",
        "DELETE FROM events",
        "DELETE FROM candidates",
        "UPDATE candidates SET data = '{}'",
        "INSERT OR REPLACE INTO events (id, at, kind, data) SELECT id, at, kind, '{}' FROM events",
        "INSERT OR REPLACE INTO events (line, id, at, kind, data) VALUES (1, 'new', '', 'pick', '{}')",
        "INSERT OR REPLACE INTO candidates SELECT id, '{}' FROM candidates",
        "REPLACE INTO candidates SELECT id, '{}' FROM candidates",
    ],
)
def test_picks_are_only_ever_added_whoever_opens_the_file(path, store, statement):
    kept = event()
    store.add(kept, shown())
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        other.execute(statement)
    other.close()
    assert store.events() == [kept]
    assert len(store.candidates()) == 4


def test_figures(store):
    for letter in "AB":
        store.add(event(letter), shown())
    store.add(Comparison(shown(), blind=True, cue="c2").tie(), shown())
    store.add(Comparison(shown()).none_good(), shown())
    store.retract(store.events()[0].id)
    assert store.stats() == {
        "picks": 1, "ties": 1, "none good": 1, "blind": 1, "retracted": 1, "cues": 3, "candidates": 4,
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to look at" * 50])
def test_a_damaged_file_is_refused_and_an_empty_one_begun(path, content):
    path.write_bytes(content)
    if not content:
        PickStore(path).close()
        return
    with pytest.raises(Refused, match="damaged"):
        PickStore(path)
    assert path.read_bytes() == content


def test_a_newer_file_is_refused(path):
    PickStore(path).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(Refused, match="newer"):
        PickStore(path)


def test_no_folder_no_picks(tmp_path):
    with pytest.raises(Refused):
        PickStore(tmp_path / "nowhere" / "picks.sqlite")


def test_another_process_may_read_meanwhile(path, store):
    store.add(event(), shown())
    with PickStore(path) as other:
        store.add(event("B"), shown())
        assert len(other.events()) == 2


KILL = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from project_parts import candidate
from foleydesk.document.comparison import Comparison
from training.preferences.store import PickStore
store = PickStore(sys.argv[1])
shown = tuple(candidate(seed) for seed in range(4))
store.add(Comparison(shown).pick("C"), shown)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for Unix")
def test_a_pick_is_on_disk_when_its_function_returns(path):
    tests = str(__import__("project_parts").__file__).rsplit(os.sep, 1)[0]
    done = subprocess.run([sys.executable, "-c", KILL, path, tests])
    assert done.returncode == -signal.SIGKILL
    with PickStore(path) as store:
        assert [one.winner for one in store.events()] == [candidate(2).id]

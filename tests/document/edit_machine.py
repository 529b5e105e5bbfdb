"""A designer who does anything at all, mostly to things that are there; what must hold afterwards, holds.

`PYTHONPATH=. python tests/document/edit_machine.py 10000` plays so many sequences.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[1]))

from fractions import Fraction  # noqa: E402

from project_parts import MINUTE, SPAN, candidate, media  # noqa: E402

from engine.spec import Event, Refused, Span, to_json  # noqa: E402
from foleydesk.document import edits  # noqa: E402
from foleydesk.document.desk import Desk  # noqa: E402
from foleydesk.document.edit import Edit  # noqa: E402
from foleydesk.document.group_edits import chosen  # noqa: E402
from foleydesk.document.project import (  # noqa: E402
    Cue,
    Kept,
    Marker,
    Project,
    Reference,
    Sound,
    Status,
    Take,
    Track,
)
from foleydesk.document.ripple import Ripple  # noqa: E402
from foleydesk.document.rules import check  # noqa: E402
from foleydesk.document.timebase import DAY, Unit  # noqa: E402
from foleydesk.storage.changes import changed_data, changes  # noqa: E402
from foleydesk.storage.snapshot import in_memory, project_of, read_snapshot, write_snapshot  # noqa: E402

NTSC = Fraction(30_000, 1001)
ID = st.integers(0, 9).map(str)
"""Few names, so that the same is made twice now and then."""
WHICH = st.integers(0, 30)
"""Which of what is there: counted round; 30 is nothing."""
AT = st.integers(SPAN.start - 500, SPAN.end + 500) | st.integers(-5, MINUTE + 5) | st.sampled_from([0, SPAN.start])
BY = st.integers(-2000, 2000) | st.integers(-MINUTE, MINUTE)
LENGTH = st.integers(-5, 3000) | st.integers(1, 60_000)
RIPPLE = st.sampled_from(Ripple)
GAIN = st.floats(-120, 40) | st.sampled_from([float("nan"), 0.0, -6.0])
TEXT = st.text(max_size=4)
NOT = st.none()
STRENGTH = st.floats(-0.1, 1.1)
FOUND = st.just(tuple(Event(SPAN.start + at, 0.5) for at in (0, 100, 20_000)))
PATH = st.sampled_from(["bunny.mp4", "other place/bunny.mp4"])
SOME = st.lists(WHICH, max_size=4)


def begun() -> Project:
    """Two cues with takes, one of them picked, a sound file, a marker."""
    short = Span(0, 5000)
    project = Project(name="Bunny")
    for edit in (
        edits.OpenMedia(media("/pictures/bunny.mp4")),
        edits.AddCue(Cue("c0", SPAN.start, SPAN.end, "steps")),
        edits.AddCue(Cue("c1", 0, 5000, "door")),
        edits.AddTakes(tuple(Take(f"t{i}", "c0", candidate(i)) for i in range(3))),
        edits.AddTakes((Take("t8", "c1", candidate(1, short)), Take("t9", "c1", candidate(2, short)))),
        edits.PlaceTake("c0", "t0", "props", "k0"),
        edits.AddSound(Sound("s0", "/sounds/door.wav", "door", 9000)),
        edits.PlaceSound("s0", "props", 90_000, clip="k1"),
        edits.AddMarker(Marker("m0", 100, "in")),
    ):
        project = edit.apply(project)
    return project


FIRST = begun()


class EditMachine(RuleBasedStateMachine):
    """Every edit there is, undo, redo and jumps between; the journal is read along."""

    def __init__(self) -> None:
        super().__init__()
        self.journal: list[str] = []
        self.desk = Desk(FIRST, journal=self.write)
        self.seen = 0

    def write(self, change: Edit | Project) -> None:
        """What the folder's journal does, without a disk."""
        before = self.desk.project
        after = change.apply(before) if isinstance(change, Edit) else change
        self.journal.append(json.dumps(changes(before, after)))

    def do(self, edit: Edit) -> None:
        """All or nothing."""
        before, lines = self.desk.project, len(self.journal)
        try:
            self.desk.do(edit)
        except Refused as refusal:
            assert self.desk.project is before and len(self.journal) == lines
            assert str(refusal).endswith(".") and "\n" not in str(refusal)

    def clip(self, which: int) -> str:
        return self.one(self.desk.project.clips, which)

    def track(self, which: int) -> str:
        return self.one(self.desk.project.tracks, which)

    def cue(self, which: int) -> str:
        return self.one(self.desk.project.cues, which)

    def take(self, which: int) -> str:
        return self.one(self.desk.project.takes, which)

    @staticmethod
    def one(things, which: int) -> str:
        return things[which % len(things)].id if things and which < 30 else "nothing"

    def clips(self, some: list[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.clip(which) for which in some if which < 30 and self.desk.project.clips))

    @rule(which=WHICH, track=WHICH, at=AT)
    def move_clip(self, which, track, at):
        self.do(edits.MoveClip(self.clip(which), self.track(track), at))

    @rule(which=WHICH, left=LENGTH, right=LENGTH, ripple=RIPPLE)
    def trim_clip(self, which, left, right, ripple):
        clip = next((one for one in self.desk.project.clips if one.id == self.clip(which)), None)
        if clip is not None:
            self.do(edits.TrimClip(clip.id, clip.start + left, clip.end - right, ripple))

    @rule(which=WHICH, offset=LENGTH)
    def slip_clip(self, which, offset):
        self.do(edits.SlipClip(self.clip(which), offset))

    @rule(which=WHICH, part=st.integers(0, 12), right=ID)
    def split_clip(self, which, part, right):
        clip = next((one for one in self.desk.project.clips if one.id == self.clip(which)), None)
        if clip is not None:
            self.do(edits.SplitClip(clip.id, clip.start + clip.length * part // 10, f"k{right}"))

    @rule(which=WHICH, gain=NOT | GAIN, into=NOT | LENGTH, out=NOT | LENGTH)
    def set_clip(self, which, gain, into, out):
        self.do(edits.SetClip(self.clip(which), gain, into, out))

    @rule(which=WHICH, ripple=RIPPLE)
    def remove_clip(self, which, ripple):
        self.do(edits.RemoveClip(self.clip(which), ripple))

    @rule(some=SOME, by=BY, rows=st.integers(-1, 1), ripple=RIPPLE)
    def move_clips(self, some, by, rows, ripple):
        self.do(edits.MoveClips(self.clips(some), by, rows, ripple))

    @rule(some=SOME, ripple=RIPPLE)
    def remove_clips(self, some, ripple):
        self.do(edits.RemoveClips(self.clips(some), ripple))

    @rule(some=SOME, by=GAIN)
    def louder_clips(self, some, by):
        self.do(edits.LouderClips(self.clips(some), by))

    @rule(some=SOME, at=AT, track=NOT | WHICH, ripple=RIPPLE, fresh=ID)
    def paste_clips(self, some, at, track, ripple, fresh):
        copied = chosen(self.desk.project, self.clips(some))
        self.do(edits.PasteClips(copied, at, None if track is None else self.track(track), ripple, fresh))

    @rule(some=SOME, ripple=RIPPLE, fresh=ID)
    def duplicate_clips(self, some, ripple, fresh):
        self.do(edits.DuplicateClips(self.clips(some), ripple, fresh))

    @rule(at=AT, length=LENGTH, tracks=SOME, ripple=RIPPLE, fresh=ID)
    def insert_time(self, at, length, tracks, ripple, fresh):
        self.do(edits.InsertTime(at, length, tuple(self.track(which) for which in tracks), ripple, fresh))

    @rule(cue=WHICH, take=WHICH, track=WHICH, clip=ID)
    def place_take(self, cue, take, track, clip):
        self.do(edits.PlaceTake(self.cue(cue), self.take(take), self.track(track), f"k{clip}"))

    @rule(take=WHICH, at=AT, length=LENGTH, track=WHICH, cross=st.sampled_from([0, 1, 480, 5000]), fresh=ID)
    def comp_range(self, take, at, length, track, cross, fresh):
        known = next((one for one in self.desk.project.takes if one.id == self.take(take)), None)
        cue = known.cue if known else "c0"
        self.do(edits.CompRange(cue, self.take(take), at, at + length, self.track(track), cross, f"k{fresh}"))

    @rule(name=ID, title=TEXT, place=NOT | st.integers(-1, 5), colour=st.integers(0, 9))
    def add_track(self, name, title, place, colour):
        self.do(edits.AddTrack(Track(f"r{name}", title, colour=colour), place))

    @rule(which=WHICH, title=NOT | TEXT, gain=NOT | GAIN, mute=NOT | st.booleans(), colour=NOT | st.integers(0, 9))
    def set_track(self, which, title, gain, mute, colour):
        self.do(edits.SetTrack(self.track(which), title, gain, mute, colour=colour))

    @rule(which=WHICH, place=st.integers(-2, 9))
    def move_track(self, which, place):
        self.do(edits.MoveTrack(self.track(which), place))

    @rule(which=WHICH)
    def remove_track(self, which):
        self.do(edits.RemoveTrack(self.track(which)))

    @rule(name=ID, at=AT, length=LENGTH, prompt=TEXT)
    def add_cue(self, name, at, length, prompt):
        self.do(edits.AddCue(Cue(f"c{name}", at, at + length, prompt)))

    @rule(which=WHICH, start=NOT | AT, end=NOT | AT, text=TEXT, status=NOT | st.sampled_from([*Status, "odd"]))
    def change_cue(self, which, start, end, text, status):
        self.do(edits.ChangeCue(self.cue(which), start, end, text, status=status, name=text, notes=text))

    @rule(which=WHICH)
    def remove_cue(self, which):
        self.do(edits.RemoveCue(self.cue(which)))

    @rule(which=WHICH, events=NOT | st.lists(st.builds(Event, AT, STRENGTH), max_size=3).map(tuple))
    def set_events(self, which, events):
        self.do(edits.SetEvents(self.cue(which), events))

    @rule(which=WHICH, at=AT, strength=STRENGTH, found=FOUND)
    def add_event(self, which, at, strength, found):
        self.do(edits.AddEvent(self.cue(which), Event(at, strength), found))

    @rule(which=WHICH, place=st.integers(0, 3), by=BY, strength=STRENGTH, found=FOUND, verb=st.integers(0, 3))
    def change_event(self, which, place, by, strength, found, verb):
        cue = next((one for one in self.desk.project.cues if one.id == self.cue(which)), None)
        events = (cue.events if cue is not None else None) or found
        at = events[place % len(events)].at
        name = cue.id if cue else "nothing"
        self.do(
            (
                edits.MoveEvent(name, at, at + by, found), edits.SetStrength(name, at, strength, found),
                edits.RemoveEvents(name, (at,), found), edits.ShiftEvents(name, by, found),
            )[verb]
        )  # fmt: skip

    @rule(which=WHICH, path=TEXT, content=TEXT)
    def set_reference(self, which, path, content):
        self.do(edits.SetReference(self.cue(which), Reference(f"/sounds/{path}", content) if path else None))

    @rule(name=ID, cue=WHICH, seed=st.integers(0, 5), length=st.integers(0, 60_000))
    def add_takes(self, name, cue, seed, length):
        span = Span(SPAN.start, SPAN.start + length)
        self.do(edits.AddTakes((Take(f"t{name}", self.cue(cue), candidate(seed, span)),)))

    @rule(which=WHICH, kept=NOT | st.sampled_from(Kept), notes=NOT | TEXT)
    def set_take(self, which, kept, notes):
        self.do(edits.SetTake(self.take(which), kept, notes))

    @rule(which=WHICH)
    def remove_takes(self, which):
        self.do(edits.RemoveTakes((self.take(which),)))

    @rule(name=ID, length=LENGTH)
    def add_sound(self, name, length):
        self.do(edits.AddSound(Sound(f"s{name}", "/sounds/a.wav", f"hash {name}", length)))

    @rule(which=WHICH, track=WHICH, at=AT, offset=LENGTH, length=NOT | LENGTH, clip=ID)
    def place_sound(self, which, track, at, offset, length, clip):
        sound = self.one(self.desk.project.sounds, which)
        self.do(edits.PlaceSound(sound, self.track(track), at, offset, length, f"k{clip}"))

    @rule(which=WHICH)
    def remove_sound(self, which):
        self.do(edits.RemoveSound(self.one(self.desk.project.sounds, which)))

    @rule(content=st.sampled_from(["picture", "door", "hash 1"]), path=st.sampled_from(["/new/a", "/new/b"]))
    def relink(self, content, path):
        self.do(edits.Relink(((content, path),)))

    @rule(name=ID, at=AT, title=TEXT)
    def add_marker(self, name, at, title):
        self.do(edits.AddMarker(Marker(f"m{name}", at, title)))

    @rule(which=WHICH, at=NOT | AT, title=NOT | TEXT)
    def set_marker(self, which, at, title):
        self.do(edits.SetMarker(self.one(self.desk.project.markers, which), at, title))

    @rule(which=WHICH)
    def remove_marker(self, which):
        self.do(edits.RemoveMarker(self.one(self.desk.project.markers, which)))

    @rule(at=AT, length=NOT | LENGTH)
    def set_marks(self, at, length):
        self.do(edits.SetMarks(None if length is None else Span(at, at + length)))

    @rule(model=st.sampled_from(["", "a", "b"]), adapter=NOT | TEXT)
    def choose_model(self, model, adapter):
        self.do(edits.ChooseModel(model, adapter))

    @rule(start=NOT | st.integers(-1, DAY), drop=NOT | st.booleans(), unit=NOT | st.sampled_from(Unit), crosses=NOT)
    def change_project(self, start, drop, unit, crosses):
        self.do(edits.ChangeProject(start, drop, unit, crosses))

    @rule(crosses=st.booleans(), which=WHICH, by=BY)
    def two_at_once(self, crosses, which, by):
        both = (edits.ChangeProject(crosses=crosses), edits.MoveClips((self.clip(which),), by))
        self.do(edits.Together(both, "Both"))

    @rule(path=PATH, rate=st.sampled_from([Fraction(25), NTSC]), content=st.sampled_from(["picture", "other"]))
    def open_media(self, path, rate, content):
        kept = self.desk.project.media
        found = media(f"/{path}", kept.length if kept else MINUTE, content)
        self.do(edits.OpenMedia(replace(found, rate=rate)))

    @rule()
    def undo(self):
        self.desk.undo()

    @rule()
    def redo(self):
        self.desk.redo()

    @rule(place=st.integers(0, 40))
    def go_to(self, place):
        self.desk.go_to(place % (len(self.desk.history) + 1))

    @rule()
    def seal(self):
        self.desk.seal()

    @invariant()
    def nothing_is_what_cannot_be(self):
        """Asked of the project itself, and of the program's own rules."""
        project = self.desk.project
        sources = {take.id: take.candidate.length for take in project.takes}
        sources |= {sound.id: sound.length for sound in project.sounds}
        tracks = {track.id for track in project.tracks}
        for things in (project.tracks, project.cues, project.clips, project.markers, project.takes + project.sounds):
            assert len({thing.id for thing in things}) == len(things)
        for clip in project.clips:
            assert clip.length >= 1 and 0 <= clip.start < project.media.length and clip.track in tracks
            assert clip.offset >= 0 and clip.offset + clip.length <= sources[clip.source]
            assert clip.fade_in >= 0 and clip.fade_out >= 0 and clip.fade_in + clip.fade_out <= clip.length
        for cue in project.cues:
            assert 0 <= cue.start < cue.end <= project.media.length
            assert all(cue.start <= event.at < cue.end for event in cue.events or ())
        assert all(0 <= marker.at < project.media.length for marker in project.markers)
        assert project.tracks and all(take.cue in {cue.id for cue in project.cues} for take in project.takes)
        check(project)

    def teardown(self):
        """Undo all, redo all, the journal, and the disk."""
        last, done = self.desk.project, self.desk.place
        assert self.replayed() == last
        while self.desk.can_undo:
            self.desk.undo()
        assert self.desk.project == FIRST
        while self.desk.place < done:
            self.desk.redo()
        assert self.desk.project == last
        assert self.replayed() == last
        self.saved_and_read(last)

    def replayed(self) -> Project:
        """The first project with every line of the journal."""
        data = to_json(FIRST)
        for line in self.journal:
            data = changed_data(data, json.loads(line))
        return project_of(data)

    @staticmethod
    def saved_and_read(project: Project) -> None:
        with tempfile.TemporaryDirectory() as home:
            write_snapshot(Path(home) / "project.json", project)
            read = read_snapshot(Path(home) / "project.json")
            assert in_memory(read, Path(home)) == project


def play(sequences: int, steps: int = 40) -> None:
    """Raises what the first sequence to fail, made as short as can be, raises."""
    run_state_machine_as_test(
        EditMachine,
        settings=settings(
            max_examples=sequences, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


if __name__ == "__main__":
    count = int(sys.argv[1])
    play(count)
    print(f"{count} sequences of up to 40 edits: nothing fell.")

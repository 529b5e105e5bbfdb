"""Everything that the window can do, as data: id, menu, words, keys. Menus, keys and the manual read the same list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """`id` names the window's handler. The first of `keys` stands in the menu. `rule` draws a line above."""

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    rule: bool = False
    checkable: bool = False


MENUS = ("File", "Edit", "Track", "Cue", "Generate", "Play", "Train", "View", "Help")

ACTIONS = (
    Action("open", "File", "Open a video or project …", ("Ctrl+O",)),
    Action("open_demo", "File", "Open the demo project"),
    Action("save", "File", "Save", ("Ctrl+S",), rule=True),
    Action("relink", "File", "Find missing files …"),
    Action("export_mix", "File", "Export mix (WAV) …", ("Ctrl+E",), rule=True),
    Action("export_video", "File", "Export video (MP4) …", ("Ctrl+Shift+E",)),
    Action("deliver", "File", "Deliver …", ("Ctrl+Alt+E",)),
    Action("quit", "File", "Quit", ("Ctrl+Q",), rule=True),
    Action("undo", "Edit", "Undo", ("Ctrl+Z",)),
    Action("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("cut", "Edit", "Cut clips", ("Ctrl+X",), rule=True),
    Action("copy", "Edit", "Copy clips", ("Ctrl+C",)),
    Action("paste", "Edit", "Paste at the playhead", ("Ctrl+V",)),
    Action("duplicate", "Edit", "Duplicate clips", ("Ctrl+D",)),
    Action("remove", "Edit", "Remove clip, marker or event", ("Delete", "Backspace")),
    Action("select_all", "Edit", "Choose all clips", ("Ctrl+A",)),
    Action("next_clip", "Edit", "Next clip", ("Alt+N",)),
    Action("previous_clip", "Edit", "Previous clip", ("Alt+Shift+N",)),
    Action("split", "Edit", "Split clip at the playhead", ("S",), rule=True),
    Action("trim_start", "Edit", "Clip starts at the playhead", ("Alt+[",)),
    Action("trim_end", "Edit", "Clip ends at the playhead", ("Alt+]",)),
    Action("fade_in_to", "Edit", "Fade in up to the playhead", ("D",)),
    Action("fade_out_from", "Edit", "Fade out from the playhead", ("Shift+D",)),
    Action("gain_reset", "Edit", "Clip at its own gain"),
    Action("louder", "Edit", "Clip 1 dB louder", ("]",)),
    Action("softer", "Edit", "Clip 1 dB softer", ("[",)),
    Action("later", "Edit", "Clip a frame later", (".",)),
    Action("earlier", "Edit", "Clip a frame earlier", (",",)),
    Action("later_ms", "Edit", "Clip 1 ms later", ("Alt+.",)),
    Action("earlier_ms", "Edit", "Clip 1 ms earlier", ("Alt+,",)),
    Action("add_track", "Track", "Add track", ("Ctrl+Shift+T",)),
    Action("rename_track", "Track", "Rename track", ("F2",)),
    Action("track_up", "Track", "Track up", ("Ctrl+Shift+Up",)),
    Action("track_down", "Track", "Track down", ("Ctrl+Shift+Down",)),
    Action("remove_track", "Track", "Remove track"),
    Action("preferences", "Edit", "Preferences …", ("Ctrl+,",), rule=True),
    Action("shortcuts", "Edit", "Keyboard shortcuts …", ("Ctrl+Alt+K",)),
    Action("mark_in", "Cue", "Mark in", ("I",)),
    Action("mark_out", "Cue", "Mark out", ("O",)),
    Action("select_in", "Cue", "Selection begins here", ("Shift+I",)),
    Action("select_out", "Cue", "Selection ends here", ("Shift+O",)),
    Action("mark_clear", "Cue", "Clear selection or marks", ("Alt+X",)),
    Action("marker", "Cue", "Marker at the playhead", ("M",), rule=True),
    Action("rename_marker", "Cue", "Rename marker", ("Shift+F2",)),
    Action("next_marker", "Cue", "Next marker", ("Alt+M",)),
    Action("previous_marker", "Cue", "Previous marker", ("Alt+Shift+M",)),
    Action("add_cue", "Cue", "Cue from marks", ("C",), rule=True),
    Action("next_cue", "Cue", "Next cue", ("N",)),
    Action("previous_cue", "Cue", "Previous cue", ("Shift+N",)),
    Action("remove_cue", "Cue", "Remove cue"),
    Action("find_events", "Cue", "Find events", ("E",), rule=True),
    Action("events_auto", "Cue", "Leave events to the program"),
    Action("reference", "Cue", "Sound like a file …", ("R",), rule=True),
    Action("reference_take", "Cue", "Sound like the candidate heard", ("Shift+R",)),
    Action("reference_hear", "Cue", "Hear the reference sound", ("H",)),
    Action("reference_clear", "Cue", "Clear the reference sound", ("Alt+R",)),
    Action("prompt", "Generate", "Write the prompt", ("P", "/")),
    Action("generate", "Generate", "Generate candidates", ("G",)),
    Action("generate_chosen", "Generate", "Generate the cues chosen in the spotting list", ("Ctrl+Shift+G",)),
    Action("vary", "Generate", "More like this …", ("V",)),
    Action("anew", "Generate", "Make selection anew", ("A",)),
    Action("cancel", "Generate", "Cancel what is running", ("Esc",)),
    Action("pause_jobs", "Generate", "Pause the queue", ("Ctrl+Shift+J",), checkable=True),
    Action("pick", "Generate", "Pick the candidate heard", ("Return", "Enter"), rule=True),
    Action("tie", "Generate", "Cannot tell: tie", ("T",)),
    Action("none", "Generate", "None of them", ("X",)),
    Action("keep", "Generate", "Keep the candidate without placing it", ("Ctrl+Return", "Ctrl+Enter"), rule=True),
    Action("trash", "Generate", "Candidate to the trash", ("Shift+X",)),
    Action("note", "Generate", "Note on the candidate …", ("Shift+C",)),
    Action("blind", "Generate", "Compare blind", ("B",), rule=True, checkable=True),
    Action("reveal", "Generate", "Reveal what the letters are", ("Shift+B",)),
    Action("models", "Generate", "Models …", ("Ctrl+M",), rule=True),
    Action("play", "Play", "Play or pause", ("Space",)),
    Action("play_cue", "Play", "Play the cue with its run-up", ("Shift+Space",)),
    Action("play_region", "Play", "Play the selection", ("Shift+P",)),
    Action("shuttle_back", "Play", "Play backwards, faster each time", ("J",)),
    Action("shuttle_stop", "Play", "Stop; held, J and L play at half speed", ("K",)),
    Action("shuttle_on", "Play", "Play on, faster each time", ("L",)),
    Action("half_speed", "Play", "Half speed", ("Shift+K",), checkable=True),
    Action("loop", "Play", "Loop the selection or the cue", ("Shift+L",), checkable=True),
    Action("candidate_1", "Play", "Hear candidate A", ("1",), rule=True),
    Action("candidate_2", "Play", "Hear candidate B", ("2",)),
    Action("candidate_3", "Play", "Hear candidate C", ("3",)),
    Action("candidate_4", "Play", "Hear candidate D", ("4",)),
    Action("candidate_5", "Play", "Hear candidate E", ("5",)),
    Action("candidate_6", "Play", "Hear candidate F", ("6",)),
    Action("candidate_7", "Play", "Hear candidate G", ("7",)),
    Action("candidate_8", "Play", "Hear candidate H", ("8",)),
    Action("hear_mix", "Play", "Hear the mix", ("0",)),
    Action("batch_back", "Play", "Earlier candidates", ("PgUp",)),
    Action("batch_on", "Play", "Later candidates", ("PgDown",)),
    Action("go_to", "Play", "Go to a time …", ("Ctrl+G",), rule=True),
    Action("frame_back", "Play", "A frame back", ("Left",)),
    Action("frame_on", "Play", "A frame on", ("Right",)),
    Action("to_start", "Play", "To the start of the cue", ("Home",)),
    Action("to_end", "Play", "To the end of the cue", ("End",)),
    Action("train", "Train", "Train from picks", ("Ctrl+T",)),
    Action("zoom_in", "View", "Zoom in", ("+", "=")),
    Action("zoom_out", "View", "Zoom out", ("-",)),
    Action("fit_cue", "View", "Fit the cue", ("Z",)),
    Action("zoom_selection", "View", "Fit the chosen clips", ("Alt+Z",)),
    Action("fit_all", "View", "Fit everything", ("Shift+Z",)),
    Action("follow", "View", "Follow the playhead", ("F",), rule=True, checkable=True),
    Action("follow_centre", "View", "Keep the playhead in the middle", ("Shift+F",), checkable=True),
    Action("snap", "View", "Snap while dragging", ("Shift+S",), rule=True, checkable=True),
    Action("ripple", "View", "Ripple: later clips of the track move along", ("Ctrl+R",), checkable=True),
    Action("ripple_all", "View", "Ripple all tracks", ("Ctrl+Shift+R",), checkable=True),
    Action("take_lanes", "View", "Takes under each other", ("Shift+T",), rule=True, checkable=True),
    Action("use_take", "View", "Use all of the take"),
    Action("keep_take_here", "View", "Keep the take"),
    Action("trash_take_here", "View", "Take to the trash"),
    Action("wave", "View", "Wave over the spectrogram", ("W",), rule=True, checkable=True),
    Action("track_height", "View", "Large tracks", ("Shift+H",), checkable=True),
    Action("spotting", "View", "Spotting list", ("Ctrl+L",), rule=True, checkable=True),
    Action("jobs", "View", "Jobs", ("Ctrl+J",), checkable=True),
    Action("history", "View", "History", ("Ctrl+H",), checkable=True),
    Action("theme", "View", "Dark or light", rule=True),
    Action("full_screen", "View", "Full screen", ("F11",), checkable=True),
    Action("palette", "Help", "Find a command …", ("Ctrl+K", "Ctrl+Shift+P")),
    Action("hints", "Help", "What to press", ("F1",)),
    Action("about", "Help", "About Foleydesk"),
)


def action(action_id: str) -> Action:
    """Raises KeyError when there is no such action."""
    return {one.id: one for one in ACTIONS}[action_id]


def of_menu(menu: str) -> tuple[Action, ...]:
    return tuple(one for one in ACTIONS if one.menu == menu)

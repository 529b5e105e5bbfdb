"""Edits in any order, undone, redone, journalled, saved. `python tests/document/edit_machine.py 10000` asks longer."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from edit_machine import play  # noqa: E402


def test_any_sequence_of_edits_can_be_undone_redone_replayed_and_saved():
    play(60, steps=30)

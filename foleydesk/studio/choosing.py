"""What happens between G and Enter: asking for candidates, comparing them, saying something of them, picking one."""

from __future__ import annotations

from foleydesk.studio.asking import Asking
from foleydesk.studio.judging import Judging
from foleydesk.studio.picking import Picking


class Choosing(Asking, Judging, Picking):
    """All of it on one studio."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from engine.media.probe import probe
from foleydesk.document.edits import ChangeProject, OpenMedia
from foleydesk.document.project import Project
from foleydesk.studio.opening import media_of


def test_a_picture_of_variable_rate_counts_by_a_rate_in_use(bunny: Path) -> None:
    """A phone's film of 29.9 frames a second on average is counted as 29.97, and may then drop frames."""
    info = replace(probe(bunny), variable_rate=True, rate=Fraction(2989, 100))
    media = media_of(bunny, info)
    assert (media.rate, media.variable) == (Fraction(30_000, 1001), True)
    project = ChangeProject(drop=True).apply(OpenMedia(media).apply(Project()))
    assert project.rate.timecode(0, project.start) == "01:00:00;00"


def test_a_constant_rate_is_what_it_is(bunny: Path) -> None:
    info = replace(probe(bunny), rate=Fraction(2989, 100))
    media = media_of(bunny, info)
    assert (media.rate, media.variable) == (Fraction(2989, 100), False)

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import Refused
from foleydesk.document.timebase import DROP_RATES, Rate, Unit, nominal_rate

HOUR = 3600 * 48_000
FILM, NTSC = "24000/1001", "30000/1001"
RATES = [
    Rate(Fraction(5)), Rate(Fraction(24_000, 1001)), Rate(Fraction(24)), Rate(Fraction(25)), Rate(Fraction(162, 5)),
    Rate(Fraction(30_000, 1001)), Rate(DROP_RATES[0], drop=True), Rate(Fraction(50)), Rate(DROP_RATES[1], drop=True),
]  # fmt: skip
FRAMES = st.integers(0, 24 * 60 * 60 * 60)


@given(st.sampled_from(RATES), FRAMES)
def test_a_frame_begins_at_its_first_sample(rate, frame):
    first = rate.samples_at(frame)
    assert rate.frame_at(first) == frame
    assert rate.frame_at(first - 1) == frame - 1


@given(st.sampled_from(RATES), FRAMES, st.sampled_from([0, HOUR, 10 * HOUR]))
def test_what_is_shown_can_be_typed(rate, frame, start):
    at = rate.samples_at(frame)
    assert rate.parse(rate.timecode(at, start), start) == at


@given(st.sampled_from(RATES), FRAMES)
def test_the_next_frame_has_the_next_label(rate, frame):
    assert rate.timecode(rate.samples_at(frame)) < rate.timecode(rate.samples_at(frame + 1)) or frame > 10**6


@pytest.mark.parametrize("rate", RATES)
def test_hour_one_is_hour_one_at_every_rate(rate):
    assert rate.timecode(0, start=HOUR).replace(";", ":") == "01:00:00:00"


@pytest.mark.parametrize(
    ("frame", "label"),
    [
        (1799, "00:00:59;29"), (1800, "00:01:00;02"), (3597, "00:01:59;29"), (3598, "00:02:00;02"),
        (17981, "00:09:59;29"), (17982, "00:10:00;00"), (17982 + 1800, "00:11:00;02"), (107892, "01:00:00;00"),
    ],
)  # fmt: skip
def test_drop_frame_leaves_out_two_labels_each_minute_but_not_each_tenth(frame, label):
    rate = Rate(DROP_RATES[0], drop=True)
    assert rate.timecode(rate.samples_at(frame)) == label


def test_drop_frame_keeps_up_with_the_clock():
    rate = Rate(DROP_RATES[0], drop=True)
    assert rate.timecode(HOUR) == "01:00:00;00"
    assert Rate(DROP_RATES[0]).timecode(HOUR) == "00:59:56:12"


def test_a_label_that_drop_frame_leaves_out_is_refused():
    with pytest.raises(Refused):
        Rate(DROP_RATES[0], drop=True).parse("00:01:00;00")


@pytest.mark.parametrize(
    ("text", "samples"), [("2.5", 120_000), ("2.5 s", 120_000), ("25f", 48_000), ("0:00:01:00", 48_000)]
)
def test_time_is_typed_as_time_code_frames_or_seconds(text, samples):
    assert Rate(Fraction(25)).parse(text) == samples


@pytest.mark.parametrize("text", ["", "noon", "00:00:61:00", "00:00:00:25", "-1", "1:2"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Refused):
        Rate(Fraction(25)).parse(text)


@pytest.mark.parametrize(("fraction", "drop"), [(Fraction(0), False), (Fraction(-25), False), (Fraction(25), True)])
def test_a_rate_that_cannot_be_is_refused(fraction, drop):
    with pytest.raises(Refused):
        Rate(fraction, drop)


def test_before_the_start_is_negative():
    rate = Rate(Fraction(25))
    assert rate.timecode(-48_000) == "-00:00:01:00"


@given(st.sampled_from(RATES), FRAMES, st.integers(-500, 500))
def test_so_many_frames_on_is_so_many_frames_back(rate, frame, by):
    at = rate.samples_at(frame)
    moved = rate.nudged(at, by)
    assert moved == rate.samples_at(frame + by)
    assert rate.nudged(moved, -by) == at


@given(st.sampled_from(RATES), st.integers(0, HOUR), st.integers(0, 100))
def test_a_nudge_stays_within_its_frame(rate, at, by):
    assert rate.frame_at(rate.nudged(at, by)) == rate.frame_at(at) + by


@given(st.sampled_from(RATES), st.integers(0, HOUR), st.sampled_from(Unit))
def test_what_is_said_in_a_unit_is_read_in_it(rate, at, unit):
    said = rate.say(at, unit, HOUR)
    assert abs(rate.read(said, unit, HOUR) - at) <= (24 if unit is Unit.SECONDS else rate.samples_at(1))
    assert rate.say(rate.read(said, unit, HOUR), unit, HOUR) == said


def test_a_bare_number_is_in_the_unit_that_is_shown():
    rate = Rate(Fraction(25))
    assert rate.read("50", Unit.FRAMES) == rate.read("2", Unit.SECONDS) == rate.read("2", Unit.TIME_CODE) == 96_000
    assert rate.read("50 f", Unit.SECONDS) == rate.read("00:00:02:00", Unit.FRAMES) == 96_000


@pytest.mark.parametrize(
    ("measured", "nominal"),
    [("29.874", NTSC), ("29.99", "30"), ("23.4", FILM), ("24.9", "25"), ("59.2", "60000/1001"), ("12", FILM)],
)
def test_a_variable_rate_counts_by_the_nearest_in_use(measured, nominal):
    assert nominal_rate(Fraction(measured)) == Fraction(nominal)

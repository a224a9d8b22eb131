"""Business time: the worked values of the peers, and what must hold for every calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.support.clocks import Calendar, Kind, NeverOpen, add, axis, between, due, instant, shares, used
from app.support.workdays import closed_and_made_up, differing_days

pytestmark = pytest.mark.no_database

SHANGHAI, NEW_YORK, UTC_ZONE = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), ZoneInfo("UTC")


def _week(*windows: tuple[float, float], days: int = 5) -> tuple[tuple[tuple[int, int], ...], ...]:
    day = tuple((int(opens * 60), int(closes * 60)) for opens, closes in windows)
    return (day,) * days + ((),) * (7 - days)


LONG_DAY = Calendar(zone=UTC_ZONE, week=_week((8, 18)))
OFFICE = Calendar(zone=UTC_ZONE, week=_week((9, 17)))
SPLIT = Calendar(
    zone=SHANGHAI,
    week=_week((9, 12), (13.5, 18)),
    days=dict.fromkeys((date(2026, 10, day) for day in range(1, 8)), ()),
)
ALWAYS = Calendar(zone=NEW_YORK, week=_week((0, 24), days=7))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def _at(text: str, calendar: Calendar) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "expected"),
    [
        (LONG_DAY, "2013-03-21 09:30", 1, "2013-03-21 10:30"),
        (LONG_DAY, "2013-03-21 09:30", 2, "2013-03-21 11:30"),
        (LONG_DAY, "2013-03-21 09:30", 3, "2013-03-21 12:30"),
        (LONG_DAY, "2013-03-21 12:05", 2, "2013-03-21 14:05"),
        (OFFICE, "2026-01-30 16:30", 1, "2026-02-02 09:30"),
        (OFFICE, "2026-01-28 07:00", 2, "2026-01-28 11:00"),
        (OFFICE, "2026-01-28 10:00", 2, "2026-01-28 12:00"),
        (OFFICE, "2026-01-30 16:55", 24, "2026-02-04 16:55"),
        (SPLIT, "2026-09-30 17:00", 4, "2026-10-08 12:00"),
        (SPLIT, "2026-09-30 11:30", 1, "2026-09-30 14:00"),
        (SPLIT, "2026-09-30 12:30", 0.5, "2026-09-30 14:00"),
        (ALWAYS, "2026-03-07 20:00", 8, "2026-03-08 05:00"),
        (ALWAYS, "2026-10-31 20:00", 8, "2026-11-01 03:00"),
    ],
)
def test_adding_business_time_gives_the_worked_value(calendar, start, hours, expected):
    assert add(calendar, _at(start, calendar), hours * HOUR) == _at(expected, calendar)


def test_time_used_goes_on_after_the_promise():
    start, reply = _at("2013-03-21 09:30", LONG_DAY), _at("2013-03-21 14:00", LONG_DAY)

    assert used(LONG_DAY, start, reply) == 270 * MINUTE
    assert 60 * MINUTE - used(LONG_DAY, start, reply) == -210 * MINUTE


def test_a_pause_moves_the_promise_by_its_working_time():
    start = _at("2026-09-30 09:05", SPLIT)
    paused = (_at("2026-09-30 09:50", SPLIT), _at("2026-09-30 10:40", SPLIT))

    assert due(SPLIT, start, 4 * HOUR, [paused]) == _at("2026-09-30 15:25", SPLIT)


def test_a_pause_over_lunch_costs_only_working_time():
    start = _at("2026-09-30 11:00", SPLIT)
    paused = (_at("2026-09-30 11:30", SPLIT), _at("2026-09-30 14:00", SPLIT))

    assert due(SPLIT, start, 2 * HOUR, [paused]) == _at("2026-09-30 15:30", SPLIT)


def test_a_pause_after_the_promise_does_not_save_it():
    start = _at("2026-09-30 09:00", SPLIT)
    paused = (_at("2026-09-30 11:00", SPLIT), _at("2026-09-30 16:00", SPLIT))

    assert due(SPLIT, start, HOUR, [paused]) == _at("2026-09-30 10:00", SPLIT)


def test_national_day_has_make_up_days_on_weekends():
    closed, made_up = closed_and_made_up("CN", 2026)

    assert {date(2026, 10, day) for day in (1, 2, 3, 5, 6, 7)} <= closed
    assert {date(2026, 9, 20), date(2026, 10, 10)} <= made_up
    assert not closed & made_up


def test_a_make_up_saturday_is_worked_and_the_firm_overrules_the_country():
    week = _week((9, 12), (13.5, 18))
    days = differing_days(week, country="CN", years=[2026], overrides={date(2026, 10, 10): ()})
    worked = differing_days(week, country="CN", years=[2026], overrides={})

    friday = _at("2026-10-09 17:30", SPLIT)
    assert add(Calendar(zone=SHANGHAI, week=week, days=worked), friday, HOUR) == _at("2026-10-10 09:30", SPLIT)
    assert add(Calendar(zone=SHANGHAI, week=week, days=days), friday, HOUR) == _at("2026-10-12 09:30", SPLIT)


def test_a_firm_that_never_opens_can_promise_nothing():
    with pytest.raises(NeverOpen):
        add(Calendar(zone=UTC_ZONE, week=((),) * 7), datetime(2026, 1, 1, tzinfo=UTC), HOUR)


def test_a_wall_clock_that_jumps_over_a_minute_shows_where_it_lands():
    assert instant(date(2026, 3, 8), 150, NEW_YORK) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert instant(date(2026, 3, 8), 180, NEW_YORK) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_the_axis_shows_what_ran_stood_still_was_closed_and_is_left():
    start, now = _at("2026-09-30 09:05", SPLIT), _at("2026-09-30 11:45", SPLIT)
    paused = (_at("2026-09-30 09:50", SPLIT), _at("2026-09-30 10:40", SPLIT))

    drawn = axis(SPLIT, start, _at("2026-09-30 15:25", SPLIT), now, [paused])

    assert [(stretch.kind, stretch.length // MINUTE) for stretch in drawn] == [
        (Kind.RAN, 45),
        (Kind.HELD, 50),
        (Kind.RAN, 65),
        (Kind.AHEAD, 15),
        (Kind.CLOSED, 90),
        (Kind.AHEAD, 115),
    ]


def test_a_late_promise_shows_by_how_much():
    start, now = _at("2026-09-30 09:00", SPLIT), _at("2026-09-30 11:00", SPLIT)

    drawn = axis(SPLIT, start, _at("2026-09-30 10:00", SPLIT), now)

    assert [stretch.kind for stretch in drawn] == [Kind.RAN, Kind.OVER]


def test_a_long_rest_is_drawn_short():
    start = _at("2026-09-30 17:00", SPLIT)

    drawn = axis(SPLIT, start, add(SPLIT, start, 2 * HOUR), start)

    assert shares(drawn, HOUR) == [
        (0.0, pytest.approx(1 / 3)),
        (pytest.approx(1 / 3), pytest.approx(2 / 3)),
        (pytest.approx(2 / 3), 1.0),
    ]


@st.composite
def _calendars(draw):
    def day():
        edges = sorted(draw(st.lists(st.integers(0, 1440), min_size=0, max_size=6, unique=True)))
        return tuple(zip(edges[::2], edges[1::2], strict=False))

    week = (*(day() for _ in range(6)), ((540, 1020),))
    zone = ZoneInfo(
        draw(st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]))
    )
    return Calendar(zone=zone, week=week, days={date(2026, 3, 9): (), date(2026, 11, 2): ()})


_moments = st.integers(0, 252 * 24 * 3600).map(
    lambda seconds: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
_amounts = st.integers(0, 60 * 60 * 30).map(lambda seconds: timedelta(seconds=seconds))


@settings(deadline=None, max_examples=50)
@given(_calendars(), _moments, _amounts, _amounts)
def test_more_time_never_ends_earlier(calendar, start, one, other):
    assert add(calendar, start, min(one, other)) <= add(calendar, start, max(one, other))


@settings(deadline=None, max_examples=50)
@given(_calendars(), _moments, _moments, _amounts)
def test_a_later_start_never_ends_earlier(calendar, one, other, amount):
    assert add(calendar, min(one, other), amount) <= add(calendar, max(one, other), amount)


@settings(deadline=None, max_examples=50)
@given(_calendars(), _moments, _amounts, _amounts)
def test_adding_in_two_steps_is_adding_at_once(calendar, start, one, other):
    assert add(calendar, add(calendar, start, one), other) == add(calendar, start, one + other)


@settings(deadline=None, max_examples=50)
@given(_calendars(), _moments, _amounts)
def test_what_was_added_has_passed(calendar, start, amount):
    assert between(calendar, start, add(calendar, start, amount)) == amount


@settings(deadline=None, max_examples=40)
@given(_calendars(), _moments, _amounts, st.lists(_moments, max_size=6, unique=True))
def test_a_promise_with_pauses_has_its_full_working_time(calendar, start, target, moments):
    edges = sorted(moment for moment in moments if moment > start)
    pauses = list(zip(edges[::2], edges[1::2], strict=False))

    assert used(calendar, start, due(calendar, start, target, pauses), pauses) == target

"""The promise clock: business time added, counted and drawn, from values alone.

A calendar says when a firm works, on its own wall clock. All moments are aware; a result is in UTC. A day on which the
clocks change has the hours that it really has. Worked values: tests/support/test_clocks.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

Window = tuple[int, int]
Span = tuple[datetime, datetime]
MIDNIGHT = 24 * 60
_HORIZON = timedelta(days=3 * 366)
_DAY = timedelta(days=1)
_ZERO = timedelta()


class NeverOpen(ValueError):
    """The calendar has no working hour within three years."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When a firm works. `week` holds the windows of Monday to Sunday, in minutes after local midnight, in order.

    `days` holds the dates that differ: no window for a holiday, windows for a make-up day (调休).
    """

    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    days: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)

    def windows(self, day: date) -> tuple[Window, ...]:
        """Return the working hours of one date."""
        return self.days.get(day, self.week[day.weekday()])


class Kind(StrEnum):
    """What the clock did, or will do, in a stretch of time."""

    RAN = "ran"
    HELD = "held"
    CLOSED = "closed"
    AHEAD = "ahead"
    OVER = "over"


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in which the clock did one thing; `counts` is the working time in it."""

    kind: Kind
    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is on the wall clock."""
        return self.end - self.start


def open_spans(calendar: Calendar, start: datetime, until: datetime) -> Iterator[Span]:
    """Yield the working hours between two moments, in order, cut at both ends."""
    day = start.astimezone(calendar.zone).date() - _DAY
    last = until.astimezone(calendar.zone).date()
    while day <= last:
        for opens, closes in calendar.windows(day):
            span = max(instant(day, opens, calendar.zone), start), min(instant(day, closes, calendar.zone), until)
            if span[0] < span[1]:
                yield span
        day += _DAY


def add(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """Return the moment at which `amount` of working time has passed since `start`; raise `NeverOpen`."""
    start = start.astimezone(UTC)
    if amount <= _ZERO:
        return start
    for opens, closes in open_spans(calendar, start, start + _HORIZON + 10 * amount):
        if closes - opens >= amount:
            return opens + amount
        amount -= closes - opens
    raise NeverOpen


def between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the working time between two moments; nothing if `end` is not after `start`."""
    if end <= start:
        return _ZERO
    spans = open_spans(calendar, start.astimezone(UTC), end.astimezone(UTC))
    return sum((closes - opens for opens, closes in spans), _ZERO)


def running(start: datetime, end: datetime, pauses: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a stretch of time when the pauses are taken out; they are in order and do not overlap."""
    for held, resumed in pauses:
        if start < held:
            yield start, min(held, end)
        start = max(start, resumed)
    if start < end:
        yield start, end


def due(calendar: Calendar, start: datetime, target: timedelta, pauses: Sequence[Span] = ()) -> datetime:
    """Return when a promise of `target` working time falls due: pauses do not count, a late promise stays late."""
    forever = max([start, *(end for _, end in pauses)]) + _HORIZON
    for begins, ends in running(start, forever, pauses):
        worked = between(calendar, begins, ends) if ends != forever else target
        if worked >= target:
            return add(calendar, begins, target)
        target -= worked
    raise NeverOpen


def used(calendar: Calendar, start: datetime, now: datetime, pauses: Sequence[Span] = ()) -> timedelta:
    """Return the working time that has gone since `start` without the pauses."""
    return sum((between(calendar, *span) for span in running(start, now, pauses)), _ZERO)


def axis(
    calendar: Calendar, start: datetime, due_at: datetime, now: datetime, pauses: Sequence[Span] = ()
) -> list[Stretch]:
    """Return what the clock did and will do from `start` until the promise, or until now if that is later."""
    end = max(due_at, now)
    hours = list(open_spans(calendar, start, end))
    edges = {start, end, now, due_at, *(edge for span in [*hours, *pauses] for edge in span)}
    points = sorted(edge for edge in edges if start <= edge <= end)
    stretches: list[Stretch] = []
    for left, right in pairwise(points):
        middle = left + (right - left) / 2
        kind = _kind(middle, due_at=due_at, now=now, is_open=_inside(middle, hours), is_held=_inside(middle, pauses))
        goes_on = stretches and stretches[-1].kind == kind and left != now
        stretches.append(Stretch(kind, stretches.pop().start if goes_on else left, right))
    return stretches


def shares(stretches: Sequence[Stretch], longest_rest: timedelta) -> list[tuple[float, float]]:
    """Return where each stretch lies on an axis from 0 to 1; a rest is drawn no longer than `longest_rest`."""
    drawn = [min(s.length, longest_rest) if s.kind == Kind.CLOSED else s.length for s in stretches]
    whole = sum(drawn, _ZERO) or timedelta(seconds=1)
    places, at = [], _ZERO
    for length in drawn:
        places.append((at / whole, (at + length) / whole))
        at += length
    return places


@lru_cache(maxsize=8192)  # a desk full of promises that are months late counts the same days again and again
def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the moment at which a wall clock shows the minute; one that the clock skips is where it jumps."""
    wall = datetime.combine(day, time(), zone) if minute < MIDNIGHT else datetime.combine(day + _DAY, time(), zone)
    wall += timedelta(minutes=minute % MIDNIGHT)
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    return _jump(wall.replace(fold=1).astimezone(UTC), moment, zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _inside(moment: datetime, spans: Iterable[Span]) -> bool:
    return any(start <= moment < end for start, end in spans)


def _kind(moment: datetime, *, due_at: datetime, now: datetime, is_open: bool, is_held: bool) -> Kind:
    if is_held:
        return Kind.HELD
    if not is_open:
        return Kind.CLOSED
    if moment >= now:
        return Kind.AHEAD
    return Kind.OVER if moment >= due_at else Kind.RAN

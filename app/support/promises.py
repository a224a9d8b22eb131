"""The promise of a request as a page draws it: customer and colleague get it from here, so they see the same clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from flask_babel import gettext as _

from app.kit import clock
from app.support import clocks, queries, wording
from app.support.clocks import Calendar, Kind, Stretch
from app.support.queries import Fact
from app.support.rules import SOON, State

_LONGEST_REST = timedelta(minutes=75)


class Promised(Protocol):
    """What a promise needs to know of a request: the model and a row of the desk both have it."""

    @property
    def state(self) -> State: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def target_minutes(self) -> int: ...
    @property
    def waiting_since(self) -> datetime | None: ...
    @property
    def resolved_at(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The promise in one line: `state` is running, soon, late, held or met; `used` the share of it that is gone."""

    state: str
    left: str
    when: str
    used: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of "why this time": a stretch, what the clock did in it, how much of it counts."""

    when: str
    what: str
    counts: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The promise with its axis and its reasons."""

    clock: Clock
    of: str
    line: str
    segments: list[tuple[str, float, float]] = field(default_factory=list)
    now: float | None = None
    now_label: str = ""
    start: str = ""
    end: str = ""
    why: list[Line] = field(default_factory=list)


def brief(request: Promised, calendar: Calendar, now: datetime | None = None) -> Clock:
    """Return the promise as a row of a list shows it."""
    now = now or clock.now()
    target = timedelta(minutes=request.target_minutes)
    if request.state == State.RESOLVED and request.resolved_at:
        return _ended(request.resolved_at, request.due_at, calendar)
    if request.state == State.WAITING and request.waiting_since:
        since = wording.by_when(request.waiting_since)
        return Clock(state="held", left=_("Paused"), when=_("for the customer, since %(time)s", time=since))
    if now > request.due_at:
        over = wording.duration(clocks.between(calendar, request.due_at, now))
        return Clock(
            state="late",
            left=_("%(time)s late", time=over),
            when=_("was due %(time)s", time=wording.by_when(request.due_at)),
        )
    left = clocks.between(calendar, now, request.due_at)
    return Clock(
        state="soon" if left < SOON else "running",
        left=wording.duration(left),
        when=wording.by_when(request.due_at),
        used=1 - min(left / target, 1.0),
    )


def drawn(request: Any, facts: Sequence[Fact], *, to_customer: bool) -> Drawn:
    """Return the promise with its axis: what ran, what stood still, what is left, and why it ends when it ends."""
    calendar, now = queries.calendar(), clock.now()
    target = timedelta(minutes=request.target_minutes)
    short = brief(request, calendar, now)
    seen = min(now, request.resolved_at or now)
    held = queries.pauses(list(facts), since=request.clock_from, now=seen)
    until = min(request.due_at, seen) if request.state == State.RESOLVED else request.due_at
    axis = clocks.axis(calendar, request.clock_from, until, seen, held)
    places = clocks.shares(axis, _LONGEST_REST)
    pairs = list(zip(axis, places, strict=True))
    at_now = next((place[0] for stretch, place in pairs if stretch.start == seen), 1.0 if pairs else 0.0)
    is_over, at = request.state == State.RESOLVED, wording.hour(seen)
    return Drawn(
        clock=short,
        of=_("of %(time)s", time=wording.duration(target)) if short.state in {"running", "soon"} else "",
        line=_line(request, to_customer=to_customer),
        segments=[(stretch.kind.value, *place) for stretch, place in pairs],
        now=at_now,
        now_label=_("solved %(time)s", time=at) if is_over else _("now %(time)s", time=at),
        start=wording.by_when(request.clock_from),
        end="" if is_over else wording.by_when(request.due_at),
        why=_why(axis, request, seen),
    )


def _ended(resolved_at: datetime, due_at: datetime, calendar: Calendar) -> Clock:
    if resolved_at <= due_at:
        return Clock(state="met", left=_("Solved in time"), when=wording.by_when(resolved_at))
    over = wording.duration(clocks.between(calendar, due_at, resolved_at))
    return Clock(state="late", left=_("Solved %(time)s late", time=over), when=wording.by_when(resolved_at))


def _line(request: Promised, *, to_customer: bool) -> str:
    due = wording.by_when(request.due_at)
    if request.state == State.RESOLVED:
        return str(_("Promised by %(time)s.", time=due))
    if request.state == State.WAITING:
        to_staff = _("The clock stands still until the customer writes; the promise then moves by as much.")
        return str(_("The clock stands still until you have answered.") if to_customer else to_staff)
    if clock.now() > request.due_at:
        return str(_("It was promised by %(time)s.", time=due))
    return str(_("By %(time)s at the latest.", time=due))


def _why(axis: Sequence[Stretch], request: Promised, now: datetime) -> list[Line]:
    """Return the stretches as lines, with the line of now and that of the promise where they fall."""
    lines: list[Line] = []
    counted, is_told = timedelta(), False
    for stretch in axis:
        if stretch.start >= request.due_at and not is_told:
            lines.append(_promise(request))
            is_told = True
        if stretch.start == now and lines:
            lines.append(_now(now, counted))
        if stretch.kind in {Kind.RAN, Kind.AHEAD}:
            counted += stretch.length
        lines.append(_of(stretch))
    return lines if is_told else [*lines, _promise(request)]


def _promise(request: Promised) -> Line:
    total = wording.duration(timedelta(minutes=request.target_minutes))
    return Line(when=wording.by_when(request.due_at), what=_("Promised"), counts=total, kind="sum")


def _now(now: datetime, counted: timedelta) -> Line:
    return Line(when=wording.by_when(now), what=_("Used so far"), counts=wording.duration(counted), kind="now")


def _of(stretch: Stretch) -> Line:
    what = {
        Kind.RAN: _("Counted"),
        Kind.HELD: _("Paused, waiting for the customer"),
        Kind.CLOSED: _("Outside working hours"),
        Kind.AHEAD: _("Still to come"),
        Kind.OVER: _("Over the promise"),
    }[stretch.kind]
    counts = stretch.kind in {Kind.RAN, Kind.AHEAD, Kind.OVER}
    return Line(
        when=f"{_edge(stretch.start)}–{wording.hour(stretch.end)}" if counts else _rest(stretch),
        what=what,
        counts=wording.duration(stretch.length) if counts else "—",
        kind="counted" if counts else "skipped",
    )


def _edge(moment: datetime) -> str:
    return wording.hour(moment) if wording.is_today(moment) else wording.by_when(moment)


def _rest(stretch: Stretch) -> str:
    same_day = wording.day_of(stretch.start) == wording.day_of(stretch.end)
    return f"{_edge(stretch.start)}–{wording.hour(stretch.end) if same_day else wording.by_when(stretch.end)}"

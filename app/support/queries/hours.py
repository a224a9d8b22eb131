"""The firm's working calendar, at most ten seconds old."""

import time
from collections.abc import Iterable

from flask import Flask, current_app
from sqlalchemy import select

from app.kit import clock
from app.kit.db import db
from app.kit.site import site
from app.support.clocks import Calendar, Window
from app.support.models import Day, Hours
from app.support.rules import WORKING_WEEK
from app.support.workdays import differing_days

_FRESH_SECONDS = 10.0
_KEPT = "revisit.support.calendar"


def calendar() -> Calendar:
    """Return when the firm works: its week, its country's holidays and make-up days, and its own exceptions."""
    until, kept = current_app.extensions.get(_KEPT, (0.0, None))
    if kept is None or until < time.monotonic():
        kept = _read()
        current_app.extensions[_KEPT] = (time.monotonic() + _FRESH_SECONDS, kept)
    return kept  # type: ignore[no-any-return]  # what _read returned


def forget_calendar(app: Flask) -> None:
    """Read the calendar anew at the next look, because it was changed."""
    app.extensions.pop(_KEPT, None)


def _read() -> Calendar:
    hours = db.session.execute(select(Hours.week, Hours.country)).first()
    week = tuple(_windows(day) for day in hours.week) if hours else WORKING_WEEK
    overrides = {day: _windows(windows) for day, windows in db.session.execute(select(Day.day, Day.windows))}
    year = clock.now().year
    days = differing_days(
        week, country=hours.country if hours else "CN", years=range(year - 1, year + 3), overrides=overrides
    )
    return Calendar(zone=site().zone, week=week, days=days)


def _windows(windows: Iterable[list[int]]) -> tuple[Window, ...]:
    return tuple((opens, closes) for opens, closes in windows)

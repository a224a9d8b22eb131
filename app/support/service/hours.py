"""The firm says when it works."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from app.kit.db import db, upsert
from app.support.clocks import Window
from app.support.models import Day, Hours
from app.support.queries.hours import forget_calendar


def set_week(week: Sequence[Sequence[Window]], *, country: str = "CN") -> None:
    """Set the working week, Monday first, and the country whose holidays count ("" for none). Kept promises stay."""
    values = {"week": [[list(window) for window in day] for day in week], "country": country}
    made = upsert(Hours).values(id=1, **values)
    db.session.execute(made.on_conflict_do_update(index_elements=["id"], set_=values))
    forget_calendar(current_app)


def set_day(day: date, windows: Sequence[Window], *, why: str = "") -> None:
    """Say that one date differs: no window closes it, windows open it (a make-up day)."""
    values = {"windows": [list(window) for window in windows], "why": why}
    made = upsert(Day).values(day=day, **values)
    db.session.execute(made.on_conflict_do_update(index_elements=["day"], set_=values))
    forget_calendar(current_app)

"""Public holidays and make-up working days (调休) of a country, from the `holidays` package."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import holidays

from app.support.clocks import MIDNIGHT, Window

Week = tuple[tuple[Window, ...], ...]


@cache
def closed_and_made_up(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the public holidays of a year, and the days off that are worked in exchange."""
    known = holidays.country_holidays(country, years=[year])
    made_up = {day for day in getattr(known, "weekend_workdays", ()) if day.year == year}
    return frozenset(known) - made_up, frozenset(made_up)


def differing_days(
    week: Week, *, country: str, years: Iterable[int], overrides: Mapping[date, tuple[Window, ...]]
) -> dict[date, tuple[Window, ...]]:
    """Return the hours of the dates that differ from the week: holidays, make-up days, then the firm's own word."""
    working_day = next((windows for windows in week if windows), ())
    days: dict[date, tuple[Window, ...]] = {}
    for year in years if country else ():
        closed, made_up = closed_and_made_up(country, year)
        days |= dict.fromkeys(closed, ()) | dict.fromkeys(made_up, working_day)
    return days | dict(overrides)


def read_windows(text: str) -> tuple[Window, ...]:
    """Read "09:00-12:00,13:30-18:00"; raise `ValueError` unless the windows lie in one day, in order, apart."""
    windows = tuple(
        (_minute(opens), _minute(closes)) for opens, closes in (part.split("-") for part in text.split(","))
    )
    edges = [edge for window in windows for edge in window]
    if edges != sorted(set(edges)) or edges[-1] > MIDNIGHT:
        raise ValueError(text)
    return windows


def windows_as_text(windows: Iterable[Window]) -> str:
    """Write windows as `read_windows` reads them."""
    return ",".join(f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}" for opens, closes in windows)


def _minute(text: str) -> int:
    hours, minutes = (int(part) for part in text.strip().split(":"))
    if not 0 <= minutes < 60 or hours < 0:
        raise ValueError(text)
    return hours * 60 + minutes

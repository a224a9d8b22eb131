"""Public holidays and make-up working days (调休) of a country, from the `holidays` package."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import holidays

from app.support.clocks import Window

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

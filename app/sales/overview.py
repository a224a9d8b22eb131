"""The overview of sales: how satisfied customers are, who to call today, who is where, what everybody talks about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from app.identity import queries as identity
from app.identity.access import people
from app.identity.rules import Role
from app.kit import i18n
from app.kit.site import today
from app.lifecycle import names, queries
from app.lifecycle.rules.kinds import Stage
from app.surveys import metrics, wording
from app.surveys import overview as satisfaction
from app.surveys.overview import Totals
from app.surveys.rules import Metric

bp = Blueprint("sales", __name__, url_prefix="/sales")
_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Point:
    """One month of the chart."""

    label: str
    value: float
    low: float
    high: float
    n: int


@bp.get("")
@people(Role.SALES)
def show() -> ResponseReturnValue:
    """Show the day at a glance."""
    until = today().date()
    since = until - timedelta(days=_DAYS)
    days = satisfaction.days(until - timedelta(days=365), until)
    recent = satisfaction.totals_by_metric(since, until)
    calls, counts = queries.to_call(), queries.counts()
    points = _months(days)
    return render_template(
        "sales/overview.html",
        days=_DAYS,
        figures=_figures(recent),
        points=points,
        finding=_finding(points),
        calls=calls,
        owners=identity.names_of_staff({row.owner_id for row in calls if row.owner_id}),
        stages=_stages(counts),
        sides=_sides(counts),
        known=sum(counts["stage"].values()),
        themes=_themes(since, until),
        steps=names.STEPS,
    )


def _sum(days: Any) -> Totals:
    total: dict[str, int] = dict.fromkeys(Totals.__annotations__, 0)
    for day in days:
        for name in total:
            total[name] += getattr(day, name)
    return Totals(**total)


def _figures(recent: Mapping[Metric, Totals]) -> list[dict[str, Any]]:
    """Return the figures with their interval; the axis of NPS runs from -100 to 100, of a share from 0 to 100.

    Scores of different scales stay apart; words are words, whatever was asked beside them.
    """
    nps, stars, said = recent.get(Metric.NPS, _sum([])), recent.get(Metric.CSAT), _sum(recent.values())
    shown = [
        (_("Net Promoter Score"), nps.nps, (-100, 100), "%+.0f", ""),
        (_("Scores of 9 or 10"), nps.satisfied, (0, 100), "%.0f%%", "%"),
        (_("Comments that sound upset"), said.upset, (0, 100), "%.0f%%", "%"),
    ]
    if stars:
        shown.insert(2, (_("Four or five stars"), stars.satisfied, (0, 100), "%.0f%%", "%"))
    return [
        {
            "name": name,
            "value": form % figure.value if figure else None,
            "n": figure.n if figure else 0,
            "point": figure.value if figure else None,
            "low": figure.low if figure else None,
            "high": figure.high if figure else None,
            "axis": axis,
            "unit": unit,
        }
        for name, figure, axis, form, unit in shown
    ]


def _months(days: Mapping[date, Totals]) -> list[Point]:
    """Return the NPS of each month that has answers, with its interval."""
    months: dict[date, list[Totals]] = {}
    for day, totals in days.items():
        months.setdefault(day.replace(day=1), []).append(totals)
    points = []
    for month, parts in months.items():
        figure = _sum(parts).nps
        if figure:
            pattern = "M月" if i18n.reader_locale() == i18n.CHINESE else "MMM"
            label = str(format_date(month, pattern))
            points.append(Point(label=label, value=figure.value, low=figure.low, high=figure.high, n=figure.n))
    return points


def _finding(points: list[Point]) -> str:
    """Say what the chart shows, and only what its intervals allow."""
    if len(points) < 2:
        return str(_("NPS by month"))
    first, last = points[0], points[-1]
    values = {"first": f"{first.value:+.0f}", "last": f"{last.value:+.0f}", "month": last.label}
    if min(first.n, last.n) < metrics.FEW:
        return str(_("NPS is %(last)s in %(month)s; too few answers to call it a change", **values))
    if last.low > first.high:
        return str(_("NPS rose from %(first)s to %(last)s", **values))
    if last.high < first.low:
        return str(_("NPS fell from %(first)s to %(last)s", **values))
    return str(_("NPS is %(last)s in %(month)s, within the error of %(first)s", **values))


def _stages(counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "name": names.STAGES[stage],
            "value": counts["stage"].get(stage, 0),
            "note": None,
            "url": url_for("sales_customers.listed", stage=stage.value),
        }
        for stage in Stage
    ]


def _sides(counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "n": counts["side"][side], "url": url_for("sales_customers.listed", side=side.value)}
        for side, name in names.SIDES.items()
        if counts["side"].get(side)
    ]


def _themes(since: date, until: date) -> list[dict[str, Any]]:
    return [
        {
            "name": wording.THEMES.get(theme.key, theme.key),
            "upset": theme.negative,
            "happy": theme.positive,
            "note": None,
            "url": None,
        }
        for theme in satisfaction.themes(since, until, limit=10)
    ]

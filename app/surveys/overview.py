"""What all customers say together, from the day totals alone: never from the answers themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.kit.db import db
from app.surveys import metrics
from app.surveys.metrics import Figure
from app.surveys.models import DayTotal, Survey, ThemeTotal
from app.surveys.rules import Channel, Metric

LABELS = ("negative", "neutral", "positive", "mixed", "unread")


@dataclass(frozen=True, kw_only=True)
class Totals:
    """The counts of a period. `skipped` answers have no score and are part of no figure."""

    responses: int = 0
    scored: int = 0
    score_sum: int = 0
    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    tops: int = 0
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    mixed: int = 0
    unread: int = 0

    @property
    def skipped(self) -> int:
        """How many answered without a score."""
        return self.responses - self.scored

    @property
    def nps(self) -> Figure | None:
        """The Net Promoter Score with its interval, or None when nobody gave a score for it."""
        return metrics.nps(self.promoters, self.passives, self.detractors)

    @property
    def satisfied(self) -> Figure | None:
        """The satisfied share (CSAT: 4-5 of 5; CES: 5-7 of 7) with its interval, or None without scores."""
        return metrics.share(self.tops, self.scored)

    @property
    def upset(self) -> Figure | None:
        """The share of negative among the comments that could be read, or None without any."""
        return metrics.share(self.negative, self.negative + self.neutral + self.positive + self.mixed)


@dataclass(frozen=True, kw_only=True)
class Theme:
    """How often a theme was spoken of, and how often unhappily and happily."""

    key: str
    mentions: int
    negative: int
    positive: int


_COUNTS = tuple(func.coalesce(func.sum(DayTotal.__table__.c[name]), 0).label(name) for name in Totals.__annotations__)


def totals(
    since: date,
    until: date,
    *,
    metric: Metric = Metric.NPS,
    language: str | None = None,
    channels: Sequence[Channel] | None = None,
) -> Totals:
    """Return the counts from `since` to `until`, both days included, of the surveys with this metric."""
    query = _within(select(*_COUNTS).join(Survey, Survey.id == DayTotal.survey_id), DayTotal, since, until, language)
    query = query.where(Survey.metric == metric)
    if channels is not None:
        query = query.where(DayTotal.channel.in_(channels))
    return Totals(**{name: int(count) for name, count in db.session.execute(query).mappings().one().items()})


def totals_by_metric(since: date, until: date, *, language: str | None = None) -> dict[Metric, Totals]:
    """Return the counts of a period for each metric that was asked in it: scales are never mixed."""
    query = select(Survey.metric, *_COUNTS).join(Survey, Survey.id == DayTotal.survey_id)
    query = _within(query, DayTotal, since, until, language).group_by(Survey.metric)
    rows = db.session.execute(query).mappings()
    return {row["metric"]: Totals(**{name: int(row[name]) for name in Totals.__annotations__}) for row in rows}


def days(since: date, until: date, *, metric: Metric = Metric.NPS, language: str | None = None) -> dict[date, Totals]:
    """Return the counts of each day that has any, in order."""
    query = select(DayTotal.day, *_COUNTS).join(Survey, Survey.id == DayTotal.survey_id)
    query = _within(query, DayTotal, since, until, language).where(Survey.metric == metric)
    rows = db.session.execute(query.group_by(DayTotal.day).order_by(DayTotal.day)).mappings()
    return {row["day"]: Totals(**{name: int(row[name]) for name in Totals.__annotations__}) for row in rows}


def themes(since: date, until: date, *, language: str | None = None, limit: int = 20) -> list[Theme]:
    """Return what was spoken of in a period, the most often unhappily first."""
    mentions, negative, positive = (
        func.sum(column).label(column.key) for column in (ThemeTotal.mentions, ThemeTotal.negative, ThemeTotal.positive)
    )
    query = _within(select(ThemeTotal.theme, mentions, negative, positive), ThemeTotal, since, until, language)
    ordered = query.group_by(ThemeTotal.theme).order_by(negative.desc(), mentions.desc(), ThemeTotal.theme).limit(limit)
    return [
        Theme(key=row.theme, mentions=int(row.mentions), negative=int(row.negative), positive=int(row.positive))
        for row in db.session.execute(ordered)
    ]


def _within(query: Select[*tuple[Any, ...]], table: Any, since: date, until: date, language: str | None) -> Any:
    query = query.where(table.day.between(since, until))
    return query.where(table.language == language) if language else query

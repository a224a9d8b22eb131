"""The day totals: counted up in the transaction of the answers themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from app.kit.db import Model, db, upsert
from app.kit.site import site
from app.surveys import metrics
from app.surveys.models import DayTotal, ThemeTotal
from app.surveys.rules import SLOTS, Channel, Metric, theme_side

_DAY_KEYS = ("survey_id", "day", "language", "channel", "slot")
_DAY_COUNTS = tuple(c.name for c in DayTotal.__table__.columns if c.name not in _DAY_KEYS)
_THEME_KEYS = ("survey_id", "day", "language", "theme", "slot")
_THEME_COUNTS = ("mentions", "negative", "positive")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What of one answer is counted."""

    response_id: int
    survey_id: int
    metric: Metric
    language: str
    channel: Channel
    score: int | None
    label: str | None
    themes: Iterable[Any]
    submitted_at: datetime


def add(answers: Iterable[Counted], *, times: Literal[1, -1] = 1) -> None:
    """Add answers to the totals of their days, or (times -1) take them out; two statements for however many."""
    days: dict[tuple[Any, ...], Counter[str]] = {}
    themes: dict[tuple[Any, ...], Counter[str]] = {}
    for one in answers:
        slot, day = one.response_id % SLOTS, local_day(one.submitted_at)
        days.setdefault((one.survey_id, day, one.language, one.channel, slot), Counter()).update(counts_of(one))
        for theme, polarity in one.themes:
            key = (one.survey_id, day, one.language, str(theme), slot)
            themes.setdefault(key, Counter()).update(["mentions", *theme_side(polarity)])
    _add(DayTotal, _DAY_KEYS, _DAY_COUNTS, days, times)
    _add(ThemeTotal, _THEME_KEYS, _THEME_COUNTS, themes, times)


def counts_of(one: Counted) -> dict[str, int]:
    """Return one answer as the counts that it adds."""
    promoters, passives, detractors, tops = metrics.groups(one.metric, one.score)
    counts = {"responses": 1, "promoters": promoters, "passives": passives, "detractors": detractors, "tops": tops}
    if one.score is not None:
        counts |= {"scored": 1, "score_sum": one.score}
    return counts | ({one.label: 1} if one.label else {})


def local_day(moment: datetime) -> date:
    """Return the day on the firm's own calendar."""
    return site().local(moment).date()


def _add(
    table: type[Model],
    keys: tuple[str, ...],
    counted: tuple[str, ...],
    totals: Mapping[tuple[Any, ...], Counter[str]],
    times: int,
) -> None:
    if not totals:
        return
    # In one order for everybody: two writers that meet on two rows wait for each other only one way round.
    rows = [
        dict(zip(keys, key, strict=True)) | {name: times * totals[key][name] for name in counted}
        for key in sorted(totals)
    ]
    dialect = db.session().get_bind().dialect.name
    db.session.execute(_adding(table, keys, counted, dialect), rows)


@cache
def _adding(table: type[Model], keys: tuple[str, ...], counted: tuple[str, ...], _dialect: str) -> Any:
    """Return the statement that adds a row's counts; compiled once, since every answer needs it."""
    columns = table.__table__.c
    insert = upsert(table.__table__)  # type: ignore[arg-type]  # a Table, typed as its base
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_={name: columns[name] + insert.excluded[name] for name in counted}
    )

"""Feedback from elsewhere (files, other systems), kept as answers: many at once, each source once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from app import sentiment
from app.events import ResponseSubmitted
from app.kit.bus import publish
from app.kit.db import db, upsert
from app.sentiment import Judgement
from app.surveys import questionnaire, rules
from app.surveys.models import Answer, Response, SurveyVersion
from app.surveys.questionnaire import IMPORTED, SCORES, Question
from app.surveys.rules import Channel, Metric, Said
from app.surveys.service import rows, totals
from app.surveys.service.publishing import current_version


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What somebody said elsewhere. `source` names it for ever: the same source again is the same answer.

    `score` is on the scale of `metric`: 0 to 10 for NPS, 1 to 5 stars for CSAT; None without one.
    `language` is zh_Hans or en.
    """

    customer_id: int
    source: str
    comment: str
    language: str
    submitted_at: datetime
    score: int | None = None
    metric: Metric = Metric.NPS
    purchase_id: int | None = None
    product_id: int | None = None
    is_demo: bool = False

    @property
    def source_hash(self) -> str:
        """The fingerprint by which the database knows the source."""
        return hashlib.sha256(self.source.encode()).hexdigest()


def record_feedback(items: Sequence[Feedback], *, is_history: bool = True) -> list[int]:
    """Keep those that are not known yet; return the ids of the new responses. A few hundred at a time is a good batch.

    A score outside of its scale raises `ValueError`: the caller has checked its rows. History earns nothing and asks
    nobody; it still shapes what sales sees.
    """
    judgements = [_judge(item) for item in items]
    kept: list[int] = []
    for metric in sorted({item.metric for item in items}):
        pairs = [(item, said) for item, said in zip(items, judgements, strict=True) if item.metric is metric]
        kept += _record(metric, pairs, is_history=is_history)
    return kept


def _record(metric: Metric, pairs: list[tuple[Feedback, Judgement | None]], *, is_history: bool) -> list[int]:
    version = current_version(IMPORTED[metric])
    fresh = _insert(version, metric, pairs)
    new = [(fresh.pop(item.source_hash), item, said) for item, said in pairs if item.source_hash in fresh]
    if not new:
        return []
    questions = questionnaire.read(version.content)
    db.session.execute(insert(Answer.__table__), answers_of(questions, new))  # type: ignore[arg-type]  # a Table, typed as its base
    for response_id, item, said in new:
        publish(_event(response_id, item, said, is_history=is_history))
    totals.add(counted_of(response_id, item, said, version.survey_id) for response_id, item, said in new)
    return [response_id for response_id, _, _ in new]


def _insert(version: SurveyVersion, metric: Metric, pairs: list[tuple[Feedback, Judgement | None]]) -> dict[str, int]:
    """Insert what is new in one statement; return the new ids by source."""
    values = [row_of(version, metric, item, said) for item, said in pairs]
    inserted = upsert(Response).values(values).on_conflict_do_nothing().returning(Response.source_hash, Response.id)
    return {str(source): response_id for source, response_id in db.session.execute(inserted)}


def row_of(version: SurveyVersion, metric: Metric, item: Feedback, said: Judgement | None) -> dict[str, Any]:
    """Return the response as a row; a score outside of its scale raises `ValueError`."""
    low, high = SCORES[metric]
    if item.score is not None and not low <= item.score <= high:
        raise ValueError(f"{item.score} is no score from {low} to {high}")
    return {
        "invitation_id": None,
        "version_id": version.id,
        "customer_id": item.customer_id,
        "purchase_id": item.purchase_id,
        "product_id": item.product_id,
        "score": item.score,
        "score_max": high,
        "score_band": rules.band(metric, item.score),
        "comment": item.comment,
        "may_contact": False,
        "language": item.language,
        "channel": Channel.IMPORT,
        "content_hash": _said(item).content_hash,
        "source_hash": item.source_hash,
        "submitted_at": item.submitted_at,
        "is_demo": item.is_demo,
        **rows.judged(said),
    }


def _judge(item: Feedback) -> Judgement | None:
    return sentiment.judge(item.comment, item.language) if item.comment.strip() else None


def _said(item: Feedback) -> Said:
    return Said(score=item.score, comment=item.comment)


def answers_of(
    questions: Mapping[str, Question], new: list[tuple[int, Feedback, Judgement | None]]
) -> list[dict[str, Any]]:
    """Return the typed answers of new responses."""
    return [row for response_id, item, _ in new for row in rows.answers(response_id, questions, _said(item))]


def _event(response_id: int, item: Feedback, said: Judgement | None, *, is_history: bool) -> ResponseSubmitted:
    return ResponseSubmitted(
        customer_id=item.customer_id,
        response_id=response_id,
        purchase_id=item.purchase_id,
        product_id=item.product_id,
        score=item.score,
        score_max=SCORES[item.metric][1],
        comment=item.comment,
        label=said.label.value if said else "unread",
        polarity=said.polarity if said else 0.0,
        is_urgent=bool(said and said.urgent),
        language=item.language,
        submitted_at=item.submitted_at,
        is_history=is_history,
    )


def counted_of(response_id: int, item: Feedback, said: Judgement | None, survey_id: int) -> totals.Counted:
    """Return what of a new response is counted."""
    return totals.Counted(
        response_id=response_id,
        survey_id=survey_id,
        metric=item.metric,
        language=item.language,
        channel=Channel.IMPORT,
        score=item.score,
        label=said.label.value if said else None,
        themes=said.themes if said else (),
        submitted_at=item.submitted_at,
    )

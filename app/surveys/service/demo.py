"""Demo answers go again, out of the totals too."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.kit.db import db
from app.surveys.models import Answer, Invitation, Response, Survey, SurveyVersion
from app.surveys.service import totals


def forget_demo(customer_ids: Iterable[int]) -> None:
    """Remove what these customers answered and were asked, and take it out of the totals."""
    ids = list(customer_ids)
    theirs = select(Response.id).where(Response.customer_id.in_(ids))
    totals.add(_counted(ids), times=-1)
    db.session.execute(delete(Answer).where(Answer.response_id.in_(theirs)))
    db.session.execute(delete(Response).where(Response.customer_id.in_(ids)))
    db.session.execute(delete(Invitation).where(Invitation.customer_id.in_(ids)))


def _counted(ids: list[int]) -> Iterable[totals.Counted]:
    rows = (
        select(Response, Survey.id, Survey.metric)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Response.customer_id.in_(ids))
    )
    for response, survey_id, metric in db.session.execute(rows):
        yield totals.Counted(
            response_id=response.id,
            survey_id=survey_id,
            metric=metric,
            language=response.language,
            channel=response.channel,
            score=response.score,
            label=response.label,
            themes=[tuple(theme) for theme in response.themes],
            submitted_at=response.submitted_at,
        )

"""Surveys and their versions: made when first needed, never changed afterwards."""

from sqlalchemy import func, select

from app.kit import clock
from app.kit.db import db, upsert
from app.surveys import questionnaire
from app.surveys.models import Survey, SurveyVersion


def current_version(key: str) -> SurveyVersion:
    """Return the newest version of the built-in survey `key`, publishing it if nobody has needed it yet."""
    return _newest(key) or publish_version(key)


def publish_version(key: str) -> SurveyVersion:
    """Publish the built-in survey as it stands in the code; unchanged content is the version that is there."""
    metric, document = questionnaire.DOCUMENTS[key]
    content, content_hash = questionnaire.canonical(document)
    low, high = questionnaire.SCORES[metric]
    made = upsert(Survey).values(key=key, metric=metric, score_min=low, score_max=high, created_at=clock.now())
    db.session.execute(made.on_conflict_do_nothing())
    survey_id = db.session.scalars(select(Survey.id).filter_by(key=key)).one()
    number = select(func.coalesce(func.max(SurveyVersion.number), 0) + 1).filter_by(survey_id=survey_id)
    version = upsert(SurveyVersion).values(
        survey_id=survey_id,
        number=number.scalar_subquery(),
        content=content,
        content_hash=content_hash,
        published_at=clock.now(),
    )
    db.session.execute(version.on_conflict_do_nothing())
    same = select(SurveyVersion).filter_by(survey_id=survey_id, content_hash=content_hash)
    return db.session.scalars(same).one()


def _newest(key: str) -> SurveyVersion | None:
    newest = select(SurveyVersion).join(Survey).where(Survey.key == key).order_by(SurveyVersion.number.desc()).limit(1)
    return db.session.scalars(newest).first()

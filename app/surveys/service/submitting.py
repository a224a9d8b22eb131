"""An answer: one conditional statement decides that it counts, once; the rest follows in the same transaction."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update

from app.events import ResponseSubmitted
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db
from app.sentiment import Judgement
from app.surveys import questionnaire, rules
from app.surveys.errors import AlreadyAnswered, LinkExpired
from app.surveys.models import Answer, Invitation, Response
from app.surveys.queries import Asked
from app.surveys.rules import CLOSED, Channel, InvitationState, Said
from app.surveys.service import rows, totals

# Built once: putting a statement together costs more than running it. Core, because these are on everybody's way.
_INVITATION, _RESPONSE, _ANSWER = (cast(Table, model.__table__) for model in (Invitation, Response, Answer))
_CLOSING = (
    update(_INVITATION)
    .where(
        _INVITATION.c.id == bindparam("invitation"),
        _INVITATION.c.state.not_in(sorted(CLOSED)),
        _INVITATION.c.expires_at > bindparam("now"),
    )
    .values(state=InvitationState.ANSWERED)
)
_KEEPING = insert(_RESPONSE).returning(_RESPONSE.c.id)
_ANSWERING = insert(_ANSWER)


def submit_response(asked: Asked, said: Said, *, language: str, judgement: Judgement | None) -> None:
    """Keep an answer; the same one again changes nothing, another one raises `AlreadyAnswered`.

    `judgement` is made before the transaction begins, because others wait behind it.
    """
    now = clock.now()
    if not _close(asked.id, now):
        refuse_another(asked.id, said)
        return
    channel = Channel.MAIL if asked.sent_at else Channel.LINK
    values = {
        "invitation_id": asked.id,
        "version_id": asked.version_id,
        "customer_id": asked.customer_id,
        "purchase_id": asked.purchase_id,
        "product_id": asked.product_id,
        "score": said.score,
        "score_max": asked.score_max,
        "score_band": rules.band(asked.metric, said.score),
        "comment": said.comment,
        "may_contact": said.may_contact,
        "language": language,
        "channel": channel,
        "content_hash": said.content_hash,
        "source_hash": None,
        "submitted_at": now,
        "is_demo": asked.is_demo,
        **rows.judged(judgement),
    }
    response_id = db.session.execute(_KEEPING, values).scalar_one()
    db.session.execute(_ANSWERING, rows.answers(response_id, questionnaire.read(asked.content), said))
    publish(
        ResponseSubmitted(
            customer_id=asked.customer_id,
            response_id=response_id,
            purchase_id=asked.purchase_id,
            product_id=asked.product_id,
            score=said.score,
            score_max=asked.score_max,
            comment=said.comment,
            label=judgement.label.value if judgement else "unread",
            polarity=judgement.polarity if judgement else 0.0,
            is_urgent=bool(judgement and judgement.urgent),
            language=language,
            submitted_at=now,
            may_contact=said.may_contact,
        )
    )
    totals.add(
        [
            totals.Counted(
                response_id=response_id,
                survey_id=asked.survey_id,
                metric=asked.metric,
                language=language,
                channel=channel,
                score=said.score,
                label=judgement.label.value if judgement else None,
                themes=judgement.themes if judgement else (),
                submitted_at=now,
            )
        ]
    )


def refuse_another(invitation_id: int, said: Said) -> None:
    """Do nothing for an answer that was given before; raise `AlreadyAnswered` for another, `LinkExpired` for none."""
    first = db.session.scalar(select(Response.content_hash).filter_by(invitation_id=invitation_id))
    if first is None:
        raise LinkExpired
    if first != said.content_hash:
        raise AlreadyAnswered


def _close(invitation_id: int, now: datetime) -> bool:
    closed = db.session.connection().execute(_CLOSING, {"invitation": invitation_id, "now": now})
    return bool(closed.rowcount)

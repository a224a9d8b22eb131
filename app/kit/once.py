"""The same request twice has one effect and one answer: `once` keeps the answer beside the effect."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import LargeBinary, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.kit import clock
from app.kit.db import Model, created_at, transaction, upsert
from app.kit.errors import Refused

FIELD = "once"
HEADER = "Idempotency-Key"
_KEPT = timedelta(days=7)
_NOT_PART_OF_THE_REQUEST = {FIELD, "csrf_token"}


class KeptAnswer(Model):
    """What was answered to a write with this key; `scope` is who asked and where."""

    __tablename__ = "kit_kept_answer"

    scope: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(default=0)
    location: Mapped[str] = mapped_column(Text, default="")
    content_type: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    created_at: Mapped[datetime] = created_at()


class KeyReused(Refused):
    """The key was used for another request before."""

    status = 409
    message = _l("This form was sent before with other content. Open the page again and send it anew.")


def once(act: Callable[[], ResponseReturnValue]) -> Response:
    """Run `act` in a transaction and answer; a repeated key gets the first answer and has no second effect.

    The key is the form field `once` or the header `Idempotency-Key`; without one, `act` simply runs. The same key with
    another body raises `KeyReused`. A refusal keeps nothing, so the request may be mended and sent again.
    """
    key = (request.form.get(FIELD) or request.headers.get(HEADER) or "").replace("\x00", "")
    with transaction() as session:
        if not key:
            return make_response(act())
        here = {"scope": _scope(), "key": key[:200]}
        body_hash = _hash_of_request()
        claim = upsert(KeptAnswer).values(
            **here,
            body_hash=body_hash,
            status=0,
            location="",
            content_type="",
            body=b"",
            created_at=clock.now(),
        )
        if session.scalar(claim.on_conflict_do_nothing().returning(KeptAnswer.key)) is None:
            return _again(session.scalars(select(KeptAnswer).filter_by(**here)).one(), body_hash)
        answer = make_response(act())
        session.execute(
            update(KeptAnswer)
            .filter_by(**here)
            .values(
                status=answer.status_code,
                location=answer.headers.get("Location", ""),
                content_type=answer.content_type or "",
                body=answer.get_data(),
            )
        )
        return answer


def forget_old_answers() -> None:
    """Remove what was kept for longer than seven days."""
    with transaction() as session:
        session.execute(delete(KeptAnswer).where(KeptAnswer.created_at < clock.now() - _KEPT))


def _again(kept: KeptAnswer, body_hash: str) -> Response:
    if kept.body_hash != body_hash:
        raise KeyReused
    answer = Response(kept.body, kept.status, content_type=kept.content_type)
    if kept.location:
        answer.headers["Location"] = kept.location
    return answer


def _scope() -> str:
    person = g.get("person") or g.get("program")
    return f"{request.method} {request.path} {person.key if person else ''}"[:200]


def _hash_of_request() -> str:
    parts = sorted(
        (name, value)
        for name, values in request.form.lists()
        if name not in _NOT_PART_OF_THE_REQUEST
        for value in values
    )
    parts += [(name, file.filename or "") for name, file in request.files.items()]
    return hashlib.sha256(repr(parts).encode() if parts else request.get_data()).hexdigest()

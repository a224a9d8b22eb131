"""A request begins: one for an unhappy answer, or one that a customer or a colleague opens."""

from datetime import datetime
from typing import Any

from app.customers import queries as customers
from app.customers.models import Customer
from app.delivery.service import post_letter
from app.events import RequestOpened, ResponseSubmitted
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db, upsert
from app.support import clocks, mails, moods, queries
from app.support.models import Counter, Message, Request
from app.support.rules import RANK, Mood, Origin, What, is_low, mood_of, strength, target_for
from app.support.service.record import write_down

_FIRST_NUMBER = 1001
QUOTE = 280


def open_follow_up(event: ResponseSubmitted) -> Request | None:
    """Open the one follow-up of an unhappy answer; None if it has one already, however many ask at once."""
    verdict = moods.verdict_on(event.comment, event.language) if event.comment.strip() else {}
    mood = mood_of(
        label=str(verdict.get("label", event.label)),
        comment=event.comment,
        is_low_score=is_low(event.score, event.score_max),
    )
    customer = customers.customer(event.customer_id)
    product = customers.product(event.product_id) if event.product_id else None
    return _open(
        customer,
        origin=Origin.SURVEY,
        subject=mails.follow_up_subject(product, event.score, event.score_max, customer.locale),
        text=event.comment,
        verdict=verdict,
        mood=mood,
        is_urgent=event.is_urgent,
        product_id=event.product_id,
        at=event.submitted_at,
        response_id=event.response_id,
        score=event.score,
        score_max=event.score_max,
    )


def open_request(
    customer: Customer,
    *,
    subject: str,
    text: str,
    product_id: int | None = None,
    origin: Origin = Origin.PORTAL,
    at: datetime | None = None,
    is_demo: bool = False,
) -> Request:
    """Open a request with a customer's own words; publishes `RequestOpened` and mails the promise."""
    verdict = moods.verdict_on(text, customer.locale)
    opened = _open(
        customer,
        origin=origin,
        subject=subject,
        text=text,
        verdict=verdict,
        mood=mood_of(label=verdict["label"], comment=text, is_low_score=False),
        is_urgent=verdict["urgent"],
        product_id=product_id,
        at=at or clock.now(),
        is_demo=is_demo,
    )
    if opened is None:
        raise RuntimeError("only a follow-up can be there already")
    return opened


def _open(
    customer: Customer,
    *,
    text: str,
    verdict: dict[str, Any],
    mood: Mood,
    at: datetime,
    is_urgent: bool,
    response_id: int | None = None,
    **values: Any,
) -> Request | None:
    if response_id is not None and queries.find_follow_up(response_id):
        return None
    target = target_for(mood=mood, is_urgent=is_urgent)
    request_id = _insert(
        number=next_numbers(1)[0],
        customer_id=customer.id,
        response_id=response_id,
        mood=mood,
        rank=RANK[mood],
        strength=strength(verdict.get("polarity", 0.0)),
        is_urgent=is_urgent,
        quote=text[:QUOTE],
        spans=[span for span in verdict.get("spans", ()) if span[1] <= QUOTE],
        confidence=verdict.get("confidence", 0.0),
        opened_at=at,
        clock_from=at,
        target_minutes=int(target.total_seconds() // 60),
        due_at=clocks.add(queries.calendar(), at, target),
        **{"is_demo": customer.is_demo} | values,
    )
    if request_id is None:
        return None
    request = db.session.get_one(Request, request_id)
    _begin(request, customer, text, verdict)
    return request


def _begin(request: Request, customer: Customer, text: str, verdict: dict[str, Any]) -> None:
    """Keep the first words, tell the customer the promise, and tell everybody else."""
    at = request.opened_at
    if text.strip():
        db.session.add(Message(request_id=request.id, text=text, verdict=verdict, at=at))
    write_down(request, What.OPENED, at=at)
    if customer.email:
        letter = mails.opened(request, customer)
        request.mail_ids = [post_letter(letter, customer_id=customer.id)]
    db.session.flush()
    publish(
        RequestOpened(
            customer_id=customer.id,
            request_id=request.id,
            number=f"#{request.number}",
            subject=request.subject,
            mood=request.mood.value,
            is_urgent=request.is_urgent,
            origin=request.origin.value,
            due_at=request.due_at,
            response_id=request.response_id,
        )
    )


def _insert(**values: Any) -> int | None:
    """Insert the row; None if the answer has its follow-up already: the unique key decides, not a look before."""
    row = Request(**values)
    columns = {column.key: getattr(row, column.key) for column in Request.__table__.columns if column.key != "id"}
    made = upsert(Request).values(**columns).on_conflict_do_nothing(index_elements=["response_id"])
    return db.session.scalars(made.returning(Request.id)).first()


def next_numbers(count: int) -> range:
    """Return the next numbers for people: one row counts, and its lock makes two openings take turns."""
    first = upsert(Counter).values(id=1, last=_FIRST_NUMBER + count - 1)
    counted = first.on_conflict_do_update(index_elements=["id"], set_={"last": Counter.last + count})
    last: int = db.session.scalars(counted.returning(Counter.last)).one()
    return range(last - count + 1, last + 1)

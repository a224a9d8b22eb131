"""Customer and firm write to each other; colleagues write notes."""

from datetime import datetime, timedelta

from app.customers import queries as customers
from app.customers.models import Customer
from app.delivery.service import post_letter
from app.events import RequestReplied
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db
from app.support import clocks, mails, moods, queries
from app.support.errors import SolvedAlready
from app.support.models import Message, Note, Request
from app.support.rules import RANK, State, Then, What, mood_of, strength
from app.support.service.record import locked, write_down
from app.support.service.resolving import resolve

_KEPT_MAILS = 20


def reply(
    request: Request,
    *,
    text: str,
    then: Then,
    staff_id: int,
    staff_name: str,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Write to the customer and do what comes after: wait (the clock stands still), keep at it, or resolve.

    Raises `Stale` if the request changed since `version`, `SolvedAlready` if it is solved. The first one to reply to a
    request in nobody's hands takes it.
    """
    request, at = locked(request.id, version=version), at or clock.now()
    if request.state == State.RESOLVED:
        raise SolvedAlready
    request.version += 1
    request.owner_id = request.owner_id or staff_id
    request.first_reply_at = request.first_reply_at or at
    customer = customers.customer(request.customer_id)
    if then == Then.WAIT and request.state == State.OPEN:
        request.state, request.waiting_since = State.WAITING, at
        write_down(request, What.STATE, at=at, staff_id=staff_id)
    elif then == Then.KEEP and request.state == State.WAITING:
        go_on(request, at=at, staff_id=staff_id)
    if then == Then.RESOLVE:
        _send(request, customer, text, staff_id=staff_id, staff_name=staff_name, at=at, is_solved=True)
        resolve(request, staff_id=staff_id, at=at)
        return
    _send(request, customer, text, staff_id=staff_id, staff_name=staff_name, at=at, is_solved=False)
    publish(
        RequestReplied(
            customer_id=request.customer_id, request_id=request.id, number=f"#{request.number}", by_staff=True
        )
    )


def write_as_customer(request: Request, *, text: str, at: datetime | None = None) -> None:
    """Add the customer's own words; a clock that waited for them runs on, and the promise moves by the wait."""
    request, at = locked(request.id), at or clock.now()
    if request.state == State.RESOLVED:
        raise SolvedAlready
    request.version += 1
    add_words(request, customers.customer(request.customer_id), text, at=at)
    if request.state == State.WAITING:
        go_on(request, at=at)
    publish(
        RequestReplied(
            customer_id=request.customer_id, request_id=request.id, number=f"#{request.number}", by_staff=False
        )
    )


def note(request: Request, *, text: str, staff_id: int, at: datetime | None = None) -> None:
    """Write down what only colleagues see. It changes nothing that a reply could clash with."""
    db.session.add(Note(request_id=request.id, staff_id=staff_id, text=text, at=at or clock.now()))
    db.session.flush()


def go_on(request: Request, *, at: datetime, staff_id: int | None = None) -> None:
    """Let a waiting clock run on: the promise moves by the working time that it stood still."""
    request.state, request.waiting_since = State.OPEN, None
    pauses = queries.pauses(queries.changes(request.id), since=request.clock_from, now=at)
    target = timedelta(minutes=request.target_minutes)
    request.due_at = clocks.due(queries.calendar(), request.clock_from, target, pauses)
    write_down(request, What.STATE, at=at, staff_id=staff_id)


def add_words(request: Request, customer: Customer, text: str, *, at: datetime) -> None:
    """Keep what the customer wrote; the desk shows these words and their mood from now on."""
    verdict = moods.verdict_on(text, customer.locale)
    db.session.add(Message(request_id=request.id, text=text, verdict=verdict, at=at))
    mood = mood_of(label=verdict["label"], comment=text, is_low_score=False)
    if RANK[mood] < request.rank:  # it can get worse by words; only a solution makes it better
        request.mood, request.rank, request.strength = mood, RANK[mood], strength(verdict["polarity"])
        request.quote, request.spans = text[:280], [span for span in verdict["spans"] if span[1] <= 280]
        request.confidence = verdict["confidence"]
    db.session.flush()


def _send(
    request: Request, customer: Customer, text: str, *, staff_id: int, staff_name: str, at: datetime, is_solved: bool
) -> None:
    message_id = ""
    if customer.email:
        letter = (mails.resolved if is_solved else mails.replied)(request, customer, text=text, by=staff_name)
        message_id = post_letter(letter, customer_id=customer.id)
        request.mail_ids = [*request.mail_ids[:1], *request.mail_ids[1:][1 - _KEPT_MAILS :], message_id]
    db.session.add(Message(request_id=request.id, staff_id=staff_id, text=text, message_id=message_id, at=at))
    db.session.flush()

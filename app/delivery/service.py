"""What delivery does: takes parcels in, hands them to workers one at a time, and writes down what became of them."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete, select, update

from app.delivery import queries, queue
from app.delivery.letters import Letter
from app.delivery.models import Endpoint, Parcel, is_pending
from app.delivery.rules import LEASE, Kind, Outcome, State, pause_after, wants
from app.events import StageEventSequenced
from app.kit import clock
from app.kit.db import after_commit, db, upsert
from app.kit.errors import NotThere
from app.kit.ids import uuid7


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A parcel in the hands of one worker; `attempts` proves later that it still is."""

    id: int
    kind: Kind
    key: str
    stream: str
    payload: dict[str, Any]
    endpoint_id: int | None
    attempts: int


def post_letter(letter: Letter, *, customer_id: int | None = None) -> str:
    """Put a mail into the outbox of the open transaction; return its Message-ID, which every try carries."""
    key = uuid7()
    message_id = f"<{key}@{urlsplit(current_app.extensions['revisit.config'].public_url).hostname or 'localhost'}>"
    person = f"c{customer_id}" if customer_id else letter.to.lower()[:60]
    _post(
        kind=Kind.MAIL,
        key=key,
        stream=f"m:{person}"[:64],
        payload=letter.payload(message_id),
        customer_id=customer_id,
        endpoint_id=None,
    )
    return message_id


def post_event(event: StageEventSequenced) -> None:
    """Put one parcel for each receiver that wants this event into the outbox; the same event twice is one parcel."""
    receivers = db.session.execute(select(Endpoint.id, Endpoint.types).where(Endpoint.is_enabled)).all()
    for endpoint_id, types in receivers:
        if wants(types, event.type):
            post_to(
                endpoint_id,
                event.event_id,
                event_type=event.type,
                body=event.cloud_event,
                customer_id=event.customer_id,
            )


def post_to(endpoint_id: int, event_id: str, *, event_type: str, body: str, customer_id: int | None = None) -> None:
    """Put an event for one receiver into the outbox, once; `body` is signed and sent as it is."""
    _post(
        kind=Kind.WEBHOOK,
        key=event_id,
        stream=f"w{endpoint_id}:c{customer_id or 0}",
        payload={"type": event_type, "body": body},
        customer_id=customer_id,
        endpoint_id=endpoint_id,
    )


def claim(parcel_id: int, *, worker: str) -> Claim | None:
    """Take a parcel that is due and whose turn it is, by one statement; None if it is not, or another worker has it."""
    now = clock.now()
    statement = (
        update(Parcel)
        .where(Parcel.id == parcel_id, *queries.is_due(now))
        .values(state=State.SENDING, attempts=Parcel.attempts + 1, lease_until=now + LEASE, leased_by=worker)
        .returning(
            Parcel.id, Parcel.kind, Parcel.key, Parcel.stream, Parcel.payload, Parcel.endpoint_id, Parcel.attempts
        )
        .execution_options(synchronize_session=False)
    )
    row = db.session.execute(statement).one_or_none()
    return Claim(**row._asdict()) if row else None


def settle(claimed: Claim, outcome: Outcome) -> State | None:
    """Write down what became of a try; None if the parcel had meanwhile passed into other hands."""
    now = clock.now()
    state = State.DONE if outcome.is_delivered else State.DEAD
    next_at = now
    if not outcome.is_delivered and not outcome.is_final:
        pause = pause_after(claimed.attempts, chance=random.random(), retry_after=outcome.retry_after)  # noqa: S311  # spreads load
        state, next_at = (State.WAITING, now + pause) if pause else (State.DEAD, now)
    changed = db.session.execute(
        update(Parcel)
        .where(Parcel.id == claimed.id, Parcel.state == State.SENDING, Parcel.attempts == claimed.attempts)
        .values(
            state=state,
            next_at=next_at,
            fault=outcome.fault,
            lease_until=None,
            leased_by="",
            done_at=now if state == State.DONE else None,
        )
        .returning(Parcel.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if changed is None:
        return None
    if state == State.DEAD and claimed.endpoint_id:
        _give_up_on(claimed.endpoint_id, "gone" if outcome.is_gone else "silent")
    if state in {State.DONE, State.DEAD}:
        _next_of(claimed.stream)
    return state


def release(worker: str) -> int:
    """Free what this worker held when it died: it has just been started anew under the same name."""
    freed = db.session.execute(
        update(Parcel)
        .where(is_pending(Parcel.state), Parcel.leased_by == worker)
        .values(lease_until=None, leased_by="")
        .execution_options(synchronize_session=False)
    )
    return freed.rowcount  # type: ignore[attr-defined,no-any-return]  # a cursor result


def send_again(parcel_id: int) -> bool:
    """Give a dead parcel all its tries anew; False if it is not dead, `NotThere` if there is none."""
    if db.session.get(Parcel, parcel_id) is None:
        raise NotThere
    revived = db.session.execute(
        update(Parcel)
        .where(Parcel.id == parcel_id, Parcel.state == State.DEAD)
        .values(state=State.WAITING, attempts=0, next_at=clock.now(), fault="")
        .returning(Parcel.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if revived:
        _hand_over(parcel_id)
    return revived is not None


def forget_customers(customer_ids: Iterable[int]) -> None:
    """Remove every parcel of these customers: their mails hold what must not outlive them."""
    db.session.execute(delete(Parcel).where(Parcel.customer_id.in_(list(customer_ids))))


def _post(**row: Any) -> None:
    """Write a parcel, unless the same key for the same receiver is there, and tell a worker after the commit."""
    now = clock.now()
    new = {"state": State.WAITING, "attempts": 0, "fault": "", "leased_by": "", "next_at": now, "created_at": now}
    statement = upsert(Parcel).values(**row, **new).on_conflict_do_nothing(index_elements=["key", "endpoint_id"])
    parcel_id = db.session.execute(statement.returning(Parcel.id)).scalar()
    if parcel_id is not None:
        _hand_over(parcel_id)


def _hand_over(parcel_id: int) -> None:
    """Tell a worker as soon as the transaction is safe; if nobody hears it, the sweep finds the parcel."""
    after_commit(lambda: queue.enqueue(parcel_id))


def _next_of(stream: str) -> None:
    waiting = select(Parcel.id).where(Parcel.stream == stream, is_pending(Parcel.state)).order_by(Parcel.id).limit(1)
    parcel_id = db.session.scalar(waiting)
    if parcel_id is not None:
        _hand_over(parcel_id)


def _give_up_on(endpoint_id: int, why: str) -> None:
    db.session.execute(
        update(Endpoint).where(Endpoint.id == endpoint_id, Endpoint.is_enabled).values(is_enabled=False, why_off=why)
    )

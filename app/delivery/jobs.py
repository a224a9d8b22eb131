"""What delivery does when time passes: deliver a parcel, find those that are due, forget those of long ago."""

from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import delete

from app.delivery import queries, service
from app.delivery.models import Parcel
from app.delivery.rules import Kind, Outcome, State
from app.delivery.transports import mail, webhook
from app.kit import clock
from app.kit.db import transaction

log = structlog.get_logger(__name__)
_KEPT = timedelta(days=30)


def deliver(parcel_id: int, worker: str = "") -> State | None:
    """Deliver one parcel if it is due and nobody else has it: claim, commit, try, write down what became of it."""
    with transaction():
        claimed = service.claim(parcel_id, worker=worker)
    if claimed is None:
        return None
    outcome = _try(claimed)
    with transaction():
        state = service.settle(claimed, outcome)
    tell = log.debug if state == State.DONE else log.warning  # what goes well is seen on the page of deliveries
    tell("parcel", kind=claimed.kind, key=claimed.key, state=state, attempt=claimed.attempts, fault=outcome.fault)
    return state


def deliver_due(limit: int = 1000) -> int:
    """Deliver what is due here and now, without a queue, in order; return how many parcels were delivered."""
    delivered = 0
    while due := queries.due(min(limit, 200)):
        states = [deliver(parcel_id) for parcel_id in due]
        delivered += states.count(State.DONE)
        if not any(states) or delivered >= limit:
            break
    return delivered


def forget_delivered() -> None:
    """Remove what was delivered 30 days ago: a mail kept longer than that is a secret for nothing."""
    with transaction() as session:
        session.execute(delete(Parcel).where(Parcel.state == State.DONE, Parcel.done_at < clock.now() - _KEPT))


def _try(claimed: service.Claim) -> Outcome:
    try:
        if claimed.kind == Kind.MAIL:
            return mail.deliver(claimed.key, claimed.payload)
        return _to_endpoint(claimed)
    except Exception as fault:
        log.exception("a transport failed in a way it does not know", key=claimed.key)
        return Outcome(is_delivered=False, fault=f"{type(fault).__name__}: {fault}"[:500])


def _to_endpoint(claimed: service.Claim) -> Outcome:
    endpoint = queries.endpoint(claimed.endpoint_id or 0)
    if not endpoint.is_enabled:
        return Outcome(is_delivered=False, fault="the receiver is switched off", is_final=True)
    allowed = current_app.extensions["revisit.config"].outbound_allow
    return webhook.deliver(endpoint.url, claimed.key, claimed.payload["body"], endpoint.secrets, allowed)

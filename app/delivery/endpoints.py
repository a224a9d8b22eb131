"""Receivers of webhooks: added, switched, their secret changed without losing an event."""

import json
from collections.abc import Iterable

from sqlalchemy.orm.attributes import flag_modified

from app.delivery import service, signing
from app.delivery.addresses import Unreachable, split
from app.delivery.errors import BadReceiver
from app.delivery.models import Endpoint
from app.kit import clock
from app.kit.db import db
from app.kit.errors import NotThere
from app.kit.ids import uuid7

TRIAL = "revisit.trial.v1"


def add(url: str, *, types: Iterable[str] = ()) -> Endpoint:
    """Register a receiver; its secret is shown once, by whoever called. Raise `BadReceiver` for what is no address."""
    try:
        split(url)
    except Unreachable as fault:
        raise BadReceiver from fault
    endpoint = Endpoint(url=url, secrets=[signing.new_secret()], types=list(types))
    db.session.add(endpoint)
    db.session.flush()
    return endpoint


def switch(endpoint_id: int, *, on: bool) -> None:
    """Let a receiver get events, or no longer."""
    endpoint = _endpoint(endpoint_id)
    endpoint.is_enabled, endpoint.why_off = on, "" if on else "staff"


def new_secret(endpoint_id: int) -> str:
    """Give a receiver a new secret; the one before signs beside it until the next change."""
    endpoint = _endpoint(endpoint_id)
    endpoint.secrets = [signing.new_secret(), *endpoint.secrets[:1]]
    flag_modified(endpoint, "secrets")
    return endpoint.secrets[0]


def post_trial(endpoint_id: int) -> None:
    """Put an event that means nothing into the outbox, for this receiver alone."""
    _endpoint(endpoint_id)
    event_id = uuid7()
    envelope = {
        "specversion": "1.0",
        "id": event_id,
        "source": "/revisit",
        "type": TRIAL,
        "time": clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": {"note": "A trial event. 一次试送。"},
    }
    service.post_to(endpoint_id, event_id, event_type=TRIAL, body=json.dumps(envelope, ensure_ascii=False))


def _endpoint(endpoint_id: int) -> Endpoint:
    endpoint = db.session.get(Endpoint, endpoint_id)
    if endpoint is None:
        raise NotThere
    return endpoint

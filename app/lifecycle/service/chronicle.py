"""Writes the events of one customer in the open transaction: each under the next revision, without a public number."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import insert

from app.customers.models import Customer
from app.events import Event
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db
from app.lifecycle import shapes
from app.lifecycle.catalogue import BY_NAME
from app.lifecycle.cloudevents import Draft, name_of
from app.lifecycle.models import PendingEvent, Standing
from app.lifecycle.rules.words import Evidence


class Chronicle:
    """The events that one change of one customer causes. The standing is locked, so revisions have no gap."""

    def __init__(self, standing: Standing, customer: Customer, *, is_history: bool = False) -> None:
        self._standing, self._customer, self._is_history = standing, customer, is_history
        self._rows: list[dict[str, Any]] = []
        self._told: list[Event] = []

    def write(
        self,
        name: str,
        *,
        at: datetime,
        evidence: Evidence,
        event_id: str | None = None,
        cause: str | None = None,
        **data: Any,
    ) -> str:
        """Add an event of the type called `name`; return its id. Data that does not fit the shape is refused."""
        entry, customer = BY_NAME[name], self._customer
        self._standing.revision += 1
        revision = self._standing.revision
        shaped = entry.shape(
            customer=reference(customer),
            revision=revision,
            evidence=[shapes.EvidenceRef(kind=evidence.kind, id=evidence.id, text=evidence.text)],
            is_history=self._is_history,
            **data,
        )
        draft = Draft(
            id=event_id or name_of(name, customer.public_id, revision),
            kind=entry,
            public_url=current_app.extensions["revisit.config"].public_url,
            subject=customer.external_id or customer.public_id,
            key=customer.public_id,
            cause=cause,
            occurred_at=at,
            recorded_at=clock.now(),
            data=shapes.as_json(shaped),
        )
        self._rows.append(
            {
                "event_id": draft.id,
                "type": entry.full_name,
                "customer_id": customer.id,
                "revision": revision,
                "occurred_at": at,
                "recorded_at": draft.recorded_at,
                "draft": draft.text(),
                "is_demo": customer.is_demo,
            }
        )
        return draft.id

    @property
    def rows(self) -> Sequence[dict[str, Any]]:
        """What has been written, in order."""
        return self._rows

    def tell(self, event: Event) -> None:
        """Let other domains hear of it once the events are kept."""
        self._told.append(event)

    def keep(self) -> None:
        """Write the events down, in one statement."""
        if self._rows:
            db.session.flush()
            db.session.execute(insert(PendingEvent), self._rows)
        for event in self._told:
            publish(event)


def reference(customer: Customer) -> shapes.CustomerRef:
    """Return how an event names a customer."""
    return shapes.CustomerRef(id=customer.public_id, external_id=customer.external_id)

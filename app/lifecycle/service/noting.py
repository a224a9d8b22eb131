"""Hears a fact about a customer, or that time has passed, and settles where the customer stands now."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from app import events
from app.customers import queries as customers
from app.customers.models import Customer
from app.kit import clock
from app.kit.db import db, upsert
from app.lifecycle import queries
from app.lifecycle.catalogue import BY_EVENT
from app.lifecycle.cloudevents import name_of, rfc3339
from app.lifecycle.models import Standing
from app.lifecycle.rules.facts import Facts, after
from app.lifecycle.rules.stages import next_change
from app.lifecycle.rules.words import Evidence
from app.lifecycle.service import settling
from app.lifecycle.service.chronicle import Chronicle, reference
from app.lifecycle.service.settling import Moment

_facts = TypeAdapter(Facts)


def meet(customer_id: int) -> None:
    """Keep a place for a customer of whom nothing has been heard yet; they have no stage."""
    _place(customer_id)


def note(event: Any, *, customer_id: int | None = None) -> None:
    """Hear a fact about its customer, or about the referrer of a friend; the same fact twice is heard once.

    Old news (an import of the past) is placed where it belongs in time: what time alone would have changed before and
    after it is caught up, at the moments when it was due.
    """
    customer = customers.customer(customer_id or event.customer_id)
    if customer.is_collective:
        return  # many whom nobody knows by name have no stage
    fact_id = _fact_id(event, customer)
    if fact_id and queries.is_written(fact_id):
        return
    hear(event, _locked(customer.id), customer, now=clock.now()).keep()


def hear(event: Any, standing: Standing, customer: Customer, *, now: datetime) -> Chronicle:
    """Change the standing by a fact that is heard now; return the events that follow, not kept yet."""
    entry = BY_EVENT[type(event)]
    at = min(entry.happened(event) or now, now)
    evidence = _evidence(event)
    chronicle = Chronicle(standing, customer, is_history=getattr(event, "is_history", False))
    moment = max(at, standing.as_of or at)
    before = queries.facts_of(standing)
    _catch_up(standing, before, chronicle, until=moment)
    facts = after(event, before, at, is_referrer(event, customer.id))
    data = entry.data(event) | _both_sides(event, customer)
    fact_id = _fact_id(event, customer)
    cause = chronicle.write(entry.name, at=at, evidence=evidence, event_id=fact_id, **data)
    here = Moment(at=moment, evidence=evidence, cause=cause)
    settling.hear(chronicle, before, facts, here)
    settling.settle(standing, facts, chronicle, here)
    _catch_up(standing, facts, chronicle, until=now)
    _remember(standing, facts, now)
    return chronicle


def pass_time(customer_id: int) -> None:
    """Let the time that has passed change what it changes."""
    now = clock.now()
    standing, customer = _locked(customer_id), customers.customer(customer_id)
    if standing.look_at is None or standing.look_at > now:
        return  # somebody was here before us
    grow_older(standing, customer, now=now).keep()


def grow_older(standing: Standing, customer: Customer, *, now: datetime) -> Chronicle:
    """Change the standing by the time that has passed; return the events that follow, not kept yet."""
    facts = queries.facts_of(standing)
    chronicle = Chronicle(standing, customer)
    _catch_up(standing, facts, chronicle, until=now)
    settling.settle(standing, facts, chronicle, _of_time(now))
    _remember(standing, facts, now)
    return chronicle


def is_referrer(event: Any, customer_id: int) -> bool:
    """Tell whether a referral event is heard about the one who recommended."""
    return bool(getattr(event, "referrer_id", None) == customer_id)


def _catch_up(standing: Standing, facts: Facts, chronicle: Chronicle, *, until: datetime) -> None:
    """Settle at each moment at which time alone was due to change something."""
    while standing.as_of and (due := next_change(facts, standing.as_of)) and due <= until:
        settling.settle(standing, facts, chronicle, _of_time(due))


def _fact_id(event: Any, customer: Customer) -> str | None:
    """Return the id of the event that tells this fact; None for what may happen again."""
    entry, evidence = BY_EVENT[type(event)], _evidence(event)
    return name_of(entry.name, customer.public_id, evidence.kind, evidence.id) if entry.happens_once else None


def _evidence(event: Any) -> Evidence:
    look = BY_EVENT[type(event)].evidence
    return look(event) if look else Evidence(kind="event", id="")


def _remember(standing: Standing, facts: Facts, now: datetime) -> None:
    standing.facts = _facts.dump_python(facts, mode="json")
    settling.look_ahead(standing, facts, now)
    standing.changed_at = now


def _both_sides(event: Any, customer: Customer) -> dict[str, Any]:
    if not isinstance(event, (events.FriendRegistered, events.ReferralQualified)):
        return {}
    is_other = is_referrer(event, customer.id)
    other = customers.customer(event.customer_id if is_other else event.referrer_id)
    return {"role": "referrer" if is_other else "friend", "other": reference(other)}


def _of_time(at: datetime) -> Moment:
    return Moment(at=at, evidence=Evidence(kind="time", id=rfc3339(at)))


def _locked(customer_id: int) -> Standing:
    """Return the customer's row, locked until the end of the transaction (SQLite has one writer anyway)."""
    mine = select(Standing).filter_by(customer_id=customer_id).with_for_update()
    mine = mine.execution_options(populate_existing=True)
    found = db.session.scalars(mine).first()
    if found is None:
        _place(customer_id)
        found = db.session.scalars(mine).one()
    return found


def _place(customer_id: int) -> None:
    fresh = Standing(customer_id=customer_id, changed_at=clock.now())
    columns = {attribute.key: getattr(fresh, attribute.key) for attribute in Standing.__mapper__.column_attrs}
    db.session.execute(upsert(Standing).values(**columns).on_conflict_do_nothing())

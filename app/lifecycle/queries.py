"""What lifecycle can tell; nothing here changes anything."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Row, Select, cast, func, literal, null, select, tuple_, union_all

from app.customers.models import Customer
from app.kit import clock
from app.kit.db import UtcDateTime, db
from app.kit.paging import Page, page, unseal
from app.lifecycle.catalogue import BY_NAME
from app.lifecycle.models import Counter, PendingEvent, StageEvent, Standing
from app.lifecycle.rules.facts import Facts
from app.lifecycle.rules.kinds import Band, Side, Stage, Step
from app.lifecycle.rules.steps import TODAY
from app.lifecycle.rules.words import Words

PAGE = 50
_facts = TypeAdapter(Facts)
_CUSTOMERS, _TIMELINE = "customers", "timeline"
_LISTED = (
    Customer.id,
    Customer.public_id,
    Customer.external_id,
    Customer.name,
    Customer.company,
    Customer.owner_id,
    Standing.stage,
    Standing.stage_since,
    Standing.side,
    Standing.side_since,
    Standing.band,
    Standing.health,
    Standing.step,
    Standing.step_why,
    Standing.urgency,
    Standing.last_score,
    Standing.last_score_max,
    Standing.last_label,
    Standing.said_at,
    Standing.changed_at,
)


def is_written(event_id: str) -> bool:
    """Tell whether an event is in the log or waits for its number."""
    both = union_all(
        select(PendingEvent.customer_id).filter_by(event_id=event_id),
        select(StageEvent.customer_id).filter_by(event_id=event_id),
    )
    return db.session.execute(both).first() is not None


def has_pending() -> bool:
    """Tell whether an event waits for its number."""
    return db.session.execute(select(PendingEvent.id).limit(1)).first() is not None


def to_look_at(limit: int) -> Sequence[int]:
    """Return the customers whose time has come, the longest waiting first."""
    due = select(Standing.customer_id).where(Standing.look_at <= clock.now()).order_by(Standing.look_at)
    return db.session.scalars(due.limit(limit)).all()


def find_standing(customer_id: int) -> Standing | None:
    """Return the row of where the customer stands, or None if nothing is known of them."""
    return db.session.get(Standing, customer_id)


def standings(customer_ids: Collection[int]) -> dict[int, tuple[Stage | None, Side | None]]:
    """Return stage and side state of some customers, in one statement; who is not known is left out."""
    if not customer_ids:
        return {}
    rows = select(Standing.customer_id, Standing.stage, Standing.side).where(Standing.customer_id.in_(customer_ids))
    return {row.customer_id: (row.stage, row.side) for row in db.session.execute(rows)}


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """Where a customer stands, since when, and what is known. `facts` say the rest, such as health at any moment."""

    stage: Stage | None
    side: Side | None
    side_since: datetime | None
    reached: dict[Stage, datetime]
    facts: Facts
    step: Step
    step_why: Words
    urgency: int


def facts_of(standing: Standing) -> Facts:
    """Return what is known of the customer."""
    return _facts.validate_python(standing.facts)


def portrait(customer_id: int) -> Portrait:
    """Return where the customer stands; of a stranger nothing is known."""
    found = find_standing(customer_id) or Standing(customer_id=customer_id, changed_at=clock.now())
    return Portrait(
        stage=found.stage,
        side=found.side,
        side_since=found.side_since,
        reached={Stage(stage): datetime.fromisoformat(at) for stage, at in found.reached.items()},
        facts=facts_of(found),
        step=found.step,
        step_why=Words(found.step_why.get("en", ""), found.step_why.get("zh", "")),
        urgency=found.urgency,
    )


def stage_history(customer_ids: Collection[int]) -> dict[int, list[tuple[datetime, str]]]:
    """Return when which stage of some customers began, in order, from the numbered log, in one statement."""
    found: dict[int, list[tuple[datetime, str]]] = {}
    rows = db.session.execute(
        select(StageEvent.customer_id, StageEvent.occurred_at, StageEvent.body)
        .where(StageEvent.customer_id.in_(customer_ids), StageEvent.type == BY_NAME["stage.changed"].full_name)
        .order_by(StageEvent.customer_id, StageEvent.occurred_at, StageEvent.revision)
    )
    for row in rows:
        found.setdefault(row.customer_id, []).append((row.occurred_at, json.loads(row.body)["data"]["to"] or ""))
    return found


def counts() -> dict[str, dict[str, int]]:
    """Return how many customers are in each stage, side state and band."""
    found: dict[str, dict[str, int]] = {"stage": {}, "side": {}, "band": {}}
    for kind, value, n in db.session.execute(select(Counter.kind, Counter.value, Counter.n)):
        found[kind][value] = n
    return found


def to_call(limit: int = 8) -> Sequence[Row[Any]]:
    """Return whom to call today, the most pressing first; of equally pressing ones, the unhealthiest."""
    order = (Standing.urgency, Standing.health, Standing.customer_id)
    return db.session.execute(_listed().where(Standing.urgency <= TODAY).order_by(*order).limit(limit)).all()


def listed(
    *,
    stage: Stage | None = None,
    side: Side | None = None,
    band: Band | None = None,
    owner_id: int | None = None,
    name: str = "",
    cursor: str | None = None,
) -> Page[Row[Any]]:
    """Return a page of customers, the latest change first. `name` finds by the beginning of name, firm or number."""
    statement = _listed()
    for column, wanted in ((Standing.stage, stage), (Standing.side, side), (Standing.band, band)):
        if wanted:
            statement = statement.where(column == wanted)
    if owner_id:
        statement = statement.where(Customer.owner_id == owner_id)
    if name:
        begins = [
            column.startswith(name, autoescape=True)
            for column in (Customer.name, Customer.company, Customer.external_id)
        ]
        statement = statement.where(begins[0] | begins[1] | begins[2])
    if cursor:
        changed_at, customer_id = unseal(_CUSTOMERS, cursor)
        # as one pair, because an OR would make SQLite walk the index from its beginning
        last = tuple_(literal(datetime.fromisoformat(changed_at), UtcDateTime()), literal(customer_id))
        statement = statement.where(tuple_(Standing.changed_at, Standing.customer_id) < last)
    statement = statement.order_by(Standing.changed_at.desc(), Standing.customer_id.desc()).limit(PAGE + 1)
    rows = db.session.execute(statement).all()
    return page(rows, PAGE, lambda row: (row.changed_at.isoformat(), row.id), _CUSTOMERS)


def feed(
    *, after: int = 0, since: datetime | None = None, types: Sequence[str] = (), limit: int
) -> Sequence[Row[int, str]]:
    """Return up to `limit` events beyond a number, or numbered since a moment, in order. One statement."""
    statement = select(StageEvent.sequence, StageEvent.body).order_by(StageEvent.sequence).limit(limit)
    if since:
        first = select(func.min(StageEvent.sequence)).where(StageEvent.sequenced_at >= since).scalar_subquery()
        statement = statement.where(StageEvent.sequence >= first)
    else:
        statement = statement.where(StageEvent.sequence > after)
    if types:
        statement = statement.where(StageEvent.type.in_(types))
    return db.session.execute(statement).all()


def latest_sequence() -> int:
    """Return the highest public number, 0 before the first."""
    return db.session.scalar(select(func.max(StageEvent.sequence))) or 0


def find_event(sequence: int) -> StageEvent | None:
    """Return the event with this number, or None."""
    return db.session.get(StageEvent, sequence)


def latest_events(limit: int = 10) -> Sequence[StageEvent]:
    """Return the newest numbered events."""
    return db.session.scalars(select(StageEvent).order_by(StageEvent.sequence.desc()).limit(limit)).all()


def timeline(customer_id: int, *, types: Sequence[str] = (), cursor: str | None = None) -> Page[Row[Any]]:
    """Return a page of everything that happened to a customer, the latest first; `sequence` is None while it waits."""
    before = unseal(_TIMELINE, cursor) if cursor else None
    numbered = _part(StageEvent, StageEvent.sequence, StageEvent.body, customer_id, types, before)
    waiting = _part(PendingEvent, cast(null(), BigInteger), PendingEvent.draft, customer_id, types, before)
    both = union_all(numbered, waiting).subquery()
    newest = select(both).order_by(both.c.occurred_at.desc(), both.c.revision.desc()).limit(PAGE + 1)
    return page(
        db.session.execute(newest).all(), PAGE, lambda row: (row.occurred_at.isoformat(), row.revision), _TIMELINE
    )


def _part(
    table: type[StageEvent | PendingEvent],
    sequence: Any,
    text: Any,
    customer_id: int,
    types: Sequence[str],
    before: Any,
) -> Select[Any]:
    statement: Select[Any] = select(
        sequence.label("sequence"),
        text.label("text"),
        table.revision,
        table.event_id,
        table.type,
        table.occurred_at,
    ).where(table.customer_id == customer_id)
    if types:
        statement = statement.where(table.type.in_(types))
    if before:
        moment = datetime.fromisoformat(before[0])
        statement = statement.where(
            (table.occurred_at < moment) | ((table.occurred_at == moment) & (table.revision < before[1]))
        )
    newest = statement.order_by(table.occurred_at.desc(), table.revision.desc()).limit(PAGE + 1)
    return select(newest.subquery())


def _listed() -> Select[*tuple[Any, ...]]:
    return select(*_LISTED).join(Customer, Customer.id == Standing.customer_id)

"""The triage queue: views, filters and keyset pages over unsolved requests, the most upset first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, null, select, tuple_, union_all

from app.customers.models import Customer, Product
from app.identity.models import Staff
from app.identity.rules import Role
from app.kit import clock
from app.kit.db import UtcDateTime, db
from app.kit.paging import BadCursor, Page, page, unseal
from app.support.models import Request, is_in, is_unsolved
from app.support.rules import RANK, SOON, Mood, Origin, State

SIZE = 40
COUNTED = 100
"""A count stops here: "99+" says enough and costs the same at any size."""
_LIST = "support"


class View(StrEnum):
    """The named lists of the desk."""

    MINE = "mine"
    ALL = "all"
    SOON = "soon"
    WAITING = "waiting"
    RESOLVED = "resolved"


class QueueRow(NamedTuple):
    """One line of the desk."""

    id: int
    number: int
    customer_id: int
    product_id: int | None
    origin: Origin
    state: State
    subject: str
    score: int | None
    score_max: int
    mood: Mood
    rank: int
    strength: int
    is_urgent: bool
    quote: str
    spans: list[list[float]]
    owner_id: int | None
    opened_at: datetime
    clock_from: datetime
    target_minutes: int
    due_at: datetime
    waiting_since: datetime | None
    resolved_at: datetime | None
    late_at: datetime | None
    customer: str
    company: str
    product_en: str | None
    product_zh: str | None
    owner: str | None


_OWN = [Request.__table__.c[name] for name in QueueRow._fields if name in Request.__table__.c]
_ROWS = (
    select(
        *_OWN,
        Customer.name.label("customer"),
        Customer.company,
        Product.name_en.label("product_en"),
        Product.name_zh.label("product_zh"),
        Staff.name.label("owner"),
    )
    .join(Customer, Customer.id == Request.customer_id)
    .outerjoin(Product, Product.id == Request.product_id)
    .outerjoin(Staff, Staff.id == Request.owner_id)
)


def queue(
    view: View,
    *,
    me: int,
    mood: Mood | None = None,
    product_id: int | None = None,
    owner: int | None = None,
    cursor: str = "",
    size: int = SIZE,
) -> Page[QueueRow]:
    """Return one page of a view. `owner` is a colleague's id, or 0 for requests in nobody's hands."""
    rows = _ROWS.where(*_conditions(view, me))
    if mood is not None:
        rows = rows.where(Request.rank == RANK[mood])
    if product_id is not None:
        rows = rows.where(Request.product_id == product_id)
    if owner is not None:
        rows = rows.where(Request.owner_id == owner if owner else Request.owner_id.is_(None))
    rows = _after(rows, view, cursor)
    found = [QueueRow(*row) for row in db.session.execute(rows.limit(size + 1))]
    return page(found, size, _key(view), f"{_LIST}:{view}")


def counts(me: int) -> dict[View, int]:
    """Return how many requests each view holds, counted up to a hundred, in one statement."""
    views = [view for view in View if view != View.RESOLVED]
    columns = []
    for view in views:
        some = select(literal(1)).select_from(Request).where(*_conditions(view, me))
        some = some.order_by(Request.rank, Request.due_at, Request.id)  # the index that holds nothing but these
        counted = some.limit(COUNTED).subquery()
        columns.append(select(func.count()).select_from(counted).scalar_subquery().label(view.value))
    row = db.session.execute(select(*columns)).one()
    return dict(zip(views, row, strict=True))


@dataclass(frozen=True)
class Choices:
    """What the filters of the desk offer: (id, name) of colleagues, (id, English, Chinese) of products."""

    staff: list[tuple[int, str]]
    products: list[tuple[int, str, str]]


def choices() -> Choices:
    """Return what the filters offer, in one statement."""
    staff = (
        select(literal("staff").label("kind"), Staff.id.label("id"), Staff.name.label("en"), null().label("zh"))
        .where(Staff.is_active, Staff.role.in_([Role.AGENT, Role.LEAD, Role.ADMIN]))
        .order_by(Staff.id)
        .limit(200)
        .subquery()
    )
    products = (
        select(literal("product").label("kind"), Product.id, Product.name_en, Product.name_zh)
        .order_by(Product.id.desc())
        .limit(200)
        .subquery()
    )
    rows = db.session.execute(union_all(select(staff), select(products))).all()
    return Choices(
        staff=[(row.id, row.en) for row in rows if row.kind == "staff"],
        products=[(row.id, row.en, row.zh) for row in rows if row.kind == "product"],
    )


def _conditions(view: View, me: int) -> list[ColumnElement[bool]]:
    if view == View.RESOLVED:
        return [is_in(Request.state, State.RESOLVED)]
    if view == View.WAITING:
        return [is_unsolved(Request.state), is_in(Request.state, State.WAITING)]
    wanted = [is_unsolved(Request.state)]
    if view == View.MINE:
        wanted.append((Request.owner_id == me) | Request.owner_id.is_(None))
    if view == View.SOON:
        wanted += [is_in(Request.state, State.OPEN), Request.due_at < clock.now() + SOON]
    return wanted


def _after(rows: Select[Any], view: View, cursor: str) -> Select[Any]:
    """Order the rows, and begin after the row that the cursor names."""
    is_past = view == View.RESOLVED
    columns: list[Any] = [Request.resolved_at, Request.id] if is_past else [Request.rank, Request.due_at, Request.id]
    if cursor:
        values = unseal(f"{_LIST}:{view}", cursor)
        try:
            bound = [
                literal(datetime.fromisoformat(value), UtcDateTime()) if isinstance(value, str) else literal(value)
                for value in values
            ]
        except (TypeError, ValueError) as fault:
            raise BadCursor from fault
        rows = rows.where(tuple_(*columns) < tuple_(*bound) if is_past else tuple_(*columns) > tuple_(*bound))
    return rows.order_by(*(column.desc() if is_past else column for column in columns))


def _key(view: View) -> Any:
    if view == View.RESOLVED:
        return lambda row: (row.resolved_at.isoformat(), row.id)
    return lambda row: (row.rank, row.due_at.isoformat(), row.id)

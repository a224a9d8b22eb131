"""Who asks: the person behind the session cookie or the program behind the bearer token, read once a request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, request, session
from sqlalchemy import or_, select

from app.customers.models import Customer
from app.identity.models import ApiToken, SignInSession, Staff
from app.identity.rules import Role, session_is_alive
from app.kit import clock, i18n
from app.kit.db import db
from app.kit.tokens import digest

COOKIE_FIELD = "sid"


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in: a customer (`customer_id`) or a colleague (`staff_id`)."""

    name: str
    email: str
    role: Role
    locale: str | None
    session_id: int
    seen_at: datetime
    customer_id: int | None = None
    staff_id: int | None = None

    @property
    def key(self) -> str:
        """Return a name for this person that no other has."""
        return f"staff:{self.staff_id}" if self.staff_id else f"customer:{self.customer_id}"


@dataclass(frozen=True)
class Program:
    """A program that showed a valid token."""

    token_id: int
    name: str
    scopes: frozenset[str]

    @property
    def key(self) -> str:
        """Return a name for this program that no other has."""
        return f"token:{self.token_id}"


_WHO = (
    select(
        SignInSession.id,
        SignInSession.started_at,
        SignInSession.seen_at,
        SignInSession.ended_at,
        Staff.id.label("staff_id"),
        Staff.name.label("staff_name"),
        Staff.email.label("staff_email"),
        Staff.role,
        Staff.locale.label("staff_locale"),
        Customer.id.label("customer_id"),
        Customer.name.label("customer_name"),
        Customer.email.label("customer_email"),
        Customer.locale.label("customer_locale"),
    )
    .outerjoin(Staff, (Staff.id == SignInSession.staff_id) & Staff.is_active)
    .outerjoin(Customer, Customer.id == SignInSession.customer_id)
    .where(or_(Staff.id.is_not(None), Customer.id.is_not(None)))
)


def load() -> None:
    """Find out who asks and speak their language. One statement for a signed-in person, else none."""
    g.person = g.program = None
    if request.headers.get("Authorization", "").startswith("Bearer "):
        g.program = _program(request.headers["Authorization"].removeprefix("Bearer ").strip())
    elif session.get(COOKIE_FIELD):
        g.person = _person(session[COOKIE_FIELD])
        if g.person:
            i18n.speak_like(g.person.locale)


def _person(token: str) -> Person | None:
    row = db.session.execute(_WHO.where(SignInSession.token_hash == digest(token))).first()
    if row is None or not session_is_alive(
        kind="staff" if row.staff_id else "customer",
        now=clock.now(),
        started_at=row.started_at,
        seen_at=row.seen_at,
        ended_at=row.ended_at,
    ):
        session.pop(COOKIE_FIELD, None)
        return None
    return _from(row)


def _from(row: Any) -> Person:
    if row.staff_id:
        return Person(
            row.staff_name, row.staff_email, row.role, row.staff_locale, row.id, row.seen_at, staff_id=row.staff_id
        )
    return Person(
        row.customer_name,
        row.customer_email or "",
        Role.CUSTOMER,
        row.customer_locale,
        row.id,
        row.seen_at,
        customer_id=row.customer_id,
    )


def _program(secret: str) -> Program | None:
    now = clock.now()
    alive = (ApiToken.revoked_at.is_(None), or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now))
    token = db.session.scalars(select(ApiToken).where(ApiToken.token_hash == digest(secret), *alive)).first()
    return Program(token.id, token.name, frozenset(token.scopes)) if token else None

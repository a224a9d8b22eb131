"""What identity decides, from values alone: roles, what each role may do, how long a session or a link lives."""

from datetime import datetime, timedelta
from enum import StrEnum

SESSION_IDLE = {"customer": timedelta(days=30), "staff": timedelta(hours=12)}
SESSION_AT_MOST = {"customer": timedelta(days=90), "staff": timedelta(days=7)}
LINK_LIVES = timedelta(minutes=30)


class Role(StrEnum):
    """What somebody is to the product."""

    CUSTOMER = "customer"
    AGENT = "agent"
    LEAD = "lead"
    SALES = "sales"
    ADMIN = "admin"


STAFF = (Role.AGENT, Role.LEAD, Role.SALES, Role.ADMIN)


class Scope(StrEnum):
    """What a program's token may do."""

    PURCHASES_WRITE = "purchases:write"
    EVENTS_READ = "events:read"
    EXPORTS_READ = "exports:read"


_INCLUDED = {
    Role.CUSTOMER: {Role.CUSTOMER},
    Role.AGENT: {Role.AGENT},
    Role.LEAD: {Role.LEAD, Role.AGENT},
    Role.SALES: {Role.SALES},
    Role.ADMIN: {Role.ADMIN, Role.LEAD, Role.AGENT, Role.SALES},
}


def may(role: Role, allowed: frozenset[Role]) -> bool:
    """Return True when `role`, or a role that it includes, is among the allowed ones."""
    return bool(_INCLUDED[role] & allowed)


def session_is_alive(
    *, kind: str, now: datetime, started_at: datetime, seen_at: datetime, ended_at: datetime | None
) -> bool:
    """Return True while a session is neither ended, nor idle for too long, nor too old."""
    return ended_at is None and now - seen_at < SESSION_IDLE[kind] and now - started_at < SESSION_AT_MOST[kind]


HOME = {
    Role.CUSTOMER: "/portal",
    Role.AGENT: "/support",
    Role.LEAD: "/support",
    Role.SALES: "/sales",
    Role.ADMIN: "/support",
}

"""What identity does: adds colleagues, starts and ends sessions, makes links and tokens that are shown once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, or_, select, update

from app.identity.errors import LinkUsed
from app.identity.models import ApiToken, Passkey, SignInLink, SignInSession, Staff
from app.identity.rules import LINK_LIVES, Role, Scope
from app.kit import clock
from app.kit.db import db, delete_if_unused
from app.kit.errors import NotThere
from app.kit.tokens import digest, new_secret

_TOTP_STEP = timedelta(seconds=30)


def add_staff(*, name: str, email: str, role: Role, locale: str | None = None, is_demo: bool = False) -> Staff:
    """Make a colleague known, who signs in first by a link and then sets a password."""
    staff = Staff(name=name, email=email.strip().lower(), role=role, locale=locale, is_demo=is_demo)
    db.session.add(staff)
    db.session.flush()
    return staff


def change_role(staff: Staff, role: Role | None) -> None:
    """Give a colleague a role, or (None) end their access; every open session of theirs sees it at once."""
    staff.is_active = role is not None
    if role is not None:
        staff.role = role


def set_password(staff_id: int, password_hash: str) -> None:
    """Set the password, given as its hash: hashing is slow and has no place in a transaction."""
    db.session.execute(update(Staff).where(Staff.id == staff_id).values(password_hash=password_hash))


def start_session(*, how: str, browser: str, staff_id: int | None = None, customer_id: int | None = None) -> str:
    """Start a session and return the secret that the browser keeps; it is stored as a hash only."""
    secret = new_secret()
    db.session.add(
        SignInSession(
            token_hash=digest(secret), staff_id=staff_id, customer_id=customer_id, how=how, browser=browser[:200]
        )
    )
    return secret


def end_session(session_id: int, *, staff_id: int | None = None, customer_id: int | None = None) -> None:
    """End a session of this person for good, wherever its cookie is; raise `NotThere` for one that is not theirs."""
    mine = (SignInSession.staff_id == staff_id, SignInSession.customer_id == customer_id)
    ending = update(SignInSession).where(SignInSession.id == session_id, *mine).values(ended_at=clock.now())
    if db.session.scalar(ending.returning(SignInSession.id)) is None:
        raise NotThere


def mark_seen(session_id: int) -> None:
    """Note that a session is in use."""
    db.session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=clock.now()))


def make_link(*, staff_id: int | None = None, customer_id: int | None = None, next_path: str = "") -> str:
    """Make a link that signs in once within 30 minutes; return its secret. Without a person it opens nothing."""
    secret = new_secret()
    db.session.add(
        SignInLink(
            token_hash=digest(secret),
            staff_id=staff_id,
            customer_id=customer_id,
            next_path=next_path,
            expires_at=clock.now() + LINK_LIVES,
        )
    )
    return secret


def use_link(secret: str) -> SignInLink:
    """Use a link up and return it; raise `LinkUsed` for all but the first who press the button."""
    now = clock.now()
    fresh = (
        update(SignInLink)
        .where(SignInLink.token_hash == digest(secret), SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .values(used_at=now)
        .returning(SignInLink)
    )
    link = db.session.scalars(fresh).first()
    if link is None or not (link.staff_id or link.customer_id):
        raise LinkUsed
    return link


def accept_code(staff: Staff, code: str) -> bool:
    """Return True when the one-time code is right now or was a step ago, and was not used before (RFC 6238, 5.2)."""
    totp, now = pyotp.TOTP(staff.totp_secret or ""), clock.now()
    for moment in (now, now - _TOTP_STEP):
        if staff.totp_secret and pyotp.utils.strings_equal(code, totp.at(moment)):
            step = int(moment.timestamp()) // int(_TOTP_STEP.total_seconds())
            once = update(Staff).where(Staff.id == staff.id, Staff.totp_step < step).values(totp_step=step)
            return db.session.execute(once.returning(Staff.id)).first() is not None
    return False


def switch_totp(staff_id: int, secret: str | None) -> None:
    """Ask this colleague for one-time codes from now on, or (None) no longer."""
    db.session.execute(update(Staff).where(Staff.id == staff_id).values(totp_secret=secret, totp_step=0))


def make_token(*, name: str, scopes: Iterable[Scope], expires_at: datetime | None = None) -> str:
    """Make a program's token and return it; it cannot be shown again."""
    secret = f"rv_{new_secret()}"
    db.session.add(
        ApiToken(
            name=name,
            prefix=secret[:10],
            token_hash=digest(secret),
            scopes=[str(scope) for scope in scopes],
            expires_at=expires_at,
        )
    )
    return secret


def revoke_token(token_id: int) -> None:
    """End a token at once, if it has not ended; raise `NotThere` when there is none."""
    if db.session.get(ApiToken, token_id) is None:
        raise NotThere
    db.session.execute(
        update(ApiToken).where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None)).values(revoked_at=clock.now())
    )


def forget_demo(customer_ids: Iterable[int]) -> None:
    """Remove demo colleagues, and the sessions and links of demo customers.

    A demo colleague who worked for a real customer stays in that conversation, and can no longer sign in.
    """
    demo_staff, ids = select(Staff.id).where(Staff.is_demo), list(customer_ids)
    for table in (SignInSession, SignInLink):
        db.session.execute(delete(table).where(or_(table.staff_id.in_(demo_staff), table.customer_id.in_(ids))))
    db.session.execute(delete(Passkey).where(Passkey.staff_id.in_(demo_staff)))
    for member in db.session.scalars(select(Staff).where(Staff.is_demo)).all():
        if not delete_if_unused(member):
            member.is_active = False

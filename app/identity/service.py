"""What identity does: adds colleagues, starts and ends sessions, makes links and tokens that are shown once."""

from datetime import datetime

from sqlalchemy import update

from app.identity.models import ApiToken, SignInLink, SignInSession, Staff
from app.identity.rules import LINK_LIVES, Role, Scope
from app.kit import clock
from app.kit.db import db
from app.kit.tokens import digest, new_secret


def add_staff(*, name: str, email: str, role: Role, locale: str | None = None, is_demo: bool = False) -> Staff:
    """Make a colleague known, who signs in first by a link and then sets a password."""
    staff = Staff(name=name, email=email.strip().lower(), role=role, locale=locale, is_demo=is_demo)
    db.session.add(staff)
    db.session.flush()
    return staff


def start_session(*, how: str, browser: str, staff_id: int | None = None, customer_id: int | None = None) -> str:
    """Start a session and return the secret that the browser keeps; it is stored as a hash only."""
    secret = new_secret()
    db.session.add(
        SignInSession(
            token_hash=digest(secret),
            staff_id=staff_id,
            customer_id=customer_id,
            how=how,
            browser=browser[:200],
        )
    )
    return secret


def end_session(session_id: int) -> None:
    """End a session for good, wherever its cookie is."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def make_link(*, staff_id: int | None = None, customer_id: int | None = None, next_path: str = "") -> str:
    """Make a link that signs in once within 30 minutes; return its secret."""
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


def make_token(*, name: str, scopes: list[Scope], expires_at: datetime | None = None) -> str:
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

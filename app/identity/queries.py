"""What identity can tell; nothing here changes anything."""

from collections.abc import Sequence

from sqlalchemy import select

from app.customers.models import Customer
from app.identity.errors import LinkUsed
from app.identity.models import ApiToken, Passkey, SignInLink, SignInSession, Staff
from app.kit import clock
from app.kit.db import db
from app.kit.errors import NotThere
from app.kit.tokens import digest


def staff(staff_id: int) -> Staff:
    """Return the colleague; raise `NotThere`."""
    found = db.session.get(Staff, staff_id)
    if found is None:
        raise NotThere
    return found


def find_staff_by_email(email: str) -> Staff | None:
    """Return the active colleague with this address, or None."""
    return db.session.scalars(select(Staff).filter_by(email=email.strip().lower(), is_active=True)).first()


def staff_by_email(email: str) -> Staff:
    """Return the active colleague with this address; raise `NotThere`."""
    found = find_staff_by_email(email)
    if found is None:
        raise NotThere
    return found


def colleagues() -> Sequence[Staff]:
    """Return all active colleagues by name; a firm has few."""
    return db.session.scalars(select(Staff).filter_by(is_active=True).order_by(Staff.name, Staff.id)).all()


def all_staff() -> Sequence[Staff]:
    """Return every colleague, those who left too."""
    return db.session.scalars(select(Staff).order_by(Staff.is_active.desc(), Staff.name, Staff.id).limit(500)).all()


def find_any_staff_by_email(email: str) -> Staff | None:
    """Return the colleague with this address even if they have left, or None."""
    return db.session.scalars(select(Staff).filter_by(email=email.strip().lower())).first()


def has_staff() -> bool:
    """Return True when somebody works here: the product has been set up."""
    return db.session.scalar(select(Staff.id).limit(1)) is not None


def names_of_staff(staff_ids: set[int]) -> dict[int, str]:
    """Return the names of some colleagues, in one statement."""
    return {row.id: row.name for row in db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)))}


def has_second_factor(member: Staff) -> bool:
    """Return True when a password alone does not sign this colleague in."""
    return member.totp_secret is not None


def name_behind_link(secret: str) -> str:
    """Return whose sign-in link this is; raise `LinkUsed` when it no longer works."""
    named = (
        select(Staff.name.label("staff"), Customer.name.label("customer"))
        .select_from(SignInLink)
        .outerjoin(Staff, Staff.id == SignInLink.staff_id)
        .outerjoin(Customer, Customer.id == SignInLink.customer_id)
        .where(
            SignInLink.token_hash == digest(secret),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
        )
    )
    row = db.session.execute(named).first()
    if row is None or not (row.staff or row.customer):
        raise LinkUsed
    return str(row.staff or row.customer)


def sessions(*, staff_id: int | None, customer_id: int | None) -> Sequence[SignInSession]:
    """Return the open sessions of one person, the latest first."""
    mine = select(SignInSession).filter_by(staff_id=staff_id, customer_id=customer_id, ended_at=None)
    return db.session.scalars(mine.order_by(SignInSession.seen_at.desc()).limit(50)).all()


def passkeys(staff_id: int) -> Sequence[Passkey]:
    """Return the passkeys of a colleague."""
    return db.session.scalars(select(Passkey).filter_by(staff_id=staff_id).order_by(Passkey.id)).all()


def find_passkey(credential_id: bytes) -> Passkey | None:
    """Return the passkey with this name, or None."""
    return db.session.scalars(select(Passkey).filter_by(credential_id=credential_id)).first()


def tokens() -> Sequence[ApiToken]:
    """Return the tokens that were made, the latest first."""
    return db.session.scalars(select(ApiToken).order_by(ApiToken.id.desc()).limit(200)).all()

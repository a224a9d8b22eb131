"""What referrals does: gives each customer a code, takes a friend in once, and qualifies a referral once."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.customers import queries as customers
from app.customers import service as people
from app.customers.models import Customer
from app.delivery.service import post_letter
from app.events import FriendRegistered, ReferralQualified
from app.identity import service as identity
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db, upsert
from app.kit.ids import short_code
from app.referrals import mails, queries
from app.referrals.models import Code, Referral
from app.referrals.rules import FOR_BRINGING_A_FRIEND, FOR_COMING_AS_A_FRIEND, State, is_same_person

_CODE_LENGTH = 8  # 40 random bits; a guess would show a first name


def new_code() -> str:
    """Return a code that nobody can guess."""
    return short_code(_CODE_LENGTH).lower()


def make_code(customer_id: int) -> str:
    """Give the customer a code, or return the one they have."""
    code = upsert(Code).values(customer_id=customer_id, code=new_code(), created_at=clock.now())
    made = db.session.scalar(code.on_conflict_do_nothing(index_elements=["customer_id"]).returning(Code.code))
    return made or db.session.scalars(select(Code.code).filter_by(customer_id=customer_id)).one()


def register_friend(
    code: str,
    *,
    name: str,
    email: str,
    locale: str,
    visitor_id: int | None = None,
    at: datetime | None = None,
    is_demo: bool = False,
) -> Referral | None:
    """Take a friend in and mail them a way in; None, and nothing said, for who is known already or invites themself.

    `visitor_id` is the customer who is signed in where the form was filled in, if any.
    """
    inviter = queries.inviter(code)
    is_oneself = visitor_id == inviter.customer_id or is_same_person(inviter.email, email)
    if is_oneself or customers.find_customer_by_email(email):
        return None
    friend = _add(name=name, email=email, locale=locale, is_demo=is_demo)
    if friend is None:
        return None
    referral = Referral(referrer_id=inviter.customer_id, friend_id=friend.id, registered_at=at or clock.now())
    db.session.add(referral)
    db.session.flush()
    publish(FriendRegistered(customer_id=friend.id, referral_id=referral.id, referrer_id=inviter.customer_id))
    secret = identity.make_link(customer_id=friend.id, next_path="/portal")
    letter = mails.welcome(
        to=friend.email or email,
        name=name,
        inviter=inviter.first_name,
        locale=locale,
        secret=secret,
        points=FOR_COMING_AS_A_FRIEND,
    )
    post_letter(letter, customer_id=friend.id)
    return referral


def qualify(friend_id: int, *, purchase_id: int, at: datetime) -> None:
    """Mark that the friend bought for the first time, once; parallel purchases find nothing left to do."""
    found = db.session.execute(
        update(Referral)
        .where(Referral.friend_id == friend_id, Referral.state == State.REGISTERED)
        .values(state=State.QUALIFIED, purchase_id=purchase_id, qualified_at=at)
        .returning(Referral.id, Referral.referrer_id)
    ).first()
    if found:
        publish(
            ReferralQualified(
                customer_id=friend_id,
                referral_id=found.id,
                referrer_id=found.referrer_id,
                purchase_id=purchase_id,
                referrer_points=FOR_BRINGING_A_FRIEND,
                friend_points=FOR_COMING_AS_A_FRIEND,
            )
        )


def forget_demo() -> None:
    """Remove the codes and referrals of demo customers."""
    demo = select(Customer.id).where(Customer.is_demo)
    db.session.execute(delete(Referral).where(Referral.friend_id.in_(demo) | Referral.referrer_id.in_(demo)))
    db.session.execute(delete(Code).where(Code.customer_id.in_(demo)))


def _add(*, name: str, email: str, locale: str, is_demo: bool) -> Customer | None:
    """Make the friend known; None when somebody with the address came at the same moment."""
    try:
        with db.session.begin_nested():
            return people.add_customer(name=name, source="referral", email=email, locale=locale, is_demo=is_demo)
    except IntegrityError:
        return None

"""Asking: an invitation for each purchase, sent once when it is due, or kept with the reason why not."""

import secrets
from datetime import datetime

from sqlalchemy import select, update

from app.customers import queries as customers
from app.customers import service as people
from app.customers.models import Customer
from app.delivery.service import post_letter
from app.kit import clock
from app.kit.db import db
from app.surveys import mails, queries, rules
from app.surveys.models import Invitation
from app.surveys.questionnaire import AFTER_PURCHASE
from app.surveys.rules import InvitationState, Verdict
from app.surveys.service.publishing import current_version


def invite(
    customer_id: int,
    *,
    purchase_id: int | None = None,
    due_at: datetime | None = None,
    is_demo: bool = False,
) -> Invitation:
    """Invite a customer to answer at `due_at` (now if not given); a purchase has at most one invitation."""
    due = due_at or clock.now()
    known = purchase_id and db.session.scalars(select(Invitation).filter_by(purchase_id=purchase_id)).first()
    if known:
        return known
    invitation = Invitation(
        token=secrets.token_urlsafe(24),
        customer_id=customer_id,
        purchase_id=purchase_id,
        version_id=current_version(AFTER_PURCHASE).id,
        due_at=due,
        expires_at=due + rules.LINK_LIVES,
        is_demo=is_demo,
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation


def invite_after_purchase(*, customer_id: int, purchase_id: int, product_id: int, purchased_at: datetime) -> None:
    """Invite the buyer when the product's pause is over."""
    product = customers.product(product_id)
    due_at = rules.due_at(purchased_at=purchased_at, ask_after_days=product.ask_after_days, now=clock.now())
    invite(customer_id, purchase_id=purchase_id, due_at=due_at, is_demo=product.is_demo)


def send_invitation(invitation_id: int) -> InvitationState | None:
    """Decide about an invitation that is due and act, once; None if another worker was faster or it is not due.

    The customer's row is locked first, so that two invitations of one customer cannot both look lonely.
    """
    now = clock.now()
    due = select(Customer.id, Customer.email, Customer.may_mail).join(Invitation, Invitation.customer_id == Customer.id)
    customer = db.session.execute(due.where(Invitation.id == invitation_id).with_for_update(of=Customer)).one()
    verdict = rules.may_ask(
        has_address=bool(customer.email),
        may_mail=customer.may_mail,
        last_asked_at=queries.find_last_asked_at(customer.id),
        now=now,
    )
    if not _settle(invitation_id, verdict, now):
        return None
    if verdict.state is InvitationState.SENT:
        asked = queries.asked(invitation_id)
        post_letter(mails.invitation(asked), customer_id=asked.customer_id)
    return verdict.state


def let_mail(public_id: str, *, may_mail: bool) -> None:
    """Let survey mails go to the customer, or end them."""
    people.let_mail(customers.customer_by_public_id(public_id), may_mail=may_mail)


def expire_invitations() -> int:
    """Close what nobody answered in time; return how many."""
    closing = update(Invitation).where(
        Invitation.state.in_([InvitationState.SENT, InvitationState.NO_ADDRESS]), Invitation.expires_at <= clock.now()
    )
    closed = db.session.execute(closing.values(state=InvitationState.EXPIRED))
    return closed.rowcount  # type: ignore[attr-defined,no-any-return]  # a cursor result


def _settle(invitation_id: int, verdict: Verdict, now: datetime) -> bool:
    is_sent = verdict.state is InvitationState.SENT
    settled = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.state == InvitationState.WAITING, Invitation.due_at <= now)
        .values(
            state=verdict.state,
            why_not=verdict.why_not,
            sent_at=now if is_sent else None,
            expires_at=now + rules.LINK_LIVES,
        )
        .execution_options(synchronize_session=False)
    )
    return bool(db.session.execute(settled).rowcount)  # type: ignore[attr-defined]  # a cursor result

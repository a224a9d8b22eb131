"""A purchase makes one invitation; it leaves once, when it is due, or the reason why not is kept."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.customers.models import Customer
from app.delivery.models import Parcel
from app.kit import clock
from app.kit.db import db, transaction
from app.surveys import jobs, rules, unsubscribing
from app.surveys.models import Invitation, Survey, SurveyVersion
from app.surveys.rules import InvitationState, Verdict, WhyNot
from app.surveys.service import inviting, publishing
from tests import factories


def invitations() -> list[Invitation]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


def mails() -> list[dict[str, object]]:
    db.session.rollback()  # ends the read of before
    return [parcel.payload for parcel in db.session.scalars(select(Parcel).order_by(Parcel.id))]


def buy(days: int = 0, **customer: object) -> None:
    with transaction():
        factories.purchase(factories.customer(**customer), factories.product(ask_after_days=days))


def test_a_purchase_is_asked_about_after_the_pause_of_its_product():
    buy(days=14)

    [made] = invitations()
    wait = made.due_at - clock.now()
    assert timedelta(days=12, hours=23) < wait <= timedelta(days=13)  # bought yesterday
    assert jobs.send_due_invitations() == 0
    assert mails() == []


def test_history_asks_nobody(inside):
    inside(factories.purchase, is_history=True)

    assert invitations() == []


def test_what_is_due_leaves_once_in_the_customers_language(inside):
    buy(name="Ada", locale="en", email="ada@example.com")

    assert (jobs.send_due_invitations(), jobs.send_due_invitations()) == (1, 0)

    [mail], [made] = mails(), invitations()
    assert made.state == InvitationState.SENT
    assert (mail["to"], mail["subject"]) == ("ada@example.com", "Water filter W2: how is it going?")
    assert str(mail["text"]).count(f"/s/{made.token}") == 1
    assert mail["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_two_workers_at_once_send_one_mail(app: Flask):
    for _ in range(4):
        buy()
    ready = threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            ready.wait()
            jobs.send_due_invitations()
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(mails()) == 4
    assert {made.state for made in invitations()} == {InvitationState.SENT}


def test_two_purchases_of_one_customer_make_one_question_even_at_once(app: Flask):
    with transaction():
        buyer = factories.customer()
        for _ in range(6):
            factories.purchase(buyer)
    ready = threading.Barrier(6)

    def send(invitation_id: int) -> None:
        with app.app_context():
            ready.wait()
            with transaction():
                inviting.send_invitation(invitation_id)

    workers = [threading.Thread(target=send, args=(made.id,)) for made in invitations()]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(mails()) == 1
    states = sorted((made.state, made.why_not or "") for made in invitations())
    assert states == [(InvitationState.NOT_ASKED, WhyNot.ASKED_LATELY)] * 5 + [(InvitationState.SENT, "")]


def test_who_wants_no_mails_is_not_asked_and_the_reason_is_kept():
    buy(email="quiet@example.com")
    with transaction() as session:
        session.execute(update(Customer).values(may_mail=False))

    jobs.send_due_invitations()

    [made] = invitations()
    assert (made.state, made.why_not, mails()) == (InvitationState.NOT_ASKED, WhyNot.NO_MAILS, [])


def test_without_an_address_the_invitation_waits_for_a_copied_link():
    buy(email=None)

    jobs.send_due_invitations()

    assert [made.state for made in invitations()] == [InvitationState.NO_ADDRESS]
    assert mails() == []


@pytest.mark.no_database
@given(st.booleans(), st.booleans(), st.none() | st.timedeltas(timedelta(0), timedelta(days=90)))
def test_nobody_is_asked_twice_in_thirty_days_or_against_their_will(has_address, may_mail, ago):
    now = clock.now()

    verdict = rules.may_ask(
        has_address=has_address, may_mail=may_mail, last_asked_at=None if ago is None else now - ago, now=now
    )

    if verdict == Verdict(InvitationState.SENT):
        assert has_address
        assert may_mail
        assert ago is None or ago >= timedelta(days=30)
    else:
        assert verdict.why_not or not has_address


def test_the_same_purchase_is_invited_once(inside):
    bought = inside(factories.purchase)

    with transaction():
        again = inviting.invite(bought.customer_id, purchase_id=bought.id)

    assert [made.id for made in invitations()] == [again.id]


def test_a_published_version_never_changes(inside):
    version = inside(publishing.current_version, "after-purchase")

    with pytest.raises(Exception, match="never changes"), transaction() as session:
        session.execute(update(SurveyVersion).filter_by(id=version.id).values(content="{}"))


def test_publishing_unchanged_questions_makes_no_new_version(inside):
    first, again = (inside(publishing.publish_version, "after-purchase").id for _ in range(2))

    assert first == again
    assert len(db.session.scalars(select(Survey)).all()) == 1


def test_one_click_of_a_mail_program_ends_the_mails(client, inside):
    customer = inside(factories.customer)
    link = f"/unsubscribe/{unsubscribing.sign(customer.public_id)}"

    opened = client.get(link)
    assert db.session.get(Customer, customer.id).may_mail
    clicked = client.post(link, data={"List-Unsubscribe": "One-Click"})

    assert (opened.status_code, clicked.status_code) == (200, 303)
    db.session.expire_all()
    assert not db.session.get(Customer, customer.id).may_mail
    client.post(link, data={"again": "yes"})
    db.session.expire_all()
    assert db.session.get(Customer, customer.id).may_mail


def test_a_survey_link_cannot_end_the_mails(client, make_invitation):
    token = make_invitation().token

    assert client.post(f"/unsubscribe/{token}").status_code == 404

"""After an answer the customer reads what happens next: true, with a clock time, and nothing about others."""

from datetime import timedelta

import pytest

from app.kit import clock
from app.kit.db import transaction
from app.surveys import jobs
from app.surveys.service import inviting
from tests import factories


@pytest.fixture
def token() -> str:
    """Return the link token of a customer who was asked."""
    with transaction():
        bought = factories.purchase(factories.customer(name="Ada", locale="en"))
        invitation = inviting.invite(
            bought.customer_id, purchase_id=bought.id, due_at=clock.now() - timedelta(minutes=1)
        )
    jobs.send_due_invitations()
    return invitation.token


def test_an_unhappy_answer_gets_a_promise_and_a_link_to_follow_it(client, token):
    sent = client.post(f"/s/{token}", data={"score": "2", "comment": "It leaks, and nobody answers. Terrible service."})

    page = client.get(sent.location)

    assert "An answer by " in page.text
    assert "It leaks, and nobody answers" in page.text
    link = page.text.split('href="/q/')[1].split('"')[0]
    assert client.get(f"/q/{link}").status_code == 200


def test_a_happy_answer_gets_thanks_and_no_promise(client, token):
    sent = client.post(f"/s/{token}", data={"score": "10", "comment": "Great, thank you"})

    page = client.get(sent.location)

    assert "Thank you." in page.text
    assert "An answer by" not in page.text
    assert "points are in your account" in page.text


def test_without_an_answer_the_page_leads_to_the_questions(client, token):
    assert client.get(f"/s/{token}/thanks").location == f"/s/{token}"
    assert client.get("/s/forged/thanks").status_code == 404

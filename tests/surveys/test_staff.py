"""What colleagues see of answers and invitations, and that it costs the same for many as for few."""

from datetime import timedelta

import pytest

from app.identity.rules import Role
from app.kit import clock
from app.kit.db import transaction
from app.surveys import jobs
from app.surveys.service.recording import Feedback, record_feedback
from tests import factories


def say(number: int, **values: object) -> None:
    with transaction():
        buyer = factories.customer(name=f"顾客{number}")
        item = {"comment": "质量很好", "language": "zh_Hans", "score": 9} | values
        when = clock.now() - timedelta(minutes=number)
        record_feedback([Feedback(customer_id=buyer.id, source=f"file:{number}", submitted_at=when, **item)])


@pytest.mark.parametrize("role", [Role.LEAD, Role.SALES, Role.ADMIN])
def test_leads_and_sales_see_what_was_said(signed_in, role):
    say(1, comment="太差了，三天就坏", score=2)

    page = signed_in(role).get("/surveys")

    assert page.status_code == 200
    assert "顾客1" in page.text
    assert 'class="why' in page.text


def test_strangers_and_customers_see_nothing(client, signed_in, inside):
    customer_id = inside(factories.customer).id

    assert client.get("/surveys").status_code == 302
    assert signed_in(customer_id).get("/surveys").status_code == 403
    assert signed_in(customer_id).get("/surveys/invitations").status_code == 403


def test_answers_can_be_narrowed_and_odd_addresses_do_no_harm(signed_in):
    say(1, comment="太差了，三天就坏", score=2)
    say(2, comment="Great quality", language="en")
    browser = signed_in(Role.LEAD)

    def shown(query: str) -> tuple[bool, bool]:
        text = browser.get(f"/surveys?{query}").text
        return "顾客1" in text, "顾客2" in text

    assert shown("label=negative") == (True, False)
    assert shown("band=high") == (False, True)
    assert shown("language=en") == (False, True)
    assert shown("period=7") == (True, True)
    assert shown("product=99999&label=x&period=-1") == (True, True)
    assert browser.get("/surveys?cursor=forged").status_code == 400


def test_pages_of_answers_continue_where_the_last_one_ended(signed_in):
    for number in range(27):
        say(number)
    browser = signed_in(Role.LEAD)

    first = browser.get("/surveys").text
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(older).text

    assert first.count('text-nowrap">顾客') == 25
    assert second.count('text-nowrap">顾客') == 2


def test_a_page_costs_the_same_for_many_answers(signed_in, statements):
    browser = signed_in(Role.LEAD)
    say(1)
    browser.get("/surveys")
    with statements() as few:
        browser.get("/surveys")
    for number in range(2, 12):
        say(number)

    with statements() as many:
        browser.get("/surveys")

    assert len(many) == len(few) <= 5  # one of them is signing in


def test_invitations_show_their_state_reason_and_link(signed_in, config):
    with transaction():
        buyer = factories.customer(name="知夏")
        factories.purchase(buyer)
        factories.purchase(buyer)
        factories.purchase(factories.customer(name="无址", email=None))
    jobs.send_due_invitations()
    browser = signed_in(Role.LEAD)

    everything, unasked = (browser.get(f"/surveys/invitations{query}").text for query in ("", "?state=not_asked"))

    assert everything.count(f"{config.public_url}/s/") == 3
    assert "无址" in everything
    assert "无址" not in unasked
    assert "30" in unasked
    assert browser.get("/surveys/invitations?state=nonsense").status_code == 200

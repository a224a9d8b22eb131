"""The customer's home: one's own things from every domain, in one's language, in few statements."""

from datetime import UTC, datetime

import pytest

from app.identity.rules import Role
from app.kit import clock
from app.kit.db import transaction
from app.loyalty import service as loyalty
from app.loyalty.rules import Reason
from app.referrals import queries as referrals
from app.referrals import service as friends
from app.support import service as support
from tests import factories


@pytest.fixture
def ada(inside):
    return inside(factories.customer, name="沈知夏")


def test_home_shows_the_request_the_points_and_the_link(ada, signed_in):
    with transaction():
        loyalty.earn(ada.id, points=1_280, reason=Reason.RESPONSE, key="r")
        loyalty.add_reward(name_en="Filter set", name_zh="滤芯一套", price=1_500)
        support.open_request(ada, subject="净水器漏水", text="柜板都泡坏了。")

    page = signed_in(ada.id).get("/portal").text

    for words in ("知夏", "净水器漏水", "柜板都泡坏了。", "1,280", "滤芯一套", referrals.standing(ada.id).code):
        assert words in page


def test_home_of_a_new_customer_has_no_sheet_and_no_empty_promise(ada, signed_in):
    page = signed_in(ada.id).get("/portal").text

    assert 'class="sheet"' not in page
    assert 'href="/portal/requests/new"' in page


def test_home_shows_nothing_of_anybody_else(ada, signed_in, inside):
    with transaction():
        loyalty.earn(ada.id, points=7_777, reason=Reason.RESPONSE, key="r")
        support.open_request(ada, subject="净水器漏水", text="柜板都泡坏了。")

    page = signed_in(inside(factories.customer).id).get("/portal").text

    assert not any(words in page for words in ("7,777", "净水器漏水", referrals.standing(ada.id).code))


def test_strangers_sign_in_first_and_colleagues_have_another_home(client, signed_in):
    assert client.get("/portal").location == "/sign-in?next=/portal"
    assert signed_in(Role.ADMIN).get("/portal").status_code == 403


@pytest.mark.parametrize(
    ("hour", "words"), [(1, "Good morning, Anna"), (6, "Good afternoon, Anna"), (12, "Good evening, Anna")]
)
def test_home_greets_by_the_clock_of_the_firm(inside, signed_in, monkeypatch, hour, words):
    anna = inside(factories.customer, name="Anna Smith", locale="en")
    browser = signed_in(anna.id)
    now = datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda: now.replace(hour=hour))

    assert words in browser.get("/portal").text  # the firm's clock is eight hours ahead


def test_home_takes_at_most_eight_statements(ada, signed_in, statements):
    code = referrals.standing(ada.id).code
    with transaction():
        loyalty.add_reward(name_en="Filter set", name_zh="滤芯一套", price=1_500)
        for number in range(5):
            loyalty.earn(ada.id, points=10, reason=Reason.RESPONSE, key=f"r{number}")
            support.open_request(ada, subject=f"第 {number} 件", text="请看一下。")
            friends.register_friend(code, name=f"友{number}", email=f"f{number}@example.com", locale="zh_Hans")
    browser = signed_in(ada.id)
    browser.get("/portal")  # the calendar and the firm are kept for ten seconds
    with statements() as seen:
        browser.get("/portal")

    assert len(seen) <= 8

"""The customer's pages in a real browser: phone and desk, both languages, without a fault."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.kit.db import db, transaction
from app.loyalty import queries, service
from app.loyalty.rules import Reason
from app.referrals import queries as referrals
from app.support import service as support
from tests import factories
from tests.browser import DESK, PHONE, faults, heard

pytestmark = pytest.mark.browser

READERS = pytest.mark.parametrize(
    ("size", "locale"), [(PHONE, "zh_Hans"), (DESK, "en")], ids=["phone in Chinese", "desk in English"]
)


@pytest.fixture
def make_ada(inside):
    def make(locale: str) -> int:
        with transaction():
            ada = factories.customer(name="沈知夏" if locale == "zh_Hans" else "Anna Smith", locale=locale)
            for number in range(25):
                service.earn(ada.id, points=50, reason=Reason.RESPONSE, key=f"r{number}")
            service.add_reward(name_en="House call", name_zh="上门清洗一次", price=800)
            service.add_reward(name_en="Filter set", name_zh="滤芯一套", price=1_500)
            support.open_request(ada, subject="净水器漏水", text="柜板都泡坏了。")
            return ada.id

    return make


@pytest.fixture
def enter(page: Page, address: str, signed_in):
    """Return a function that signs the browser in as this customer."""

    def as_customer(customer_id: int) -> None:
        cookie = signed_in(customer_id).get_cookie("revisit")
        page.context.add_cookies([{"name": "revisit", "value": cookie.value, "url": address}])

    return as_customer


@READERS
def test_a_customer_finds_their_way_to_a_voucher(page: Page, address, make_ada, enter, locale, size):
    page.set_viewport_size(size)
    complaints, ada = heard(page), make_ada(locale)
    enter(ada)
    page.goto(f"{address}/portal")
    wrong = faults(page)
    page.locator("nav .tabs a[href='/portal/points']").click()
    wrong += faults(page)
    page.locator("a[href='/portal/points/rewards']").click()
    wrong += faults(page)
    page.get_by_role("link", name=re.compile("House call|上门清洗一次")).click()
    wrong += faults(page)
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/vouchers/"))
    db.session.rollback()  # the test looks again, after the browser wrote
    voucher = queries.vouchers(ada)[0]
    expect(page.get_by_text(voucher.spoken_code)).to_be_visible()
    wrong += faults(page)
    page.goto(f"{address}/portal/friends")
    wrong += faults(page)

    assert (wrong, complaints) == ([], [])
    assert queries.balance(ada) == 450


@READERS
def test_a_friend_comes_in_through_the_link(page: Page, address, make_ada, locale, size):
    page.set_viewport_size(size)
    page.set_extra_http_headers({"Accept-Language": "zh-CN" if locale == "zh_Hans" else "en"})
    complaints, ada = heard(page), make_ada(locale)
    page.goto(f"{address}/r/{referrals.standing(ada).code}")
    wrong = faults(page)
    page.locator("main form button").click()
    wrong += faults(page)
    page.locator("#name").fill("顾以宁")
    page.locator("#email").fill("yining@example.com")
    page.locator("#agrees").check()
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/thanks$"))
    wrong += faults(page)

    assert wrong == []
    assert [line for line in complaints if "422" not in line] == []
    db.session.rollback()  # the test looks again, after the browser wrote
    assert referrals.standing(ada).came == 1

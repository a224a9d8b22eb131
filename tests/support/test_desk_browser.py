"""The desk and the customer's request in a real browser: both languages, phone and desk width, no script needed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, expect

from app.identity.rules import Role
from app.kit.db import transaction
from app.support import links, queries, service
from app.support.rules import State, Then
from tests import factories
from tests.browser import DESK, PHONE, faults, heard

pytestmark = pytest.mark.browser

LONG = "尉迟明月（云南西双版纳傣族自治州雨林生态农业合作社）"


@pytest.fixture
def open_as(browser: Browser, address: str) -> Callable[..., BrowserContext]:
    """Return a function that opens a browser with the session of a test client."""

    def make(client: FlaskClient | None, *, size: dict[str, int], locale: str) -> BrowserContext:
        context = browser.new_context(viewport=size, locale=locale, base_url=address)  # type: ignore[arg-type]
        cookie = client.get_cookie("revisit") if client else None
        if cookie:
            context.add_cookies([{"name": "revisit", "value": cookie.value, "url": address}])
        return context

    return make


def _fill_the_desk(make_request, answer) -> None:
    with transaction():
        long_name, english = (
            factories.customer(name=LONG),
            factories.customer(locale="en", name="Maximilian Featherstonehaugh"),
        )
    make_request(long_name, subject="退款说三天，今天第十二天", text="客服一个推一个，我不想再打第五次电话了。")
    answer(7, customer=english, comment="")
    make_request(english, subject="Great fitter", text="Mr Zhou was quick and tidy, I love it.")
    make_request(text="Очень плохо, ничего не работает", subject="Нет тепла")
    request = make_request(subject="想改约上门时间", text="周六上午可以吗？")
    with transaction():
        staff = factories.staff()
        service.note(request, text="先锁一位师傅", staff_id=staff.id)
        service.reply(request, text="可以，周六上午九点。", then=Then.WAIT, staff_id=staff.id, staff_name=staff.name)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_desk_is_whole(open_as, signed_in, make_request, answer, size, locale):
    _fill_the_desk(make_request, answer)
    page = open_as(signed_in(Role.AGENT), size=size, locale=locale).new_page()
    complaints = heard(page)

    for path in ("/support?view=all", "/support/1001"):
        page.goto(path)
        assert not faults(page), path
    assert not complaints


@pytest.mark.parametrize(("size", "locale"), [(PHONE, "zh-CN"), (DESK, "en-GB")], ids=["phone", "desk"])
def test_a_customers_own_requests_are_whole(open_as, signed_in, make_request, answer, size, locale):
    _fill_the_desk(make_request, answer)
    own = open_as(signed_in(queries.request_by_number(1001).customer_id), size=size, locale=locale).new_page()
    complaints = heard(own)

    for path in ("/portal/requests", "/portal/requests/new", f"/q/{links.token_of(queries.request_by_number(1005))}"):
        own.goto(path)
        assert not faults(own), path
    assert not complaints


def test_an_agent_takes_replies_and_solves_without_a_mouse_click_too_many(open_as, signed_in, make_request, answer):
    _fill_the_desk(make_request, answer)
    page = open_as(signed_in(Role.AGENT), size=DESK, locale="en-GB").new_page()
    page.goto("/support")
    expect(page.locator(".bulk")).to_be_hidden()
    page.get_by_label("Pick number 1001").check()
    page.get_by_role("button", name="Assign to me").click()
    expect(page.get_by_role("status")).to_contain_text("In your hands now: 1.")

    page.get_by_role("link", name="退款说三天，今天第十二天").click()
    page.get_by_label("Text").fill("退款今天到账。")
    page.get_by_label("After sending").select_option("resolve")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("Solved in time").first).to_be_visible()
    assert queries.request_by_number(1001).state == State.RESOLVED


def test_the_customer_answers_by_link_without_script(browser, address, make_request):
    request = make_request()
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto(f"/q/{links.token_of(request)}")

    page.locator("textarea").fill("照片来了")
    page.locator("form[action^='/q/'] button").click()

    expect(page.locator(".talk")).to_contain_text("照片来了")

"""The pages of sales in a real browser: on a phone and on a desk, in both languages, without faults."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from app.identity.rules import Role
from tests.browser import DESK, PHONE, faults, heard
from tests.sales import stories

pytestmark = pytest.mark.browser


@pytest.fixture
def sales_page(browser: Browser, address: str, signed_in: Callable[..., FlaskClient]) -> Callable[..., Page]:
    """Return a function that opens a browser in which a sales person is signed in."""

    def make(*, language: str, width: dict[str, int]) -> Page:
        cookie = signed_in(Role.SALES).get_cookie("revisit")
        context = browser.new_context(viewport=width, locale=language, base_url=address)  # type: ignore[arg-type]
        context.add_cookies([{"name": "revisit", "value": cookie.value, "url": address}])
        return context.new_page()

    return make


@pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_pages_of_sales_have_no_faults(sales_page, language, width):
    customer = stories.upset_customer()
    page = sales_page(language=language, width=width)
    complaints = heard(page)

    for path in ("/sales", "/sales/customers", f"/sales/customers/{customer.public_id}", "/sales/data"):
        answer = page.goto(path)
        assert answer.status == 200
        assert page.url.endswith(path)
        assert faults(page) == [], path
    assert complaints == []
    page.context.close()


def test_sales_goes_from_the_day_list_to_the_reason(sales_page):
    stories.upset_customer()
    page = sales_page(language="zh-CN", width=PHONE)
    page.goto("/sales")
    page.get_by_role("link", name="云岫设计工作室").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "云岫设计工作室"
    assert page.get_by_text("请求 #1042 还没有解决。").first.is_visible()
    page.context.close()

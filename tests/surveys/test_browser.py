"""A customer answers in a real browser: phone and desk, both languages, by keyboard, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from app.kit.db import db
from app.surveys.models import Response
from tests.browser import DESK, PHONE, faults, heard

pytestmark = pytest.mark.browser

WORDS = "等了九天没人回电话，太差了"
READERS = [("zh_Hans", "zh-Hans"), ("en", "en")]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a phone's page in a context of its own."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def responses() -> list[Response]:
    db.session.rollback()
    return list(db.session.scalars(select(Response)))


@pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("locale", "lang"), READERS)
def test_every_page_of_an_answer_is_accessible(page: Page, address, make_invitation, locale, lang, width):
    invitation = make_invitation(customer={"locale": locale})
    complaints = heard(page)
    page.set_viewport_size(width)
    page.goto(f"{address}/s/{invitation.token}")
    assert page.locator("html").get_attribute("lang") == lang
    assert faults(page) == []

    page.locator("#comment").fill(WORDS)
    page.evaluate("document.getElementById('answer').noValidate = true")
    page.locator("main button.btn-primary").click()
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("#comment").input_value() == WORDS
    assert faults(page) == []

    page.locator("label.scale__key").nth(3).click()
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/thanks")
    assert faults(page) == []

    page.goto(f"{address}/s/{invitation.token}")
    assert faults(page) == []
    assert [kept.score for kept in responses()] == [3]
    assert [line for line in complaints if "422" not in line and "410" not in line] == []


def test_at_320_px_nothing_is_cut_off(page: Page, address, make_invitation):
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(
        f"{address}/s/{make_invitation(customer={'locale': 'en', 'name': 'Bartholomew Featherstonehaugh'}).token}"
    )

    assert faults(page) == []
    small = page.evaluate(
        "[...document.querySelectorAll('main label.scale__key, main label.chip, main button')]"
        ".filter(one => one.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


def test_the_keyboard_alone_is_enough(page: Page, address, make_invitation):
    page.goto(f"{address}/s/{make_invitation().token}")

    page.locator("body").press("Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == "score":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks")

    [kept] = responses()
    assert kept.score is not None


@pytest.mark.parametrize(("locale", "lang"), READERS)
def test_without_javascript_it_works_the_same(browser: Browser, address, make_invitation, locale, lang):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/s/{make_invitation(customer={'locale': locale}).token}")

    page.locator("label.scale__key").nth(10).click()
    page.locator("label.chip").nth(2).click()
    page.locator("#comment").fill("好 good")
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/thanks")
    assert page.locator("html").get_attribute("lang") == lang
    context.close()

    [kept] = responses()
    assert (kept.score, kept.comment) == (10, "好 good")


def test_changing_the_language_keeps_what_was_typed(page: Page, address, make_invitation):
    page.goto(f"{address}/s/{make_invitation(customer={'locale': 'zh_Hans'}).token}")
    page.locator("#comment").fill(WORDS)
    page.locator("label.scale__key").nth(7).click()

    page.get_by_role("button", name="English").click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#comment").input_value() == WORDS
    assert page.locator("input[name=score][value='7']").is_checked()
    assert responses() == []


def test_the_desk_pages_are_accessible(page: Page, address, make_invitation, signed_in):
    from app.identity.rules import Role

    make_invitation()
    cookie = signed_in(Role.LEAD).get_cookie("revisit")
    page.context.add_cookies([{"name": "revisit", "value": cookie.value, "url": address}])
    for path in ("/surveys", "/surveys/invitations"):
        page.goto(address + path)
        assert faults(page) == []

"""The loop as people see it: a phone in the hand, a desk, no mouse, no script; both languages, and nothing broken."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.identity.rules import Role
from tests.browser import DESK, PHONE, faults, heard
from tests.journeys.stories import ADA, UPSET, ZHIXIA, sale
from tests.journeys.visitor import link_in

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 844}
SEND = "#answer .btn-primary"
UPSET_IN_ENGLISH = "It leaks, and nobody has called back for nine days. Very disappointed."


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Callable[..., "Window"]]:
    """Return a function that opens a window of the given size, perhaps with the session of a visitor."""
    opened: list[BrowserContext] = []

    def make(visitor: Any = None, *, size: Any = DESK, locale: str = "en-GB", **more: Any) -> Window:
        context = browser.new_context(viewport=size, locale=locale, base_url=address, reduced_motion="reduce", **more)
        opened.append(context)
        cookie = visitor.browser.get_cookie("revisit") if visitor else None
        if cookie:
            context.add_cookies([{"name": "revisit", "value": cookie.value, "url": address}])
        return Window(context.new_page(), size)

    yield make
    for context in opened:
        context.close()


class Window:
    """A page that is looked at wherever it goes."""

    def __init__(self, page: Page, size: Any) -> None:
        self.page, self._size = page, size
        self.complaints = heard(page)

    def goes(self, *addresses: str) -> None:
        for address in addresses:
            answer = self.page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            self.looks()

    def looks(self, language: str = "") -> None:
        """See that the page as it stands has no faults, also where it is as narrow as pages get."""
        assert faults(self.page) == [], self.page.url
        self.page.set_viewport_size(NARROW)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.page.set_viewport_size(self._size)
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px at 320"
        assert self.complaints == [], self.page.url
        if language:
            assert self.page.locator("html").get_attribute("lang") == language


@pytest.fixture
def asked(program, work, mails) -> Callable[[dict[str, str]], tuple[str, str]]:
    """Return a function that sells something to a customer; it tells their number and the link in their mail."""

    def ask(customer: dict[str, str]) -> tuple[str, str]:
        public_id = program.tells(sale(customer))["customer_id"]
        work()
        return public_id, link_in(mails(customer["email"])[0], "/s/")

    return ask


@pytest.mark.parametrize(
    ("customer", "words", "locale", "language"),
    [(ZHIXIA, UPSET, "zh-CN", "zh-Hans"), (ADA, UPSET_IN_ENGLISH, "en-GB", "en")],
    ids=["zh", "en"],
)
def test_a_touch_a_desk_and_a_portrait(window, visit, asked, work, enter, customer, words, locale, language):
    public_id, link = asked(customer)
    phone = window(size=PHONE, locale=locale, has_touch=True)
    phone.goes(link)
    phone.page.locator(".scale__key").nth(3).tap()
    phone.page.locator("textarea").fill(words)
    phone.page.locator(SEND).tap()
    phone.page.wait_for_url("**/thanks")
    expect(phone.page.locator("blockquote")).to_have_text(words)
    phone.looks(language)

    desk = window(visit(Role.AGENT), locale=locale)
    desk.goes("/support")
    expect(desk.page.locator("mark").first).to_be_visible()
    desk.page.locator(".queue__title").click()
    desk.page.locator("form[action$='/take'] button").click()
    desk.page.locator("#text").fill("OK 👍 换好了。")
    desk.page.locator("#then").select_option("resolve")
    desk.page.locator("#write .btn-primary").click()
    expect(desk.page.locator(".case-talk__us")).to_contain_text("换好了")
    desk.looks(language)
    phone_desk = window(visit(Role.AGENT), size=PHONE, locale=locale)
    phone_desk.goes("/support?view=resolved", "/support/1001")

    work()
    own = window(enter(customer["email"]), size=PHONE, locale=locale, has_touch=True)
    own.goes("/portal", "/portal/requests/1001", "/portal/points", "/portal/friends")
    own.page.goto("/portal/requests/1001")
    own.page.locator("form[action$='/confirm'] button").tap()
    expect(own.page.locator("form[action$='/confirm']")).to_have_count(0)
    own.looks(language)
    sales = window(visit(Role.SALES), locale=locale)
    sales.goes("/sales", "/sales/customers", f"/sales/customers/{public_id}")
    expect(sales.page.locator("mark").first).to_be_visible()
    sales.looks(language)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("chosen => document.activeElement.matches(chosen)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_an_answer_by_keyboard_alone(window, asked):
    _, link = asked(ADA)
    someone = window()
    someone.goes(link)

    _tab_to(someone.page, "[name=score]")
    someone.page.keyboard.press("Space")
    for _ in range(9):
        someone.page.keyboard.press("ArrowRight")
    _tab_to(someone.page, "textarea")
    someone.page.keyboard.type("Works well.")
    _tab_to(someone.page, SEND)
    someone.page.keyboard.press("Enter")

    someone.page.wait_for_url("**/thanks")
    expect(someone.page.locator("blockquote")).to_have_text("Works well.")
    expect(someone.page.locator("main")).to_contain_text("9 of 10")
    someone.looks("en")


def test_an_answer_without_script_even_after_a_slip(window, asked):
    _, link = asked(ZHIXIA)
    someone = window(size=PHONE, locale="zh-CN", java_script_enabled=False)

    someone.page.goto(link)
    someone.page.locator("textarea").fill(UPSET)
    someone.page.locator("#answer button[name=language]").or_(someone.page.locator("button[name=language]")).click()
    expect(someone.page.locator("html")).to_have_attribute("lang", "en")
    expect(someone.page.locator("textarea")).to_have_value(UPSET)
    someone.page.locator(".scale__key").nth(3).click()
    someone.page.locator(SEND).click()

    someone.page.wait_for_url("**/thanks")
    expect(someone.page.locator("blockquote")).to_have_text(UPSET)
    assert someone.complaints == []

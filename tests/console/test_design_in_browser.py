"""Every component in a real browser: accessible, within the policy, at home on a phone."""

import pytest
from playwright.sync_api import Browser

from tests.browser import faults, heard

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_style_page_has_no_faults(browser: Browser, address: str, language: str, theme: str, width: int) -> None:
    context = browser.new_context(
        locale=language, color_scheme=theme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints = heard(page)
    page.goto(f"{address}/design")

    assert faults(page) == []
    assert complaints == []
    context.close()


def test_the_menu_opens_on_a_phone_without_our_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/design")
    menu = page.locator("#menu")

    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    context.close()


def test_a_touch_on_a_number_is_at_least_44_pixels(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/design")
    boxes = [key.bounding_box() for key in page.locator(".scale__key").all()]

    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 44
    context.close()


def test_a_form_in_flight_is_not_sent_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/sign-in")
    page.evaluate("""() => {
        window.stopped = [];
        addEventListener("submit", event => { stopped.push(event.defaultPrevented); event.preventDefault(); });
    }""")
    for _ in range(2):
        page.locator("form[action='/language'] button").click()

    assert page.evaluate("stopped") == [False, True]
    page.close()


def test_the_keys_walk_through_the_rows_and_pick_one(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/design")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")

    assert page.locator(".pick").nth(1).is_checked()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.close()

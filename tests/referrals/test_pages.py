"""The landing page and the customer's page about friends: first names only, both languages, a code that reads back."""

import re

import pytest
import segno
from sqlalchemy import text

from app.kit.db import transaction
from app.kit.pages import public_url
from app.kit.qr import qr_svg
from app.referrals import queries
from tests import factories


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_landing_page_shows_a_first_name_and_nothing_else(client, code, language):
    page = client.get(f"/r/{code}", headers={"Accept-Language": language})

    assert page.status_code == 200
    assert ('<html lang="zh-Hans"' in page.text) == (language == "zh-CN")
    assert "知夏" in page.text
    assert not any(secret in page.text for secret in ("沈知夏", "zhixia@", "13800001111"))


@pytest.mark.parametrize("path", ["/r/nothing1", "/r/nothing1/thanks"])
def test_a_code_that_is_nobodys_leads_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "fault",
    [{"name": ""}, {"email": ""}, {"email": "no-address"}, {"agrees": ""}, {"name": "http://evil.example"}],
    ids=["no name", "no address", "half an address", "no consent", "a link for a name"],
)
def test_a_form_that_is_not_whole_is_refused_and_kept(client, code, friend, fault):
    sent = {name: value for name, value in (friend | fault).items() if value}
    answer = client.post(f"/r/{code}", data=sent)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert all(value in answer.text for name, value in sent.items() if name != "agrees")


def test_a_code_works_in_capital_letters_too(client, code):
    assert client.get(f"/r/{code.upper()}").status_code == 200


def test_a_customer_sees_friends_by_first_name_only(ada, code, friend, client, signed_in):
    client.post(f"/r/{code}", data=friend)
    page = signed_in(ada.id).get("/portal/friends").text

    assert "以宁" in page
    assert not any(secret in page for secret in ("顾以宁", "yining@example.com"))
    assert public_url("referrals.landing", code=code) in page


def test_another_customer_sees_none_of_them(code, friend, client, signed_in, inside):
    client.post(f"/r/{code}", data=friend)

    assert "以宁" not in signed_in(inside(factories.customer).id).get("/portal/friends").text


def test_a_customer_without_a_code_makes_one_by_a_button(ada, signed_in):
    with transaction() as session:
        session.execute(text("DELETE FROM referral_code"))
    browser = signed_in(ada.id)

    assert 'class="qr"' not in browser.get("/portal/friends").text
    assert queries.standing(ada.id).code is None
    browser.post("/portal/friends")
    assert queries.standing(ada.id).code
    assert 'class="qr"' in browser.get("/portal/friends").text


def test_the_list_of_friends_takes_few_statements(ada, code, client, signed_in, statements):
    for number in range(12):
        client.post(f"/r/{code}", data={"name": f"友{number}", "email": f"f{number}@example.com", "agrees": "y"})
    browser = signed_in(ada.id)
    browser.get("/portal/friends")
    with statements() as seen:
        browser.get("/portal/friends")

    assert len(seen) <= 4


def test_the_picture_holds_the_link():
    address = "https://portal.example/r/7k2m9xq4"
    drawn = qr_svg(address)

    assert "style=" not in drawn
    assert _dark_modules(drawn) == {
        (row + 2, column + 2)
        for row, line in enumerate(segno.make(address, error="m", micro=False).matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    }


def _dark_modules(svg: str) -> set[tuple[int, int]]:
    """Read the drawing back: horizontal strokes, one module thick, in moves relative to the last one."""
    dark, x, y = set(), 0.0, 0.0
    for letter, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]+)"', svg)[1]):
        values = [float(number) for number in numbers.split()]
        if letter == "h":
            dark |= {(int(y), int(x) + step) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if letter == "M" else (x + values[0], y + values[1])
    return dark

"""The customer's pages of points: seen by their owner only, in both languages, each form once."""

import csv
import io
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.identity.rules import Role
from app.kit.db import db, transaction
from app.loyalty import queries, service
from app.loyalty.models import Voucher
from app.loyalty.rules import Reason
from tests.loyalty import stories

REWARDS = "/portal/points/rewards"


def _form(prize, once="one") -> dict[str, str]:
    return {"price": str(prize.price), "once": once}


def test_a_customer_turns_points_into_a_voucher(signed_in):
    ada, prize = stories.customer_with(600), stories.reward(price=500)
    browser = signed_in(ada)

    assert "500" in browser.get(f"{REWARDS}/{prize.public_id}").text
    answer = browser.post(f"{REWARDS}/{prize.public_id}", data=_form(prize), follow_redirects=True)

    voucher = queries.vouchers(ada)[0]
    assert voucher.spoken_code in answer.text
    assert queries.balance(ada) == 100
    assert stories.proven()


def test_the_same_form_again_has_one_effect_and_the_same_answer(signed_in):
    ada, prize = stories.customer_with(2_000), stories.reward(price=500)
    browser = signed_in(ada)

    answers = [browser.post(f"{REWARDS}/{prize.public_id}", data=_form(prize)) for _ in range(3)]

    assert {(answer.status_code, answer.location) for answer in answers} == {(302, answers[0].location)}
    assert queries.balance(ada) == 1_500


def test_a_second_page_may_buy_a_second_time(signed_in):
    ada, prize = stories.customer_with(2_000), stories.reward(price=500)
    browser = signed_in(ada)
    for once in ("one", "two"):
        browser.post(f"{REWARDS}/{prize.public_id}", data=_form(prize, once))

    assert queries.balance(ada) == 1_000


@pytest.mark.parametrize(
    ("points", "reward", "price"),
    [(100, {"price": 500}, 500), (900, {"price": 500, "stock": 0}, 500), (900, {"price": 500}, 400)],
    ids=["too few points", "sold out", "an older price"],
)
def test_what_cannot_be_bought_is_refused_and_costs_nothing(signed_in, points, reward, price):
    ada, prize = stories.customer_with(points), stories.reward(**reward)

    answer = signed_in(ada).post(f"{REWARDS}/{prize.public_id}", data={"price": price, "once": "k"})

    assert answer.status_code == 409
    assert queries.balance(ada) == points
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 0


@pytest.mark.parametrize("price", ["", "0", "-500", "many"])
def test_a_form_without_a_price_is_refused(signed_in, price):
    ada, prize = stories.customer_with(600), stories.reward(price=500)

    assert signed_in(ada).post(f"{REWARDS}/{prize.public_id}", data={"price": price}).status_code == 422
    assert queries.balance(ada) == 600


def test_somebody_elses_voucher_is_not_there(signed_in):
    ada, ben, prize = stories.customer_with(600), stories.customer_with(600), stories.reward(price=500)
    with transaction():
        code = service.redeem(ada, prize.public_id, price=500, key="k").code

    assert signed_in(ada).get(f"/portal/points/vouchers/{code}").status_code == 200
    other = signed_in(ben)
    assert other.get(f"/portal/points/vouchers/{code}").status_code == 404
    assert code not in other.get("/portal/points/vouchers").text


@pytest.mark.parametrize("path", ["", "/statement.csv", "/rewards", "/vouchers"])
def test_strangers_and_staff_see_no_points(client, signed_in, path):
    assert client.get(f"/portal/points{path}").status_code == 302
    assert signed_in(Role.AGENT).get(f"/portal/points{path}").status_code == 403


def test_a_statement_holds_only_ones_own_entries_and_adds_up(signed_in):
    ada, prize = stories.customer_with(600), stories.reward(price=500, name_zh="=1+1", name_en="=1+1")
    stories.customer_with(7_777)
    with transaction():
        service.redeem(ada, prize.public_id, price=500, key="k")

    rows = list(csv.reader(io.StringIO(signed_in(ada).get("/portal/points/statement.csv").data.decode("utf-8-sig"))))

    assert [row[2:] for row in rows[1:]] == [["600", "600"], ["-500", "100"]]
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_an_older_page_continues_where_the_newer_ends(signed_in):
    ada = stories.customer_with(0)
    with transaction():
        for number in range(25):
            service.earn(ada, points=1, reason=Reason.RESPONSE, key=f"r{number}")
    browser = signed_in(ada)

    older = re.search(r'href="(/portal/points\?after=[^"]+)" rel="next"', browser.get("/portal/points").text)

    assert older
    assert browser.get(older[1]).text.count("<tr>") == 6
    assert browser.get("/portal/points?after=made-up").status_code == 400


def test_a_page_of_entries_takes_few_statements(signed_in, statements):
    ada = stories.customer_with(0)
    stories.reward(price=500)
    with transaction():
        for number in range(25):
            service.earn(ada, points=1, reason=Reason.RESPONSE, key=f"r{number}")
    browser = signed_in(ada)
    browser.get("/portal/points")
    with statements() as seen:
        browser.get("/portal/points")

    assert len(seen) <= 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "values", [{"points": 500, "stock": None}, {"points": 9_900, "stock": 5}], ids=["points", "stock"]
)
def test_thirty_two_browsers_at_once_get_exactly_what_there_is(app: Flask, signed_in, values):
    ada, prize = stories.customer_with(values["points"]), stories.reward(price=100, stock=values["stock"])
    browsers = [signed_in(ada) for _ in range(32)]
    address, price = f"{REWARDS}/{prize.public_id}", str(prize.price)

    answers = stories.at_once(
        app,
        [
            lambda n=number, browser=browser: browser.post(address, data={"price": price, "once": f"k{n}"}).status_code
            for number, browser in enumerate(browsers)
        ],
    )

    assert sorted(answers) == [302] * 5 + [409] * 27
    assert queries.balance(ada) == values["points"] - 500
    assert stories.proven()

"""The counter and the catalogue: a voucher works once, a reward changes for the next customer only."""

from app.identity.rules import Role
from app.kit.db import transaction
from app.loyalty import queries, service
from tests.loyalty import stories


def _voucher(price: int = 500) -> str:
    ada, prize = stories.customer_with(600, name="沈知夏"), stories.reward(price=price)
    with transaction():
        return service.redeem(ada, prize.public_id, price=price, key="k").code


def test_a_voucher_is_found_as_people_type_it_and_used_once(signed_in):
    code = _voucher()
    agent = signed_in(Role.AGENT)
    typed = "-".join([code[:4], code[4:8], code[8:]]).lower()

    assert "沈知夏" in agent.get("/support/vouchers", query_string={"code": typed}).text
    assert agent.post(f"/support/vouchers/{code}/use").status_code == 302
    assert agent.post(f"/support/vouchers/{code}/use").status_code == 409
    assert queries.voucher(code).state == "used"


def test_an_unknown_code_says_so(signed_in):
    page = signed_in(Role.AGENT).get("/support/vouchers?code=NOPE")

    assert page.status_code == 200
    assert "N0PE" in page.text


def test_only_a_lead_takes_a_voucher_back(signed_in):
    code = _voucher()

    assert signed_in(Role.AGENT).post(f"/support/vouchers/{code}/cancel").status_code == 403
    assert signed_in(Role.LEAD).post(f"/support/vouchers/{code}/cancel").status_code == 302
    assert queries.balance(queries.voucher(code).customer_id) == 600
    assert stories.proven()


def test_a_voucher_that_was_never_issued_is_not_there(signed_in):
    assert signed_in(Role.AGENT).post("/support/vouchers/ABCD/use").status_code == 404


def test_a_new_reward_is_on_offer_in_both_languages(signed_in):
    fields = {"name_en": "Spanner", "name_zh": "扳手", "price": "300", "stock": "", "is_active": "y"}
    answer = signed_in(Role.ADMIN).post("/admin/rewards/new", data=fields, follow_redirects=True)

    assert answer.status_code == 200
    reward = queries.rewards_on_offer()[0]
    assert (reward.name("en"), reward.name("zh_Hans"), reward.price, reward.stock) == ("Spanner", "扳手", 300, None)


def test_a_reward_that_lacks_a_name_is_refused_and_keeps_what_was_typed(signed_in):
    answer = signed_in(Role.ADMIN).post("/admin/rewards/new", data={"name_zh": "扳手", "price": "300"})

    assert answer.status_code == 422
    assert "扳手" in answer.text
    assert queries.all_rewards() == []


def test_an_edit_of_the_stock_keeps_what_customers_took_meanwhile(signed_in):
    ada, prize = stories.customer_with(600), stories.reward(price=500, stock=10)
    admin = signed_in(Role.ADMIN)
    page = admin.get(f"/admin/rewards/{prize.public_id}").text
    assert 'name="stock_seen" type="hidden" value="10"' in page
    with transaction():
        service.redeem(ada, prize.public_id, price=500, key="k")
    fields = {"name_en": "Filter set", "name_zh": "滤芯一套", "price": "700", "stock": "20", "stock_seen": "10"}
    admin.post(f"/admin/rewards/{prize.public_id}", data=fields)

    changed = queries.reward(prize.public_id)
    assert (changed.stock, changed.price, changed.is_active) == (19, 700, False)


def test_only_an_administrator_keeps_the_catalogue(signed_in):
    for role in (Role.AGENT, Role.LEAD, Role.SALES):
        assert signed_in(role).get("/admin/rewards").status_code == 403

"""Points are earned, spent and used once; a friend comes, is known to sales, buys, and both are thanked once."""

import html
import re

from app.identity.rules import Role
from tests.journeys.stories import ADA, kinds, of_customer, sale, sides, stages
from tests.journeys.visitor import Visitor, link_in, path_of

MEI = {"email": "mei@example.com", "name": "Mei Lin", "language": "en"}


def _offer_the_last_one(admin: Visitor) -> None:
    admin.opens("/admin/rewards/new")
    admin.sends("/admin/rewards/new", name_en="Filter set", name_zh="滤芯一套", price="300", stock="1", is_active="y")


def _press_twice(visitor: Visitor, address: str) -> str:
    """Open the page of a reward and press its button twice, as an impatient finger does; return the voucher's path."""
    visitor.opens(address)
    form = visitor.form(address)
    first, second = (visitor.browser.post(address, data=form.values).location for _ in range(2))
    assert first == second
    return first


def _answer(visit, mails, address: str) -> None:
    visitor, link = visit(), link_in(mails(address)[-1], "/s/")
    visitor.opens(link)
    visitor.sends(link, score="9", comment="Works well.")


def _entries(visitor: Visitor) -> list[int]:
    """Return the points of the customer's own statement, as a file, the oldest first."""
    visitor.opens("/portal/points/statement.csv")
    return [int(points) for points in re.findall(r",([+-]?\d+),\d+\r?$", visitor.page.text, re.MULTILINE)]


def test_points_become_a_reward_that_is_handed_over_once(visit, program, work, mails, enter, runner):
    _offer_the_last_one(visit(Role.ADMIN))
    public_id = program.tells(sale(ADA))["customer_id"]
    work()
    _answer(visit, mails, ADA["email"])
    ada = enter(ADA["email"])
    assert "309" in ada.opens("/portal/points")
    reward = re.search(r"/portal/points/rewards/[\w-]+", ada.opens("/portal/points/rewards"))[0]

    voucher = _press_twice(ada, reward)
    code = voucher.rsplit("/", 1)[1]
    assert "Ready to use" in ada.opens(voucher)
    assert len(set(re.findall(r"/portal/points/vouchers/\w+", ada.opens("/portal/points/vouchers")))) == 1
    assert "All gone for now" in ada.opens(reward)

    first, second = visit(Role.AGENT), visit(Role.SALES)
    for colleague in (first, second):
        assert "Ada Park" in colleague.opens(f"/support/vouchers?code={code[:4].lower()}-{code[4:]}")
    assert "Use it now" not in first.sends(f"/support/vouchers/{code}/use")
    second.sends(f"/support/vouchers/{code}/use", status=409)
    assert "Ready to use" not in ada.opens(voucher)

    work()
    own = kinds(of_customer(program.reads(), public_id))
    assert (own.count("points.earned"), own.count("points.redeemed")) == (2, 1)
    assert _entries(ada) == [259, 50, -300]
    assert runner.invoke(args=["ledger", "verify"]).exit_code == 0


def test_a_friend_comes_buys_and_both_are_thanked_once(visit, program, work, mails, enter, runner):
    ada_id = program.tells(sale(ADA))["customer_id"]
    ada, friend = enter(ADA["email"]), visit()
    link = path_of(re.search(r"http://[^\s<\"]+/r/\w+", html.unescape(ada.opens("/portal/friends")))[0])
    assert "Ada" in friend.opens(link)
    friend.sends(link, name=MEI["name"], email=MEI["email"], agrees="y")
    door = link_in(mails(MEI["email"])[-1], "/sign-in/link/")
    friend.opens(door)
    friend.sends(door)
    assert "Mei" in friend.opens("/portal")
    assert "has not bought yet" in ada.opens("/portal/friends")

    sales = visit(Role.SALES)
    aware = sales.opens("/sales/customers?stage=awareness")
    assert (MEI["name"] in aware, ADA["name"] in aware) == (True, False)

    first = program.tells(sale(MEI | {"external_id": "C-9"}, reference="SO-9", amount_minor=10_000))
    program.tells(sale(MEI, reference="SO-9", amount_minor=10_000), status=200)
    program.tells(sale(MEI, reference="SO-10", amount_minor=20_000))
    work()

    assert "has bought" in ada.opens("/portal/friends")
    assert (sorted(_entries(ada)), sorted(_entries(friend))) == ([259, 400], [10, 20, 200])
    events = program.reads()
    of_mei, of_ada = of_customer(events, first["customer_id"]), of_customer(events, ada_id)
    assert [kinds(own).count("referral.qualified") for own in (of_mei, of_ada)] == [1, 1]
    assert (stages(of_mei)[0], stages(of_mei)[-1], stages(of_ada)[-1]) == ("awareness", "repeat", "advocate")
    assert (sides(of_mei), sides(of_ada)) == ([], [])
    assert MEI["name"] not in sales.opens("/sales/customers?stage=awareness")
    assert MEI["name"] in sales.opens("/sales/customers?stage=repeat")
    verified = runner.invoke(args=["ledger", "verify"])
    assert (verified.exit_code, "every balance is the sum of its entries" in verified.output) == (0, True)

"""The customer's home."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from app.identity.access import people
from app.identity.rules import Role
from app.kit.i18n import reader_locale
from app.kit.pages import public_url
from app.kit.qr import qr_svg
from app.loyalty import queries as loyalty
from app.portal.greeting import greeting
from app.portal.requests import find_open
from app.portal.steps import next_steps
from app.referrals import queries as referrals
from app.referrals.rules import FOR_BRINGING_A_FRIEND

bp = Blueprint("portal", __name__)


@bp.get("/portal")
@people(Role.CUSTOMER)
def home() -> ResponseReturnValue:
    """Show a customer where everything stands."""
    customer_id = g.person.customer_id
    balance = loyalty.balance(customer_id)
    goal = loyalty.find_next_reward(balance)
    standing = referrals.standing(customer_id)
    link = public_url("referrals.landing", code=standing.code) if standing.code else ""
    return render_template(
        "portal/home.html",
        greeting=greeting(g.person.name),
        open=find_open(customer_id),
        balance=balance,
        goal=goal,
        standing=standing,
        link=link,
        svg=qr_svg(link) if link else "",
        friend_points=FOR_BRINGING_A_FRIEND,
        steps=next_steps(
            balance=balance,
            reward=goal.name(reader_locale()) if goal else "",
            price=goal.price if goal else 0,
            standing=standing,
        ),
    )

"""The customer's door: points and where they came from, rewards, vouchers."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.identity.access import people
from app.identity.rules import Role
from app.kit import paging
from app.kit.i18n import reader_locale
from app.kit.ids import uuid7
from app.kit.once import once
from app.loyalty import queries, service, sheet, words
from app.loyalty.forms import RedeemForm

bp = Blueprint("loyalty", __name__)
_LIST = "points"


@bp.get("/portal/points")
@people(Role.CUSTOMER)
def points() -> ResponseReturnValue:
    """Show the balance, what it could become, and every entry behind it."""
    cursor = request.args.get("after")
    statement = queries.statement(g.person.customer_id, before=paging.unseal(_LIST, cursor) if cursor else None)
    balance = queries.balance(g.person.customer_id)
    return render_template(
        "loyalty/points.html",
        balance=balance,
        goal=queries.find_next_reward(balance),
        statement=statement,
        older=url_for(".points", after=paging.seal(_LIST, statement.older)) if statement.older else None,
        is_later_page=bool(cursor),
        words=words,
    )


@bp.get("/portal/points/statement.csv")
@people(Role.CUSTOMER)
def statement_csv() -> ResponseReturnValue:
    """Give the customer the whole statement as a file."""
    answer = Response(sheet.statement_csv(g.person.customer_id, reader_locale()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="points.csv"'
    return answer


@bp.get("/portal/points/rewards")
@people(Role.CUSTOMER)
def rewards() -> ResponseReturnValue:
    """Show what points can become."""
    balance = queries.balance(g.person.customer_id)
    return render_template("loyalty/rewards.html", balance=balance, rewards=queries.rewards_on_offer())


@bp.get("/portal/points/rewards/<public_id>")
@people(Role.CUSTOMER)
def reward(public_id: str) -> ResponseReturnValue:
    """Ask before points are taken."""
    return _confirm(public_id, RedeemForm())


@bp.post("/portal/points/rewards/<public_id>")
@people(Role.CUSTOMER)
def redeem(public_id: str) -> ResponseReturnValue:
    """Take the points and give a voucher, once for each form."""
    form = RedeemForm()
    if not form.validate_on_submit():
        return _confirm(public_id, form), 422

    def act() -> ResponseReturnValue:
        bought = service.redeem(g.person.customer_id, public_id, price=form.price.data, key=form.once.data or uuid7())
        flash(_("It is yours. Show this code when you collect it."))
        return redirect(url_for(".voucher", code=bought.code))

    return once(act)


@bp.get("/portal/points/vouchers")
@people(Role.CUSTOMER)
def vouchers() -> ResponseReturnValue:
    """List the customer's vouchers."""
    found = queries.vouchers(g.person.customer_id)
    return render_template("loyalty/vouchers.html", vouchers=found, states=words.VOUCHER_STATES)


@bp.get("/portal/points/vouchers/<code>")
@people(Role.CUSTOMER)
def voucher(code: str) -> ResponseReturnValue:
    """Show one voucher of the customer's own, with the code to read out."""
    found = queries.voucher_of(g.person.customer_id, code)
    return render_template("loyalty/voucher.html", voucher=found, states=words.VOUCHER_STATES)


def _confirm(public_id: str, form: RedeemForm) -> str:
    found, balance = queries.reward(public_id), queries.balance(g.person.customer_id)
    form.price.data = found.price
    return render_template("loyalty/redeem.html", reward=found, balance=balance, form=form)

"""The staff's doors: vouchers are looked up and used at the counter, rewards are kept by the administrator."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.customers import queries as customers
from app.identity.access import people
from app.identity.rules import Role
from app.kit.ids import typed_code
from app.kit.once import once
from app.loyalty import queries, service, words
from app.loyalty.forms import RewardForm, StepForm

bp = Blueprint("loyalty_staff", __name__)


@bp.get("/support/vouchers")
@people(Role.AGENT, Role.SALES)
def vouchers() -> ResponseReturnValue:
    """Look a voucher up by the code that a customer shows."""
    code = typed_code(request.args.get("code", ""))[:20]
    found = queries.find_voucher(code) if code else None
    return render_template(
        "loyalty/desk.html",
        code=code,
        voucher=found,
        owner=customers.customer(found.customer_id) if found else None,
        states=words.VOUCHER_STATES,
        form=StepForm(),
    )


@bp.post("/support/vouchers/<code>/use")
@people(Role.AGENT, Role.SALES)
def use(code: str) -> ResponseReturnValue:
    """Use a voucher up, once."""

    def act() -> ResponseReturnValue:
        service.use_voucher(code, staff_id=g.person.staff_id)
        flash(_("Used. Hand it over."))
        return redirect(url_for(".vouchers", code=code))

    return once(act)


@bp.post("/support/vouchers/<code>/cancel")
@people(Role.LEAD)
def cancel(code: str) -> ResponseReturnValue:
    """Take an unused voucher back and return its points."""

    def act() -> ResponseReturnValue:
        service.cancel_voucher(code, staff_id=g.person.staff_id)
        flash(_("Taken back. The points are with the customer again."))
        return redirect(url_for(".vouchers", code=code))

    return once(act)


@bp.get("/admin/rewards")
@people(Role.ADMIN)
def rewards() -> ResponseReturnValue:
    """List every reward."""
    return render_template("loyalty/catalogue.html", rewards=queries.all_rewards())


@bp.route("/admin/rewards/new", methods=["GET", "POST"])
@people(Role.ADMIN)
def add() -> ResponseReturnValue:
    """Add a reward."""
    form = RewardForm(is_active=True)
    if not form.validate_on_submit():
        return _reward_page(form), 422 if form.is_submitted() else 200

    def act() -> ResponseReturnValue:
        service.add_reward(**form.values())
        flash(_("Saved. Customers see it now.") if form.is_active.data else _("Saved. Customers do not see it yet."))
        return redirect(url_for(".rewards"))

    return once(act)


@bp.route("/admin/rewards/<public_id>", methods=["GET", "POST"])
@people(Role.ADMIN)
def change(public_id: str) -> ResponseReturnValue:
    """Change a reward."""
    found = queries.reward(public_id)
    form = RewardForm(obj=found, stock_seen=found.stock)
    if not form.validate_on_submit():
        return _reward_page(form), 422 if form.is_submitted() else 200

    def act() -> ResponseReturnValue:
        service.change_reward(public_id, stock_seen=form.stock_seen.data, **form.values())
        flash(_("Saved. Vouchers that customers have already keep their name and price."))
        return redirect(url_for(".rewards"))

    return once(act)


def _reward_page(form: RewardForm) -> str:
    return render_template("loyalty/reward_form.html", form=form)

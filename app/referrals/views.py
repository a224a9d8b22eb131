"""The doors: the customer's page about friends, and the landing page behind a link."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.identity.access import anyone, people
from app.identity.rules import Role
from app.kit.i18n import reader_locale
from app.kit.limits import limiter
from app.kit.once import once
from app.kit.pages import public_url
from app.kit.qr import qr_svg
from app.referrals import queries, service
from app.referrals.forms import FriendForm, StepForm
from app.referrals.rules import FOR_BRINGING_A_FRIEND, FOR_COMING_AS_A_FRIEND
from app.referrals.words import STATES

bp = Blueprint("referrals", __name__)
_WHY = "a friend has no account yet; the code in the address shows a first name only"


@bp.get("/portal/friends")
@people(Role.CUSTOMER)
def friends() -> ResponseReturnValue:
    """Show the customer's own link and who came through it."""
    standing = queries.standing(g.person.customer_id)
    link = public_url("referrals.landing", code=standing.code) if standing.code else ""
    return render_template(
        "referrals/friends.html",
        link=link,
        svg=qr_svg(link) if link else "",
        friends=queries.friends(g.person.customer_id),
        states=STATES,
        mine=FOR_BRINGING_A_FRIEND,
        theirs=FOR_COMING_AS_A_FRIEND,
        form=StepForm(),
    )


@bp.post("/portal/friends")
@people(Role.CUSTOMER)
def make_link() -> ResponseReturnValue:
    """Make the link of a customer who has none yet."""

    def act() -> ResponseReturnValue:
        service.make_code(g.person.customer_id)
        return redirect(url_for(".friends"))

    return once(act)


@bp.get("/r/<code>")
@anyone(_WHY)
@limiter.limit("120/minute")
def landing(code: str) -> ResponseReturnValue:
    """Say who invites, what the friend gets, and what happens with what they write."""
    return _page(code, FriendForm())


@bp.post("/r/<code>")
@anyone(_WHY)
@limiter.limit("10/minute;60/hour")
def register(code: str) -> ResponseReturnValue:
    """Take a friend in. The answer is the same for every address."""
    form = FriendForm()
    if not form.validate_on_submit():
        return _page(code, form), 422

    def act() -> ResponseReturnValue:
        service.register_friend(
            code,
            name=form.name.data,
            email=form.email.data,
            locale=reader_locale(),
            visitor_id=g.person.customer_id if g.person else None,
        )
        return redirect(url_for(".thanks", code=code))

    return once(act)


@bp.get("/r/<code>/thanks")
@anyone(_WHY)
def thanks(code: str) -> ResponseReturnValue:
    """Say what to do next, in the same words for everybody."""
    return render_template("referrals/thanks.html", inviter=queries.inviter(code))


def _page(code: str, form: FriendForm) -> str:
    return render_template(
        "referrals/landing.html", inviter=queries.inviter(code), form=form, points=FOR_COMING_AS_A_FRIEND
    )

"""The customer's door: ask for help, see where it stands, write, and say whether it is solved."""

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.customers import queries as customers
from app.identity.access import anyone, people
from app.identity.rules import Role
from app.kit import i18n
from app.kit.limits import limiter
from app.kit.once import once
from app.support import links, promises, queries, service, wording
from app.support.forms import AskForm, ReopenForm, WriteForm
from app.support.models import Request
from app.support.rules import State

bp = Blueprint("support", __name__)
_WHY = "the signed link in the customer's mail opens this one request"


@bp.get("/portal/requests")
@people(Role.CUSTOMER)
def mine() -> ResponseReturnValue:
    """List the customer's own requests."""
    calendar = queries.calendar()
    rows = [(request, promises.brief(request, calendar)) for request in queries.requests_of(_customer_id())]
    return render_template("support/mine.html", rows=rows, wording=wording)


@bp.route("/portal/requests/new", methods=["GET", "POST"])
@people(Role.CUSTOMER)
def ask() -> ResponseReturnValue:
    """Let a customer open a request."""
    form = AskForm().offer(queries.products_of(_customer_id(), i18n.reader_locale()))
    if not form.validate_on_submit():
        return render_template("support/ask.html", form=form), 422 if form.is_submitted() else 200

    def act() -> ResponseReturnValue:
        opened = service.open_request(customers.customer(_customer_id()), **form.values())
        flash(_("We have it. You hear from us by %(time)s at the latest.", time=wording.by_when(opened.due_at)))
        return redirect(url_for(".one", number=opened.number))

    return once(act)


@bp.get("/portal/requests/<int:number>")
@people(Role.CUSTOMER)
def one(number: int) -> ResponseReturnValue:
    """Show the customer one of their own requests."""
    return _page(_own(number), WriteForm())


@bp.post("/portal/requests/<int:number>")
@people(Role.CUSTOMER)
def write(number: int) -> ResponseReturnValue:
    """Add the customer's words."""
    return _write(_own(number), url_for(".one", number=number))


@bp.post("/portal/requests/<int:number>/reopen")
@people(Role.CUSTOMER)
def reopen(number: int) -> ResponseReturnValue:
    """Take a solved request up again."""
    return _reopen(_own(number), url_for(".one", number=number))


@bp.post("/portal/requests/<int:number>/confirm")
@people(Role.CUSTOMER)
def confirm(number: int) -> ResponseReturnValue:
    """Say that it is truly solved."""
    return _confirm(_own(number), url_for(".one", number=number))


@bp.get("/q/<token>")
@anyone(_WHY)
@limiter.limit("60/minute")
def by_link(token: str) -> ResponseReturnValue:
    """Show the one request that the link opens."""
    return _page(_linked(token), WriteForm(), token=token)


@bp.post("/q/<token>")
@anyone(_WHY)
@limiter.limit("20/minute")
def write_by_link(token: str) -> ResponseReturnValue:
    """Add the customer's words."""
    return _write(_linked(token), url_for(".by_link", token=token), token=token)


@bp.post("/q/<token>/reopen")
@anyone(_WHY)
@limiter.limit("20/minute")
def reopen_by_link(token: str) -> ResponseReturnValue:
    """Take a solved request up again."""
    return _reopen(_linked(token), url_for(".by_link", token=token), token=token)


@bp.post("/q/<token>/confirm")
@anyone(_WHY)
@limiter.limit("20/minute")
def confirm_by_link(token: str) -> ResponseReturnValue:
    """Say that it is truly solved."""
    return _confirm(_linked(token), url_for(".by_link", token=token))


def _write(request: Request, back: str, token: str = "") -> ResponseReturnValue:
    form = WriteForm()
    if not form.validate_on_submit():
        return _page(request, form, token=token), 422

    def act() -> ResponseReturnValue:
        service.write_as_customer(request, text=str(form.text.data))
        flash(_("Your message is with us."))
        return redirect(back)

    return once(act)


def _reopen(request: Request, back: str, token: str = "") -> ResponseReturnValue:
    form = ReopenForm()
    if not form.validate_on_submit():
        return _page(request, form, token=token), 422

    def act() -> ResponseReturnValue:
        service.reopen(request, text=form.text.data or "")
        flash(_("We take it up again. You hear from us by %(time)s.", time=wording.by_when(request.due_at)))
        return redirect(back)

    return once(act)


def _confirm(request: Request, back: str) -> ResponseReturnValue:
    def act() -> ResponseReturnValue:
        service.confirm(request)
        flash(_("Thank you. It is good to know that it is solved."))
        return redirect(back)

    return once(act)


def _page(request: Request, form: WriteForm | ReopenForm, token: str = "") -> str:
    is_solved = request.state == State.RESOLVED
    talk = queries.conversation(request)
    return render_template(
        "support/request.html",
        request_=request,
        talk=talk,
        promise=promises.drawn(request, talk.changes, to_customer=True),
        form=ReopenForm(text=form.text.data) if is_solved and isinstance(form, WriteForm) else form,
        is_solved=is_solved,
        write_to=_to("write", request, token),
        reopen_to=_to("reopen", request, token),
        confirm_to=_to("confirm", request, token),
        wording=wording,
    )


def _to(verb: str, request: Request, token: str) -> str:
    return url_for(f".{verb}_by_link", token=token) if token else url_for(f".{verb}", number=request.number)


def _own(number: int) -> Request:
    return queries.request_of_customer(number, _customer_id())


def _linked(token: str) -> Request:
    request = links.request_of(token)
    i18n.speak_like(customers.customer(request.customer_id).locale)
    return request


def _customer_id() -> int:
    customer_id = g.person.customer_id
    if customer_id is None:  # access lets only customers in
        abort(403)
    return int(customer_id)

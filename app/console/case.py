"""One request for colleagues: what was said on the left, the facts on the right, and the place to write."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.console import stages
from app.console.desk import title_of
from app.customers import queries as customers
from app.identity import queries as colleagues
from app.identity.access import people
from app.identity.rules import Role, may
from app.kit import clock, i18n
from app.kit.once import once
from app.lifecycle import queries as lifecycle
from app.lifecycle.names import BANDS
from app.support import promises, queries, service, wording
from app.support.errors import NotSolved, SolvedAlready, Stale, TakenAlready
from app.support.forms import ComposeForm
from app.support.queries import Fact
from app.support.rules import Origin, State, Then, What

bp = Blueprint("case", __name__, url_prefix="/support")


@dataclass(frozen=True)
class Item:
    """One line of the conversation: said (customer), reply (us), note (colleagues only) or fact."""

    at: datetime
    kind: str
    by: str
    text: str
    verdict: dict[str, Any]


@bp.get("/<int:number>")
@people(Role.AGENT)
def one(number: int) -> ResponseReturnValue:
    """Show a request."""
    return _page(number, ComposeForm(formdata=None))


@bp.post("/<int:number>")
@people(Role.AGENT)
def write(number: int) -> ResponseReturnValue:
    """Send a reply or keep a note; if the request changed meanwhile, show what is new and keep what was typed."""
    form = ComposeForm()
    if not form.validate_on_submit():
        return _page(number, form), 422
    request = queries.request_by_number(number)

    def act() -> ResponseReturnValue:
        if form.to.data == "note":
            service.note(request, text=str(form.text.data), staff_id=g.person.staff_id)
            flash(_("The note is kept. Customers cannot see it."))
        else:
            service.reply(
                request,
                text=str(form.text.data),
                then=Then(form.then.data),
                staff_id=g.person.staff_id,
                staff_name=g.person.name,
                version=form.version.data,
            )
            flash(_("Sent to %(name)s.", name=customers.customer(request.customer_id).name))
        return redirect(url_for(".one", number=number))

    try:
        return once(act)
    except (Stale, SolvedAlready) as refusal:
        return _page(number, form, clash=refusal), refusal.status


@bp.post("/<int:number>/take")
@people(Role.AGENT)
def take(number: int) -> ResponseReturnValue:
    """Take it; of two colleagues at once one wins, and the other reads who."""
    request = queries.request_by_number(number)

    def act() -> ResponseReturnValue:
        service.take(request, staff_id=g.person.staff_id)
        flash(_("#%(number)s is in your hands.", number=number))
        return redirect(url_for(".one", number=number))

    try:
        return once(act)
    except TakenAlready as lost:
        return render_template("console/taken.html", lost=lost), lost.status


@bp.post("/<int:number>/reopen")
@people(Role.AGENT)
def reopen(number: int) -> ResponseReturnValue:
    """Take a solved request up again."""
    request = queries.request_by_number(number)

    def act() -> ResponseReturnValue:
        service.reopen(request, staff_id=g.person.staff_id)
        flash(_("It is open again, with a new promise."))
        return redirect(url_for(".one", number=number))

    try:
        return once(act)
    except NotSolved as refusal:
        flash(str(refusal.message), "bad")
        return redirect(url_for(".one", number=number))


def _page(number: int, form: ComposeForm, *, clash: Exception | None = None) -> str:
    request = queries.request_by_number(number)
    customer = customers.customer(request.customer_id)
    product = customers.product(request.product_id) if request.product_id else None
    talk, standing = queries.conversation(request), lifecycle.find_standing(customer.id)
    items, seen = _items(request, talk, customer.name), _seen(form)
    if clash or not form.is_submitted():
        form.version.data, form.version.raw_data = request.version, None  # now the writer has seen what is new
        form.seen.data = clock.now().isoformat()
    return render_template(
        "console/case.html",
        request_=request,
        title=title_of(_named(request, product)),
        customer=customer,
        product=product.name(i18n.reader_locale()) if product else None,
        stage=stages.name(standing.stage, standing.side) if standing else "",
        standing=standing,
        bands=BANDS,
        customer_url=_portrait(customer.public_id),
        owner=colleagues.staff(request.owner_id).name if request.owner_id else None,
        is_mine=request.owner_id == g.person.staff_id,
        items=items,
        new_items=[item for item in items if clash and item.at > seen],
        others=[each for each in queries.requests_of(customer.id, 6) if each.id != request.id],
        promise=promises.drawn(request, talk.changes, to_customer=False),
        form=form,
        clash=clash,
        is_solved=request.state == State.RESOLVED,
        wording=wording,
    )


def _seen(form: ComposeForm) -> datetime:
    """Return when the page that the writer had before them was made."""
    try:
        return datetime.fromisoformat(form.seen.data or "").astimezone(UTC)
    except ValueError:
        return clock.now() - timedelta(hours=1)


def _portrait(public_id: str) -> str | None:
    """Return the address of the sales page of a customer for colleagues who may read it."""
    can_read = may(g.person.role, frozenset({Role.SALES}))
    return url_for("sales_customers.one", public_id=public_id) if can_read else None


def _named(request: Any, product: Any) -> Any:
    @dataclass(frozen=True)
    class Named:
        origin: Origin
        subject: str
        score: int | None
        score_max: int
        product_en: str
        product_zh: str

    return Named(
        request.origin,
        request.subject,
        request.score,
        request.score_max,
        product.name_en if product else "",
        product.name_zh if product else "",
    )


def _items(request: Any, talk: queries.Conversation, customer: str) -> list[Item]:
    """Return everything about the request in the order of time; notes are marked as such."""
    said = [Item(one.at, "reply" if one.by else "said", one.by or customer, one.text, one.verdict) for one in talk.said]
    notes = [Item(at, "note", by, text, {}) for at, by, text in queries.notes(request.id)]
    facts = [Item(fact.at, "fact", fact.by or "", _sentence(fact), {"icon": _icon(fact)}) for fact in talk.changes]
    order = {"said": 0, "reply": 1, "fact": 2, "note": 3}
    return sorted([*said, *notes, *facts], key=lambda item: (item.at, order[item.kind]))


_ICONS = {
    What.OPENED: "clock",
    What.TAKEN: "person-plus",
    What.REOPENED: "arrow-repeat",
    What.CONFIRMED: "check-circle-fill",
    What.LATE: "exclamation-octagon-fill",
}


_STATE_ICONS = {State.OPEN: "play-circle", State.WAITING: "pause-circle", State.RESOLVED: "check-lg"}


def _icon(fact: Fact) -> str:
    return _STATE_ICONS[fact.state] if fact.what == What.STATE else _ICONS[fact.what]


def _sentence(fact: Fact) -> str:
    due, by = wording.by_when(fact.due_at), fact.by or ""
    if fact.what == What.STATE:
        sentences = {
            State.OPEN: _("The clock runs on; promised by %(time)s", time=due),
            State.WAITING: _("Waiting for the customer; the clock stands still"),
            State.RESOLVED: _("%(name)s solved it", name=by),
        }
        return str(sentences[fact.state])
    sentence = {
        What.OPENED: _("Promised by %(time)s", time=due),
        What.TAKEN: _("%(name)s took it", name=by),
        What.REOPENED: _("Opened again; promised by %(time)s", time=due),
        What.CONFIRMED: _("The customer says it is solved"),
        What.LATE: _("The promise has passed; it was due %(time)s", time=due),
    }
    return str(sentence[fact.what])

"""The triage desk: who needs us first, why, until when, and in whose hands it is."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.console import stages
from app.identity.access import people
from app.identity.rules import Role
from app.kit import clock, i18n
from app.kit.numbers import row_number
from app.kit.once import once
from app.support import promises, queries, service, wording
from app.support.queries import QueueRow, View
from app.support.rules import Mood, Origin

bp = Blueprint("desk", __name__)

_VIEWS = {
    View.MINE: _l("Mine and nobody's"),
    View.ALL: _l("All open"),
    View.SOON: _l("Due soon"),
    View.WAITING: _l("Waiting for the customer"),
    View.RESOLVED: _l("Solved"),
}
_EMPTY = {
    View.MINE: _l("Everything in your hands is answered. Unhappy answers and new requests appear here by themselves."),
    View.ALL: _l("Nobody is waiting for us. Unhappy answers and new requests appear here by themselves."),
    View.SOON: _l("No promise falls due within the hour, and none is late."),
    View.WAITING: _l("We wait for no customer. A reply that waits for one stands here, with its clock held."),
    View.RESOLVED: _l("What is solved stands here, the latest first."),
}
_GROUPS = {
    Mood.NEGATIVE: _l("by promise, the earliest first"),
    Mood.UNREAD: _l("right after the upset: a person should look"),
    Mood.MIXED: _l("good and bad in one; read both"),
    Mood.NEUTRAL: "",
    Mood.POSITIVE: _l("they are owed a line back too"),
}


@bp.get("/support")
@people(Role.AGENT)
def queue() -> ResponseReturnValue:
    """Show one view of the queue; every state of the page has an address."""
    chosen = _chosen()
    view = chosen.pop("view")
    cursor = request.args.get("after", "")
    page = queries.queue(view, me=g.person.staff_id, cursor=cursor, **chosen)
    offered, counted = queries.choices(), queries.counts(g.person.staff_id)
    found = stages.names(row.customer_id for row in page.rows)
    return render_template(
        "console/desk.html",
        groups=_grouped(page.rows, found, is_past=view == View.RESOLVED),
        views=[_view(each, view, counted) for each in View],
        selects=_selects(chosen, offered),
        active=_active(view, chosen, offered),
        clear=url_for(".queue", view=view.value),
        view=view.value,
        next=_address(view, chosen, after=page.next) if page.next else None,
        first=_address(view, chosen) if cursor else None,
        empty=_EMPTY[view],
        here=request.full_path,
    )


@bp.post("/support/take")
@people(Role.AGENT)
def take_all() -> ResponseReturnValue:
    """Take the picked requests; those that somebody else has stay theirs."""
    numbers = [number for text in request.form.getlist("pick")[:100] if (number := row_number(text))]

    def act() -> ResponseReturnValue:
        taken, lost = service.take_all(numbers, staff_id=g.person.staff_id)
        flash(_("In your hands now: %(n)s.", n=taken))
        if lost:
            flash(_("Others were faster with %(n)s of them; those stay in their hands.", n=lost), "bad")
        return redirect(url_for(".queue"))

    return once(act)


def _chosen() -> dict[str, Any]:
    """Return the view and the filters that the address names; what is not understood is left out."""
    args = request.args
    view = args.get("view", "")
    mood = args.get("mood", "")
    return {
        "view": View(view) if view in set(View) else View.MINE,
        "mood": Mood(mood) if mood in set(Mood) else None,
        "product_id": row_number(args.get("product")),
        "owner": row_number(args.get("owner")),
    }


def _address(view: View, chosen: dict[str, Any], **more: Any) -> str:
    named = {"view": view, "mood": chosen["mood"], "product": chosen["product_id"], "owner": chosen["owner"]} | more
    return f"{url_for('.queue')}?{urlencode({name: value for name, value in named.items() if value not in (None, '')})}"


def _view(each: View, current: View, counted: dict[View, int]) -> dict[str, Any]:
    return {
        "label": _VIEWS[each],
        "url": url_for(".queue", view=each.value),
        "current": each == current,
        "count": counted.get(each),
    }


def _grouped(rows: Any, found: dict[int, str], *, is_past: bool) -> list[tuple[str, Any, list[dict[str, Any]]]]:
    """Return the rows under their moods; what is solved is one list by time."""
    calendar, now = queries.calendar(), clock.now()
    groups: list[tuple[str, Any, list[dict[str, Any]]]] = []
    for row in rows:
        drawn = _row(row, found.get(row.customer_id, ""), promises.brief(row, calendar, now))
        if not groups or (groups[-1][0] != row.mood and not is_past):
            groups.append((row.mood, "" if is_past else _GROUPS[row.mood], []))
        groups[-1][2].append(drawn)
    return groups


def _row(row: QueueRow, stage: str, promised: promises.Clock) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": title_of(row),
        "who": row.customer,
        "who_note": " · ".join(filter(None, [row.company, stage])),
        "promise": promised,
        "quote": row.quote,
        "spans": row.spans,
        "owner": row.owner,
        "opened": wording.ago(row.opened_at),
        "force": row.strength if row.mood in {Mood.NEGATIVE, Mood.POSITIVE} and row.quote else None,
        "tone": {Mood.NEGATIVE: "upset", Mood.POSITIVE: "happy"}.get(row.mood, "neutral"),
        "is_urgent": row.is_urgent,
        "mood": row.mood.value,
    }


def title_of(row: Any) -> str:
    """Return what a request is called, in the reader's language where we named it ourselves."""
    if row.origin != Origin.SURVEY:
        return str(row.subject)
    product = row.product_zh if wording.speaks_chinese() else row.product_en
    return wording.scored(product or "", row.score, row.score_max)


def _selects(chosen: dict[str, Any], offered: queries.Choices) -> list[dict[str, Any]]:
    is_chinese = i18n.reader_locale() == i18n.CHINESE
    products = [(key, zh if is_chinese else en) for key, en, zh in offered.products]
    return [
        _select("mood", _("Mood"), chosen["mood"], _("Any mood"), list(wording.MOODS.items())),
        _select("product", _("Product"), chosen["product_id"], _("Any product"), products),
        _select("owner", _("In whose hands"), chosen["owner"], _("Anybody"), [(0, _("Nobody has it")), *offered.staff]),
    ]


def _select(name: str, label: str, value: Any, every: str, options: list[tuple[Any, Any]]) -> dict[str, Any]:
    return {"name": name, "label": label, "value": "" if value is None else value, "options": [("", every), *options]}


def _active(view: View, chosen: dict[str, Any], offered: queries.Choices) -> list[tuple[str, str]]:
    """Return the filters in use as words, each with the address of the list without it."""
    keys = {"mood": "mood", "product": "product_id", "owner": "owner"}
    words = []
    for select in _selects(chosen, offered):
        key = keys[select["name"]]
        if chosen[key] is None:
            continue
        label = next((label for value, label in select["options"] if value == chosen[key]), chosen[key])
        words.append((f"{select['label']}: {label}", _address(view, chosen | {key: None})))
    return words

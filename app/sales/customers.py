"""The customers of sales: a list with filters, and the portrait of one."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.customers import queries as customers
from app.identity import queries as identity
from app.identity.access import people
from app.identity.rules import Role
from app.kit import clock, i18n
from app.lifecycle import catalogue, names, queries
from app.lifecycle.rules.health import health
from app.lifecycle.rules.kinds import Band, Side, Stage
from app.sales import portrait, timeline
from app.surveys.voices import voices

bp = Blueprint("sales_customers", __name__, url_prefix="/sales/customers")


@bp.get("")
@people(Role.SALES)
def listed() -> ResponseReturnValue:
    """List customers, the latest change first; every state of the page has an address."""
    chosen, cursor = _chosen(), request.args.get("after")
    page = queries.listed(**chosen, cursor=cursor)
    colleagues = {colleague.id: colleague.name for colleague in identity.colleagues()}
    return render_template(
        "sales/customers.html",
        rows=page.rows,
        owners=colleagues,
        selects=_selects(chosen, colleagues),
        search=("name", _("Beginning of a name, a firm or a number"), chosen["name"]),
        active=_active(chosen, colleagues),
        older=_address(chosen, after=page.next) if page.next else None,
        newer=_address(chosen) if cursor else None,
        stages=names.STAGES,
        sides=names.SIDES,
        bands=names.BANDS,
        no_stage=names.NO_STAGE,
    )


@bp.get("/<public_id>")
@people(Role.SALES)
def one(public_id: str) -> ResponseReturnValue:
    """Show everything that is known of one customer, and what to do next."""
    customer = customers.customer_by_public_id(public_id)
    standing, locale = queries.portrait(customer.id), i18n.reader_locale()
    healthy = health(standing.facts, clock.now())
    group = request.args.get("only", "")
    types = [entry.full_name for entry in catalogue.CATALOGUE if entry.group == group]
    page = queries.timeline(customer.id, types=types, cursor=request.args.get("after"))
    said = voices(customer_id=customer.id, limit=50)
    return render_template(
        "sales/customer.html",
        customer=customer,
        standing=standing,
        now_healthy=healthy,
        owner=identity.names_of_staff({customer.owner_id}).get(customer.owner_id) if customer.owner_id else None,
        stops=portrait.stops(standing, locale),
        next_step=portrait.next_step(standing, locale),
        health=portrait.health_parts(healthy, locale),
        no_stage=names.NO_STAGE,
        bands=names.BANDS,
        sides=names.SIDES,
        voice=next((voice for voice in said if voice.comment), None),
        days=timeline.days(page.rows, {str(voice.id): voice for voice in said}, locale),
        views=_views(public_id, group),
        older=url_for(".one", public_id=public_id, only=group or None, after=page.next) if page.next else None,
        newer=url_for(".one", public_id=public_id, only=group or None) if request.args.get("after") else None,
        sent=[row for row in page.rows if row.sequence][:12],
        short=_short,
    )


def _chosen() -> dict[str, Any]:
    """Return the filters of the address; an unknown value is no filter."""
    asked = request.args
    owner = asked.get("owner", "")
    mine = g.person.staff_id if owner == "me" else None
    return {
        "stage": Stage(asked["stage"]) if asked.get("stage") in set(Stage) else None,
        "side": Side(asked["side"]) if asked.get("side") in set(Side) else None,
        "band": Band(asked["band"]) if asked.get("band") in set(Band) else None,
        "owner_id": mine or (int(owner) if owner.isdecimal() and len(owner) < 16 else None),
        "name": asked.get("name", "").replace("\x00", "").strip()[:100],
    }


def _address(chosen: dict[str, Any], **changed: Any) -> str:
    values = (
        {"owner": chosen["owner_id"]} | {name: chosen[name] for name in ("stage", "side", "band", "name")} | changed
    )
    return url_for(".listed", **{name: value for name, value in values.items() if value})


def _selects(chosen: dict[str, Any], colleagues: dict[int, str]) -> list[dict[str, Any]]:
    shown = (
        ("stage", _("Stage"), _("Every stage"), names.STAGES),
        ("side", _("Side state"), _("Every side state"), {s: names.SIDES[s] for s in (Side.ISSUE_OPEN, Side.AT_RISK)}),
        ("band", _("Health"), _("Every health"), names.BANDS),
    )
    selects = [
        {
            "name": name,
            "label": label,
            "value": chosen[name] or "",
            "options": [("", every), *((value.value, text) for value, text in options.items())],
        }
        for name, label, every, options in shown
    ]
    owners = [("", _("Every owner")), *((str(number), name) for number, name in colleagues.items())]
    return [*selects, {"name": "owner", "label": _("Owner"), "value": chosen["owner_id"] or "", "options": owners}]


def _active(chosen: dict[str, Any], colleagues: dict[int, str]) -> list[tuple[Any, str]]:
    words = {
        "stage": names.STAGES.get(chosen["stage"]),
        "side": names.SIDES.get(chosen["side"]),
        "band": names.BANDS.get(chosen["band"]),
        "owner": colleagues.get(chosen["owner_id"] or 0),
        "name": chosen["name"],
    }
    return [(word, _address(chosen, **{name: None})) for name, word in words.items() if word]


def _views(public_id: str, group: str) -> list[dict[str, Any]]:
    everything = {"label": _("Everything"), "url": url_for(".one", public_id=public_id), "current": not group}
    return [everything] + [
        {"label": names.GROUPS[key], "url": url_for(".one", public_id=public_id, only=key), "current": key == group}
        for key in catalogue.GROUPS
    ]


def _short(full_name: str) -> str:
    return catalogue.BY_FULL_NAME[full_name].name if full_name in catalogue.BY_FULL_NAME else full_name

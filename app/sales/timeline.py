"""Everything that happened to a customer, told from the stage-event log: one sentence of fact, one of detail."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import format_currency, format_date
from flask_babel import gettext as _

from app.kit.site import site
from app.lifecycle import names
from app.lifecycle.catalogue import BY_FULL_NAME
from app.lifecycle.rules.kinds import Band, Satisfaction, Side, Stage
from app.surveys.voices import Voice

Told = tuple[str, str, str | None, str]  # sentence, detail, tone, drawing


def days(rows: Sequence[Any], said: Mapping[str, Voice], locale: str) -> list[dict[str, Any]]:
    """Return the entries under the heads of their days, the latest first."""
    return [
        {"label": _day(day, locale), "entries": [_entry(row, said, locale) for row in entries]}
        for day, entries in groupby(rows, key=lambda row: site().local(row.occurred_at).date())
    ]


def _day(day: Any, locale: str) -> str:
    return str(format_date(day, "y年M月d日 EEE" if locale.startswith("zh") else "EEE, d MMM y"))


def _entry(row: Any, said: Mapping[str, Voice], locale: str) -> dict[str, Any]:
    entry, data = BY_FULL_NAME.get(row.type), json.loads(row.text)["data"]
    if entry is None:
        return _shown(row, (row.type, "", None, "tag"))
    told = _TELL[entry.name](data, locale)
    voice = said.get(data.get("response_id", ""))
    if voice and voice.comment:
        told = (told[0], f"“{_cut(voice.comment)}”", *told[2:])
    return _shown(row, told)


def _shown(row: Any, told: Told) -> dict[str, Any]:
    title, more, tone, drawing = told
    number = _("No. %(number)s", number=row.sequence) if row.sequence else _("number follows")
    local: datetime = site().local(row.occurred_at)
    return {
        "time": local.strftime("%H:%M"),
        "at": row.occurred_at.isoformat(),
        "icon": drawing,
        "tone": tone,
        "title": title,
        "url": None,
        "more": f"{more} · {number}" if more else number,
    }


def _cut(text: str, length: int = 120) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _reason(data: Mapping[str, Any], locale: str) -> str:
    return str(data["reason"]["zh" if locale.startswith("zh") else "en"])


def _purchase(data: Mapping[str, Any], _locale: str) -> Told:
    title = _("First purchase") if data["is_first"] else _("Another purchase")
    amount = format_currency(data["amount_minor"] / 100, data["currency"])
    return title, str(amount) if data["amount_minor"] else "", "happy", "box-seam"


def _answer(data: Mapping[str, Any], _locale: str) -> Told:
    tone = {"unhappy": "upset", "happy": "happy"}.get(data["satisfaction"] or "")
    if data["score"] is None:
        return _("Left a comment"), "", tone, "chat-square-text"
    return (
        _("Scored %(score)s of %(most)s", score=data["score"], most=data["score_max"]),
        "",
        tone,
        "chat-square-text",
    )


def _satisfaction(data: Mapping[str, Any], locale: str) -> Told:
    now = names.SATISFACTION[Satisfaction(data["to"])]
    tone = {"unhappy": "upset", "happy": "happy"}.get(data["to"])
    if not data["from"]:
        return _("Sounds %(now)s", now=now), _reason(data, locale), tone, "heart-pulse"
    before = names.SATISFACTION[Satisfaction(data["from"])]
    return (
        _("Sounds %(now)s, before that %(before)s", now=now, before=before),
        _reason(data, locale),
        tone,
        "heart-pulse",
    )


def _stage(data: Mapping[str, Any], locale: str) -> Told:
    before, after = data["from"], data["to"]
    if before != after:
        title = str(names.STAGES[Stage(after)])
        if before:
            title = f"{names.STAGES[Stage(before)]} → {title}"
    elif data["side"]["to"]:
        title = str(_("Side state: %(side)s", side=names.SIDES[Side(data["side"]["to"])]))
    else:
        title = str(_("No longer: %(side)s", side=names.SIDES[Side(data["side"]["from"])]))
    return title, _reason(data, locale), "stage", "signpost-2"


def _band(data: Mapping[str, Any], locale: str) -> Told:
    before, after = names.BANDS[Band(data["from"])], names.BANDS[Band(data["to"])]
    title = _("Health: %(before)s → %(after)s", before=before, after=after)
    cap = data["cap"] and data["cap"]["zh" if locale.startswith("zh") else "en"]
    score = "" if data["score"] is None else _("Score %(score)s.", score=data["score"])
    return title, f"{score} {cap or ''}".strip(), "upset" if data["to"] == Band.NEEDS_CARE else "stage", "heart-pulse"


def _opened(data: Mapping[str, Any], _locale: str) -> Told:
    return _("Request %(number)s opened", number=data["number"]), "", "upset", "life-preserver"


def _resolved(data: Mapping[str, Any], _locale: str) -> Told:
    more = _("In time.") if data["within_promise"] else _("Later than promised.")
    return _("Request %(number)s solved", number=data["number"]), more, "happy", "check-lg"


def _reopened(data: Mapping[str, Any], _locale: str) -> Told:
    return _("Request %(number)s came back", number=data["number"]), "", "upset", "arrow-repeat"


def _earned(data: Mapping[str, Any], _locale: str) -> Told:
    return (
        _("Earned %(points)s points", points=data["points"]),
        _("Balance %(balance)s.", balance=data["balance"]),
        None,
        "coin",
    )


def _redeemed(data: Mapping[str, Any], _locale: str) -> Told:
    return (
        _("Exchanged %(points)s points", points=data["points"]),
        _("Balance %(balance)s.", balance=data["balance"]),
        None,
        "gift",
    )


def _registered(data: Mapping[str, Any], _locale: str) -> Told:
    title = _("A friend came through their link") if data["role"] == "referrer" else _("Came through a friend’s link")
    return title, "", "happy", "person-plus"


def _qualified(data: Mapping[str, Any], _locale: str) -> Told:
    title = (
        _("The friend they brought has bought") if data["role"] == "referrer" else _("Bought after a recommendation")
    )
    return title, "", "happy", "trophy"


_TELL: dict[str, Callable[[Mapping[str, Any], str], Told]] = {
    "purchase.recorded": _purchase,
    "survey.response.submitted": _answer,
    "satisfaction.changed": _satisfaction,
    "stage.changed": _stage,
    "health.band.changed": _band,
    "ticket.opened": _opened,
    "ticket.resolved": _resolved,
    "ticket.reopened": _reopened,
    "points.earned": _earned,
    "points.redeemed": _redeemed,
    "referral.registered": _registered,
    "referral.qualified": _qualified,
}

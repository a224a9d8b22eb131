"""A customer's stage, next step and health in the reader's words."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.kit import clock
from app.kit.pages import local_time
from app.lifecycle import names
from app.lifecycle.queries import Portrait
from app.lifecycle.rules.health import Health, PartScore
from app.lifecycle.rules.kinds import Side, Stage
from app.lifecycle.rules.stages import SIDE_RULES
from app.lifecycle.rules.steps import TODAY
from app.lifecycle.rules.words import days_between

_FRESH = (7, 30, 90, 365)  # days: the younger, the more bars


def stops(portrait: Portrait, locale: str) -> list[dict[str, Any]]:
    """Return the stops of the ribbon; `awareness` only for a customer whom a friend brought."""
    line = [stage for stage in Stage if stage != Stage.AWARENESS or _was_aware(portrait)]
    return [_stop(stage, portrait, locale) for stage in line]


def next_step(portrait: Portrait, locale: str) -> dict[str, Any]:
    """Return the next best step, why, and whether it belongs to today."""
    return {
        "title": names.STEPS[portrait.step],
        "why": portrait.step_why[locale],
        "is_today": portrait.urgency <= TODAY,
    }


def health_parts(health: Health, locale: str) -> list[dict[str, Any]]:
    """Return the parts of health for the drawing and its table."""
    now = clock.now()
    return [_part(part, now, locale) for part in health.parts]


def ago(moment: datetime | None, now: datetime) -> str:
    """Say how long ago something was, in whole days."""
    if moment is None:
        return str(_("never"))
    days = days_between(moment, now)
    if days == 0:
        return str(_("today"))
    return str(_("1 day ago")) if days == 1 else str(_("%(days)s days ago", days=days))


def _stop(stage: Stage, portrait: Portrait, locale: str) -> dict[str, Any]:
    here = portrait.stage
    state = "ahead"
    if here:
        state = "here" if stage == here else "done" if stage.position < here.position else "ahead"
    since = portrait.reached.get(stage)
    return {
        "name": names.STAGES[stage],
        "state": state,
        "when": local_time(since) if since else "",
        "sidings": [_siding(portrait, locale)] if state == "here" and portrait.side else [],
    }


def _siding(portrait: Portrait, locale: str) -> dict[str, Any]:
    why = next((rule.reason(portrait.facts)[locale] for rule in SIDE_RULES if rule.side == portrait.side), "")
    since = local_time(portrait.side_since) if portrait.side_since else ""
    return {
        "name": names.SIDES[portrait.side or Side.AT_RISK],
        "when": str(_("since %(time)s. %(why)s", time=since, why=why)),
        "calm": False,
    }


def _part(part: PartScore, now: datetime, locale: str) -> dict[str, Any]:
    days = days_between(part.seen_at, now) if part.seen_at else None
    return {
        "name": names.PARTS[part.part],
        "score": part.score,
        "weight": part.weight,
        "why": part.why[locale],
        "fresh": sum(days <= limit for limit in _FRESH) if days is not None else 0,
        "seen": ago(part.seen_at, now),
    }


def _was_aware(portrait: Portrait) -> bool:
    return Stage.AWARENESS in portrait.reached

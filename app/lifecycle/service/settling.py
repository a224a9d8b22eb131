"""Compares what the rules say now with what was said before, and writes an event for each difference."""

from dataclasses import dataclass
from datetime import datetime

from app.events import HealthBandChanged, StageReached
from app.lifecycle import shapes
from app.lifecycle.cloudevents import rfc3339
from app.lifecycle.models import Standing
from app.lifecycle.rules import DEFINITION, steps
from app.lifecycle.rules.facts import Facts
from app.lifecycle.rules.health import RECHECK_AFTER, Health, health
from app.lifecycle.rules.stages import Rule, SideRule, last_word, next_change, reached, side_of, why_left
from app.lifecycle.rules.words import Evidence, Words
from app.lifecycle.service.chronicle import Chronicle


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something is settled, what it rests on, and the event that caused it."""

    at: datetime
    evidence: Evidence
    cause: str | None = None


def hear(chronicle: Chronicle, before: Facts, facts: Facts, moment: Moment) -> None:
    """Say that the customer sounds different from the last time, if that is so."""
    if facts.satisfaction in {None, before.satisfaction}:
        return
    chronicle.write(
        "satisfaction.changed",
        at=moment.at,
        evidence=moment.evidence,
        cause=moment.cause,
        before=before.satisfaction,
        after=facts.satisfaction,
        score=facts.score,
        score_max=facts.score_max,
        reason=last_word(facts),
    )


def settle(standing: Standing, facts: Facts, chronicle: Chronicle, moment: Moment) -> None:
    """Bring stage, side state and health to what the rules say at this moment."""
    rule, side_rule = reached(facts, standing.stage, moment.at), side_of(facts, moment.at)
    healthy = health(facts, moment.at)
    if rule or (side_rule.side if side_rule else None) != standing.side:
        _move(standing, chronicle, moment, rule, side_rule, _why(standing, facts, rule, side_rule, moment.at), healthy)
    if healthy.band != standing.band:
        _change_band(standing, chronicle, moment, healthy)
    standing.health, standing.as_of = healthy.score, moment.at


def look_ahead(standing: Standing, facts: Facts, now: datetime) -> None:
    """Keep what the lists show, the next best step, and when to look again."""
    healthy = health(facts, now)
    advice = steps.advise(
        steps.Standing(facts=facts, stage=standing.stage, side=standing.side, health=healthy, now=now)
    )
    standing.step, standing.urgency = advice.step, advice.urgency
    standing.step_why = {"en": advice.why.en, "zh": advice.why.zh}
    standing.last_score, standing.last_score_max = facts.score, facts.score_max
    standing.last_label, standing.said_at = facts.label, facts.said_at
    recheck = now + RECHECK_AFTER if healthy.score is not None else None
    standing.look_at = min((at for at in (next_change(facts, now), recheck) if at), default=None)


def _move(
    standing: Standing,
    chronicle: Chronicle,
    moment: Moment,
    rule: Rule | None,
    side_rule: SideRule | None,
    why: Words,
    healthy: Health,
) -> None:
    before, side_before = standing.stage, standing.side
    if rule:
        standing.stage, standing.stage_since = rule.stage, moment.at
        standing.reached = standing.reached | {rule.stage.value: rfc3339(moment.at)}
    side = side_rule.side if side_rule else None
    if side != side_before:
        standing.side, standing.side_since = side, moment.at if side else None
    chronicle.write(
        "stage.changed",
        at=moment.at,
        evidence=moment.evidence,
        cause=moment.cause,
        before=before,
        after=standing.stage,
        side=shapes.SideChange.model_validate({"from": side_before, "to": side}),
        rule=rule.id if rule else side_rule.id if side_rule else "side_left",
        definition=DEFINITION,
        reason=why,
        health=healthy,
    )
    chronicle.tell(
        StageReached(
            customer_id=standing.customer_id,
            from_stage=before,
            to_stage=standing.stage or "",
            side_state=side,
            revision=standing.revision,
            reason_en=why.en,
            reason_zh=why.zh,
        )
    )


def _why(standing: Standing, facts: Facts, rule: Rule | None, side_rule: SideRule | None, at: datetime) -> Words:
    """Say why the stage changed, and why the side state did."""
    reasons = [rule.reason(facts, at)] if rule else []
    if side_rule and side_rule.side != standing.side:
        reasons.append(side_rule.reason(facts))
    elif standing.side and not side_rule:
        reasons.append(why_left(standing.side, facts))
    return Words(" ".join(reason.en for reason in reasons), "".join(reason.zh for reason in reasons))


def _change_band(standing: Standing, chronicle: Chronicle, moment: Moment, healthy: Health) -> None:
    before, standing.band = standing.band, healthy.band
    chronicle.write(
        "health.band.changed",
        at=moment.at,
        evidence=moment.evidence,
        cause=moment.cause,
        before=before,
        after=healthy.band,
        score=healthy.score,
        known=healthy.known,
        definition=DEFINITION,
        cap=healthy.cap,
        parts=list(healthy.parts),
    )
    chronicle.tell(
        HealthBandChanged(
            customer_id=standing.customer_id,
            from_band=before,
            to_band=healthy.band,
            score=healthy.score or 0,
            revision=standing.revision,
        )
    )

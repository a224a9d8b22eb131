"""The stage of customers beside their requests: lifecycle tells, the desk shows."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.lifecycle import queries as lifecycle
from app.lifecycle.rules.kinds import Side, Stage

STAGES = {
    Stage.AWARENESS: _l("Knows us"),
    Stage.PURCHASED: _l("Bought"),
    Stage.ONBOARDING: _l("Getting started"),
    Stage.USING: _l("Using it"),
    Stage.SATISFIED: _l("Satisfied"),
    Stage.REPEAT: _l("Bought again"),
    Stage.ADVOCATE: _l("Recommends us"),
}
SIDES = {
    Side.ISSUE_OPEN: _l("with an open issue"),
    Side.AT_RISK: _l("at risk"),
    Side.RENEWAL_DUE: _l("renewal due"),
    Side.DORMANT: _l("silent"),
    Side.LOST: _l("lost"),
}


def names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the name of each customer's stage in the reader's language, in one statement."""
    found = lifecycle.standings(set(customer_ids))
    return {customer_id: _name(stage, side) for customer_id, (stage, side) in found.items()}


def _name(stage: Stage | None, side: Side | None) -> str:
    words = [STAGES[stage] if stage else "", SIDES[side] if side and side != Side.ISSUE_OPEN else ""]
    return " · ".join(str(word) for word in words if word)

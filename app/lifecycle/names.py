"""How people call stages, side states, bands of health, its parts, steps and groups of events, in both languages."""

from flask_babel import lazy_gettext as _l

from app.lifecycle.rules.kinds import Band, Part, Satisfaction, Side, Stage, Step

STAGES = {
    Stage.AWARENESS: _l("Getting to know us"),
    Stage.PURCHASED: _l("Purchased"),
    Stage.ONBOARDING: _l("Onboarding"),
    Stage.USING: _l("Using"),
    Stage.SATISFIED: _l("Satisfied"),
    Stage.REPEAT: _l("Bought again"),
    Stage.ADVOCATE: _l("Advocate"),
}
NO_STAGE = _l("Nothing heard yet")
SIDES = {
    Side.ISSUE_OPEN: _l("Issue open"),
    Side.AT_RISK: _l("At risk"),
    Side.RENEWAL_DUE: _l("Renewal due"),
    Side.DORMANT: _l("Silent"),
    Side.LOST: _l("Lost"),
}
BANDS = {
    Band.GOOD: _l("Good"),
    Band.FAIR: _l("Fair"),
    Band.NEEDS_CARE: _l("Needs care"),
    Band.UNKNOWN: _l("Unknown"),
}
PARTS = {
    Part.VOICE: _l("Voice"),
    Part.SUPPORT: _l("Support"),
    Part.LOYALTY: _l("Loyalty"),
    Part.FRIENDS: _l("Friends"),
}
SATISFACTION = {
    Satisfaction.UNHAPPY: _l("unhappy"),
    Satisfaction.CONTENT: _l("so-so"),
    Satisfaction.HAPPY: _l("happy"),
}
STEPS = {
    Step.LISTEN: _l("Do not sell before it is solved. Call today, and listen."),
    Step.WIN_BACK: _l("Call, and ask what would have to be different."),
    Step.CARE: _l("Ask support how it stands, then call."),
    Step.WELCOME: _l("Say hello, and mention who sent them."),
    Step.HELP_START: _l("Ask whether it is up and running."),
    Step.ASK: _l("Ask how it is going."),
    Step.ASK_FRIEND: _l("Thank them, and ask whether a friend could use it."),
    Step.OFFER: _l("A good moment to talk about what comes next."),
    Step.THANK: _l("Thank them in person for the friend they brought."),
    Step.LET_BE: _l("Nothing to do today."),
}
GROUPS = {
    "purchases": _l("Purchases"),
    "answers": _l("Answers"),
    "stages": _l("Stage and health"),
    "requests": _l("Requests"),
    "points": _l("Points"),
    "friends": _l("Friends"),
}

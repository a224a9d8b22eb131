"""The names of things: stages, side states, satisfaction, bands of health, next steps."""

from enum import StrEnum


class Stage(StrEnum):
    """The main line; it only moves forward. `awareness` is a friend who has not bought yet."""

    AWARENESS = "awareness"
    PURCHASED = "purchased"
    ONBOARDING = "onboarding"
    USING = "using"
    SATISFIED = "satisfied"
    REPEAT = "repeat"
    ADVOCATE = "advocate"

    @property
    def position(self) -> int:
        """Return the place on the line, counted from 0."""
        return _LINE.index(self)


_LINE = tuple(Stage)


class Side(StrEnum):
    """What is wrong at the moment, beside the stage. The last three have no rule that leads into them yet."""

    ISSUE_OPEN = "issue_open"
    AT_RISK = "at_risk"
    RENEWAL_DUE = "renewal_due"
    DORMANT = "dormant"
    LOST = "lost"


class Satisfaction(StrEnum):
    """How the last answer that could be read sounded."""

    UNHAPPY = "unhappy"
    CONTENT = "content"
    HAPPY = "happy"


class Band(StrEnum):
    """A health score in one word."""

    GOOD = "good"
    FAIR = "fair"
    NEEDS_CARE = "needs_care"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """What health is made of."""

    VOICE = "voice"
    SUPPORT = "support"
    LOYALTY = "loyalty"
    FRIENDS = "friends"


class Step(StrEnum):
    """What to do next for a customer."""

    LISTEN = "listen"
    WIN_BACK = "win_back"
    CARE = "care"
    WELCOME = "welcome"
    HELP_START = "help_start"
    ASK = "ask"
    ASK_FRIEND = "ask_friend"
    OFFER = "offer"
    THANK = "thank"
    LET_BE = "let_be"

"""What people read for the values that surveys keeps, in both languages."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.surveys.rules import Channel, InvitationState, WhyNot

MOODS: Mapping[str, Any] = {
    "negative": _l("Upset"),
    "mixed": _l("Mixed"),
    "unread": _l("Not readable"),
    "neutral": _l("So-so"),
    "positive": _l("Happy"),
}
BANDS: Mapping[str, Any] = {
    "low": _l("Low score"),
    "middle": _l("Middling score"),
    "high": _l("High score"),
}
LANGUAGES: Mapping[str, Any] = {"zh_Hans": _l("In Chinese"), "en": _l("In English")}
PERIODS: Mapping[str, Any] = {
    "7": _l("Last 7 days"),
    "30": _l("Last 30 days"),
    "90": _l("Last 90 days"),
    "365": _l("Last 365 days"),
    "all": _l("Since the beginning"),
}
STATES: Mapping[InvitationState, Any] = {
    InvitationState.WAITING: _l("Not due yet"),
    InvitationState.SENT: _l("Sent"),
    InvitationState.ANSWERED: _l("Answered"),
    InvitationState.EXPIRED: _l("Expired"),
    InvitationState.NO_ADDRESS: _l("No mail address"),
    InvitationState.NOT_ASKED: _l("Not asked"),
}
WHY_NOT: Mapping[WhyNot, Any] = {
    WhyNot.ASKED_LATELY: _l("Was asked within the last 30 days."),
    WhyNot.NO_MAILS: _l("Wants no such mails."),
}
CHANNELS: Mapping[Channel, Any] = {
    Channel.MAIL: _l("by mail"),
    Channel.LINK: _l("by copied link"),
    Channel.IMPORT: _l("brought in from elsewhere"),
}
THEMES: Mapping[str, Any] = {
    "product": _l("The product"),
    "quality": _l("Quality"),
    "delivery": _l("Delivery"),
    "packaging": _l("Packaging"),
    "price": _l("Price"),
    "service": _l("Service"),
    "staff": _l("Staff"),
    "claim": _l("Claims"),
    "usability": _l("Ease of use"),
}

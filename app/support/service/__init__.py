"""What support does. Services never commit; each verb says what it publishes."""

from app.support.service.demo import forget_demo
from app.support.service.hours import set_day, set_week
from app.support.service.opening import open_follow_up, open_request
from app.support.service.resolving import confirm, mark_late, reopen
from app.support.service.taking import take, take_all
from app.support.service.talking import note, reply, write_as_customer

__all__ = [
    "confirm",
    "forget_demo",
    "mark_late",
    "note",
    "open_follow_up",
    "open_request",
    "reopen",
    "reply",
    "set_day",
    "set_week",
    "take",
    "take_all",
    "write_as_customer",
]

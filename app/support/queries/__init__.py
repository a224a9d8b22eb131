"""What support can tell; nothing here changes anything."""

from app.support.queries.hours import calendar
from app.support.queries.one import (
    Conversation,
    Fact,
    FollowUp,
    Said,
    changes,
    conversation,
    find_follow_up,
    notes,
    open_of,
    overdue,
    pauses,
    products_of,
    request_by_number,
    request_of_customer,
    requests_of,
)
from app.support.queries.queue import Choices, QueueRow, View, choices, counts, queue

__all__ = [
    "Choices",
    "Conversation",
    "Fact",
    "FollowUp",
    "QueueRow",
    "Said",
    "View",
    "calendar",
    "changes",
    "choices",
    "conversation",
    "counts",
    "find_follow_up",
    "notes",
    "open_of",
    "overdue",
    "pauses",
    "products_of",
    "queue",
    "request_by_number",
    "request_of_customer",
    "requests_of",
]

"""The open request on the customer's home: the one that is due first, with its promise and the last words."""

from dataclasses import dataclass

from app.support import promises, queries, wording
from app.support.promises import Drawn
from app.support.queries import Said


@dataclass(frozen=True)
class Open:
    """What the sheet shows; `others` are further open requests."""

    number: int
    subject: str
    state: str
    promise: Drawn
    last: Said | None
    said_at: str
    others: int


def find_open(customer_id: int) -> Open | None:
    """Return the customer's open request that is due first, or None."""
    unsolved = queries.open_of(customer_id)
    if not unsolved:
        return None
    first = unsolved[0]
    talk = queries.conversation(first)
    last = talk.said[-1] if talk.said else None
    return Open(
        number=first.number,
        subject=first.subject,
        state=str(wording.CUSTOMER_STATES[first.state]),
        promise=promises.drawn(first, talk.changes, to_customer=True),
        last=last,
        said_at=wording.by_when(last.at) if last else "",
        others=len(unsolved) - 1,
    )

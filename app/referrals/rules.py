"""What referrals decides, from values alone: which addresses are one person's, and what may stand as a name."""

import re
from enum import StrEnum

FOR_BRINGING_A_FRIEND = 400  # points, once the friend has bought
FOR_COMING_AS_A_FRIEND = 200

_IGNORES_DOTS = {"gmail.com"}
_SAME_HOUSE = {"googlemail.com": "gmail.com"}
_LINK_LIKE = re.compile(r"[/:@<>\\{}]|\w\.\w{2}|www\b", re.IGNORECASE)


class State(StrEnum):
    """How far a friend has come."""

    REGISTERED = "registered"
    QUALIFIED = "qualified"


def mailbox(address: str) -> str:
    """Return the mailbox behind an address: without a +tag, and without dots where the provider ignores them."""
    name, _, house = address.strip().lower().rpartition("@")
    house = _SAME_HOUSE.get(house, house)
    name = name.split("+", 1)[0]
    if house in _IGNORES_DOTS:
        name = name.replace(".", "")
    return f"{name}@{house}"


def is_same_person(one: str | None, other: str | None) -> bool:
    """Return True when both addresses lead to one mailbox."""
    return bool(one and other) and mailbox(one or "") == mailbox(other or "")


def may_be_a_name(text: str) -> bool:
    """Return False for what could carry a link into a mail that a stranger gets."""
    return bool(text.strip()) and not _LINK_LIKE.search(text)

"""The menus of staff and of customers: two tables; a person sees what their role may use."""

from typing import Any, NamedTuple

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext as _l

from app.identity.rules import Role, may


class Entry(NamedTuple):
    """One line of the menu, for one role or for everybody; below `prefix` it counts as current."""

    label: Any
    endpoint: str
    icon: str
    role: Role | None
    prefix: str


SUPPORT, SALES, SYSTEM = _l("Support"), _l("Sales"), _l("System")

MENU: dict[Any, tuple[Entry, ...]] = {
    SUPPORT: (),
    SALES: (),
    SYSTEM: (Entry(_l("My account"), "account.overview", "person-circle", None, "/account"),),
}


# What a customer finds at the top of each page: home, help, points, friends.
OWN: tuple[Entry, ...] = ()


def context() -> dict[str, Any]:
    """Return the menu of the person who reads, or nothing for strangers."""
    person = g.get("person")
    if person is None:
        return {"navigation": []}
    if person.role == Role.CUSTOMER:
        own = [_item(entry) for entry in OWN if entry.endpoint in current_app.view_functions]
        return {"navigation": [{"label": "", "items": own}] if own else []}
    groups = [
        {"label": label, "items": [_item(entry) for entry in entries if _shows(entry, person.role)]}
        for label, entries in MENU.items()
    ]
    return {"navigation": [group for group in groups if group["items"]]}


def _shows(entry: Entry, role: Role) -> bool:
    return (entry.role is None or may(role, frozenset({entry.role}))) and entry.endpoint in current_app.view_functions


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": url_for(entry.endpoint),
        "icon": entry.icon,
        "current": request.path.startswith(entry.prefix),
        "count": None,
    }

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
    SUPPORT: (
        Entry(_l("Triage desk"), "desk.queue", "inbox", Role.AGENT, "/support"),
        Entry(_l("Vouchers"), "loyalty_staff.vouchers", "ticket-perforated", Role.AGENT, "/support/vouchers"),
        Entry(_l("Answers"), "answers.overview", "chat-square-text", Role.LEAD, "/surveys"),
    ),
    SALES: (
        Entry(_l("Overview"), "sales.show", "graph-up", Role.SALES, "/sales"),
        Entry(_l("Customers"), "sales_customers.listed", "people", Role.SALES, "/sales/customers"),
        Entry(_l("Answers"), "answers.overview", "chat-square-text", Role.SALES, "/surveys"),
        Entry(_l("Data in"), "imports.overview", "upload", Role.SALES, "/admin/imports"),
        Entry(_l("Data out"), "sales_data.overview", "download", Role.SALES, "/sales/data"),
    ),
    SYSTEM: (
        Entry(_l("Products"), "products.overview", "box-seam", Role.ADMIN, "/admin/products"),
        Entry(_l("Rewards"), "loyalty_staff.rewards", "gift", Role.ADMIN, "/admin/rewards"),
        Entry(_l("The firm"), "settings.overview", "gear", Role.ADMIN, "/admin"),
        Entry(_l("Colleagues"), "colleagues.overview", "people", Role.ADMIN, "/admin/colleagues"),
        Entry(_l("Deliveries"), "deliveries.overview", "send", Role.ADMIN, "/admin/deliveries"),
        Entry(_l("Receivers of events"), "receivers.overview", "broadcast", Role.ADMIN, "/admin/receivers"),
        Entry(_l("My account"), "account.overview", "person-circle", None, "/account"),
    ),
}


# What a customer finds at the top of each page: home, help, points, friends.
OWN: tuple[Entry, ...] = (
    Entry(_l("Home"), "portal.home", "house", Role.CUSTOMER, "/portal"),
    Entry(_l("Help"), "support.mine", "life-preserver", Role.CUSTOMER, "/portal/requests"),
    Entry(_l("Points"), "loyalty.points", "coin", Role.CUSTOMER, "/portal/points"),
    Entry(_l("Friends"), "referrals.friends", "people", Role.CUSTOMER, "/portal/friends"),
)


def context() -> dict[str, Any]:
    """Return the menu of the person who reads, or nothing for strangers."""
    person = g.get("person")
    if person is None:
        return {"navigation": []}
    menu = {"": OWN} if person.role == Role.CUSTOMER else MENU
    shown, seen = {}, set()
    for label, entries in menu.items():  # a page that two groups use stands once, in the first
        shown[label] = [entry for entry in entries if _shows(entry, person.role) and entry.endpoint not in seen]
        seen |= {entry.endpoint for entry in entries if _shows(entry, person.role)}
    here = max(
        (entry.prefix for entries in shown.values() for entry in entries if _is_below(entry.prefix)),
        key=len,
        default="",
    )
    return {
        "navigation": [
            {"label": label, "items": [_item(entry, here) for entry in entries]}
            for label, entries in shown.items()
            if entries
        ]
    }


def _shows(entry: Entry, role: Role) -> bool:
    return (entry.role is None or may(role, frozenset({entry.role}))) and entry.endpoint in current_app.view_functions


def _is_below(prefix: str) -> bool:
    return request.path == prefix or request.path.startswith(f"{prefix}/")


def _item(entry: Entry, here: str) -> dict[str, Any]:
    """Return one line; of two that fit the address, the longer one is where the reader is."""
    return {
        "label": entry.label,
        "url": url_for(entry.endpoint),
        "icon": entry.icon,
        "current": entry.prefix == here,
        "count": None,
    }

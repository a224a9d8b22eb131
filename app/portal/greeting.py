"""How the page greets: by the clock of the firm, with the given name."""

from flask_babel import gettext as _

from app.customers.names import given_name
from app.kit.site import today


def greeting(name: str) -> str:
    """Return "Good morning, Zhixia" in the reader's language."""
    hour, first = today().hour, given_name(name)
    if 5 <= hour < 12:
        return str(_("Good morning, %(name)s", name=first))
    if 12 <= hour < 18:
        return str(_("Good afternoon, %(name)s", name=first))
    return str(_("Good evening, %(name)s", name=first))

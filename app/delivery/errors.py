"""Why delivery refuses."""

from flask_babel import lazy_gettext as _l

from app.kit.errors import Refused


class BadReceiver(Refused):
    """What was given as a receiver's address is not one."""

    status = 422
    message = _l("This is not an address that can receive events. It has to begin with https:// and carry no password.")

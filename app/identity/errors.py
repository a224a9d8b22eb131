"""Why identity refuses."""

from flask_babel import lazy_gettext as _l

from app.kit.errors import Refused


class LinkUsed(Refused):
    """The link was used, has expired, or never was one: the three look the same."""

    status = 410
    message = _l("This sign-in link has been used, or it is too old. Ask for a new one; it takes a minute.")


class StepMissing(Refused):
    """The second step was opened without the first, or too long after it."""

    status = 410
    message = _l("That took a while. Please begin the sign-in again.")


class AddressTaken(Refused):
    """A colleague with this address exists."""

    status = 409
    message = _l("A colleague with this address is here already.")


class NotYourself(Refused):
    """Administrators cannot change their own role: the last one would be locked out."""

    status = 409
    message = _l("Your own role is changed by another administrator, so that nobody locks themselves out.")


class PasskeyRefused(Refused):
    """The passkey is not known here, or its answer does not fit."""

    status = 422
    message = _l("This passkey did not work here. Use your password or a mailed link.")

"""Why loyalty refuses: a status and a sentence that a customer may read."""

from flask_babel import lazy_gettext as _l

from app.kit.errors import Refused


class NotEnoughPoints(Refused):
    """The balance is smaller than the price."""

    status = 409
    message = _l("You do not have enough points for this yet. Nothing was taken.")


class SoldOut(Refused):
    """None is left, or it is not offered any more."""

    status = 409
    message = _l("This reward has just gone. Your points are untouched; choose another one.")


class PriceChanged(Refused):
    """The reward costs something else than the page said."""

    status = 409
    message = _l("The price of this reward has changed since you opened the page. Your points are untouched.")


class MovementReused(Refused):
    """A key that moved points before came back with another movement."""

    status = 409
    message = _l("This was sent before with other content. Open the page again and send it anew.")


class VoucherSpent(Refused):
    """The voucher has been used or taken back."""

    status = 409
    message = _l("This voucher has been used already, or was taken back. It cannot be used again.")

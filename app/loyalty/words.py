"""What loyalty's states and reasons are called, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.loyalty.rules import Reason, VoucherState

REASONS = {
    Reason.RESPONSE: _l("You answered our questions"),
    Reason.PURCHASE: _l("Your purchase"),
    Reason.REFERRAL: _l("A friend you brought has bought"),
    Reason.WELCOME: _l("Welcome: you came through a friend"),
    Reason.REDEMPTION: _l("Exchanged for a reward"),
    Reason.CANCELLATION: _l("Reward taken back, points returned"),
}

VOUCHER_STATES = {
    VoucherState.ISSUED: _l("Ready to use"),
    VoucherState.USED: _l("Used"),
    VoucherState.CANCELLED: _l("Taken back"),
}

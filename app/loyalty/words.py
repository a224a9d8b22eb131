"""What loyalty's states and reasons are called, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.loyalty.models import Entry
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


def line(entry: Entry, locale: str) -> str:
    """Return what an entry was for: the reason, and what it was about."""
    about = entry.about_zh if locale.startswith("zh") else entry.about_en
    reason = str(REASONS[entry.reason])
    if not about:
        return reason
    return f"{reason}：{about}" if locale.startswith("zh") else f"{reason}: {about}"


def signed(points: int) -> str:
    """Return points with their sign, as on a statement of account."""
    return f"+{points:,}" if points > 0 else f"−{-points:,}"

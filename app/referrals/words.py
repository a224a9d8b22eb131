"""What referrals' states are called, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.referrals.rules import State

STATES = {
    State.REGISTERED: _l("has come, has not bought yet"),
    State.QUALIFIED: _l("has bought: your points are here"),
}

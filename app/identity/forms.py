"""What a person may send to sign in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import Email, InputRequired, Length, Regexp

from app.identity.passwords import LONGEST, SHORTEST
from app.kit.forms import Form, strip

_ADDRESS = _l("This is not a whole address. It looks like name@example.com.")


class EmailForm(Form):
    """Ask for a sign-in link."""

    email = EmailField(
        _l("E-mail"),
        [InputRequired(_ADDRESS), Email(_ADDRESS), Length(max=254)],
        filters=[strip],
        render_kw={"autocomplete": "username"},
    )
    next = HiddenField()


class PasswordForm(EmailForm):
    """Sign in by password."""

    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Please type your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(Form):
    """The second step: six digits from the phone."""

    code = StringField(
        _l("Six digits from your app"),
        [Regexp(r"^\d{6}$", message=_l("The code has six digits."))],
        filters=[lambda value: (value or "").replace(" ", "")],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 7},
    )


class NewPasswordForm(Form):
    """Choose a password."""

    password = PasswordField(
        _l("New password"),
        [Length(SHORTEST, LONGEST, message=_l("At least ten characters; a short sentence is easy to remember."))],
        render_kw={"autocomplete": "new-password"},
    )


class EmptyForm(Form):
    """A button that writes."""

"""What a person may send to sign in."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Regexp

from app.identity.passwords import LONGEST, SHORTEST
from app.identity.rules import Role
from app.kit.forms import Form, one_line, strip

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


ROLE_NAMES = {
    Role.AGENT: _l("Support"),
    Role.LEAD: _l("Head of support"),
    Role.SALES: _l("Sales"),
    Role.ADMIN: _l("Administrator"),
}
_ROLES = [SelectChoice(str(role), name) for role, name in ROLE_NAMES.items()]


class ColleagueForm(Form):
    """Add a colleague."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Please give a name.")), Length(max=120), one_line], filters=[strip]
    )
    email = EmailField(_l("E-mail"), [InputRequired(_ADDRESS), Email(_ADDRESS), Length(max=254)], filters=[strip])
    role = SelectField(_l("What they do"), choices=_ROLES)


class RoleForm(Form):
    """Change what a colleague may do; nothing chosen ends their access."""

    role = SelectField(_l("What they do"), choices=[*_ROLES, SelectChoice("", _l("No longer here"))])


class EmptyForm(Form):
    """A button that writes."""

"""What a person may send to referrals."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, StringField
from wtforms.validators import Email, InputRequired, Length, ValidationError

from app.kit.forms import Form, one_line, strip
from app.referrals.rules import may_be_a_name


class FriendForm(Form):
    """A friend says who they are."""

    name = StringField(
        _l("Your name"),
        [InputRequired(_l("Please tell us your name.")), Length(max=80), one_line],
        filters=[strip],
    )
    email = EmailField(
        _l("Your e-mail address"),
        [InputRequired(_l("Without an address we cannot send you your link.")), Length(max=254), Email()],
        filters=[strip],
    )
    agrees = BooleanField(
        _l("Keep my name and address to look after me. I can have both removed at any time."),
        [InputRequired(_l("Without your yes we may not keep your address."))],
    )

    def validate_name(self, field: StringField) -> None:
        """Refuse what could carry a link into a mail."""
        if not may_be_a_name(field.data or ""):
            raise ValidationError(_l("Please write only your name here, without a link or an address."))


class StepForm(Form):
    """A step that needs no words."""

"""What people may send to support."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.kit.forms import Form, one_line, strip
from app.support.rules import Then

LONGEST = 5000
_WORDS = Length(
    max=LONGEST,
    message=_l("That is longer than %(max)d characters. Shorten it a little; what you wrote is still here."),
)
_SOMETHING = DataRequired(_l("Write a few words first."))


class AskForm(Form):
    """A customer asks for help."""

    product_id = SelectField(_l("Which product is it about?"), coerce=int, default=0)
    subject = StringField(
        _l("What is it about, in one line?"),
        [
            DataRequired(_l("Say in a few words what it is about.")),
            Length(max=120, message=_l("One line of at most %(max)d characters is enough here.")),
            one_line,
        ],
        filters=[strip],
    )
    text = TextAreaField(_l("What happened?"), [DataRequired(_l("Tell us what happened.")), _WORDS], filters=[strip])

    def offer(self, products: list[tuple[int, str]]) -> "AskForm":
        """Offer the products that this customer bought."""
        self.product_id.choices = [
            SelectChoice(0, _l("Something else")),
            *(SelectChoice(key, name) for key, name in products),
        ]
        return self

    def values(self) -> dict[str, Any]:
        """Return the fields under the names that `open_request` takes."""
        return {
            "product_id": self.product_id.data or None,
            "subject": self.subject.data,
            "text": self.text.data,
        }


class WriteForm(Form):
    """A customer writes in a request."""

    text = TextAreaField(_l("Your message"), [_SOMETHING, _WORDS], filters=[strip])


class ReopenForm(Form):
    """A customer says that it is not solved."""

    text = TextAreaField(_l("What is left?"), [Optional(), _WORDS], filters=[strip])


class ComposeForm(Form):
    """A colleague writes: a reply that the customer gets, or a note that only colleagues see."""

    to = RadioField(
        _l("Who reads it"),
        choices=[SelectChoice("reply", _l("Reply to the customer")), SelectChoice("note", _l("Note for colleagues"))],
        default="reply",
    )
    text = TextAreaField(_l("Text"), [_SOMETHING, _WORDS], filters=[strip])
    then = SelectField(
        _l("After sending"),
        choices=[
            SelectChoice(Then.WAIT.value, _l("Then wait for the customer (the clock stands still)")),
            SelectChoice(Then.KEEP.value, _l("Then it stays in our hands")),
            SelectChoice(Then.RESOLVE.value, _l("Then it is solved: this says what was done")),
        ],
        default=Then.WAIT.value,
    )
    seen = StringField(widget=HiddenInput())
    version = IntegerField(widget=HiddenInput(), validators=[DataRequired(), NumberRange(min=1)])

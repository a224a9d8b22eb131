"""The living style page: every component in every state, in the reader's language and both themes."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired

from app.console.design_samples import samples
from app.kit import i18n
from app.kit.errors import NotThere

bp = Blueprint("design", __name__)


class SampleForm(FlaskForm):
    """One field of each kind."""

    class Meta(FlaskForm.Meta):
        """A sample is never sent."""

        csrf = False

    score = IntegerField(_l("How likely are you to recommend us to a friend or colleague?"),
                         [InputRequired(_l("Please choose a number. There is no right one."))])
    content = IntegerField(_l("Are you content with how it was handled?"), [InputRequired(_l("Please choose a face."))])
    themes = SelectMultipleField(_l("What is it about?"), choices=[("delivery", _l("Delivery")), ("fitting", _l("Fitting")), ("price", _l("Price"))])
    mail = EmailField(_l("Mail address"), [InputRequired(_l("Please give a mail address, such as name@example.com"))])
    why = TextAreaField(_l("What happened?"))
    product = SelectField(_l("Product"), choices=[("w2", "W2"), ("w3", "W3")], validate_choice=False)
    when = RadioField(_l("When may we call?"), [InputRequired(_l("Please choose a time"))],
                      choices=[("morning", _l("Morning")), ("evening", _l("Evening"))])
    call = BooleanField(_l("You may call me about this"))


@bp.get("/design")
def page() -> ResponseReturnValue:
    """Show the components; only where everything runs in one place, never on a public server."""
    if not current_app.extensions["revisit.config"].is_embedded:
        raise NotThere
    filled = SampleForm(data={"score": 9, "content": 4, "themes": ["fitting"], "product": "w2", "when": "morning", "call": True})
    refused = SampleForm(formdata=None, prefix="wrong")
    refused.validate()
    theme = request.args.get("theme")
    return render_template("console/design.html", filled=filled, refused=refused, theme=theme, **samples(i18n.reader_locale()))

"""The living style page: every component in every state, in the reader's language and both themes."""

import segno
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.console.design_samples import samples
from app.identity import access
from app.kit import i18n
from app.kit.forms import Form

bp = Blueprint("design", __name__)
_LINK = "https://portal.example/r/zhixia-7k2"


class SampleForm(Form):
    """One field of each kind."""

    class Meta(Form.Meta):
        """A sample is never sent."""

        csrf = False

    score = IntegerField(
        _l("How likely are you to recommend us to a friend or colleague?"),
        [InputRequired(_l("Please choose a number. There is no right one."))],
    )
    content = IntegerField(_l("Are you content with how it was handled?"), [InputRequired(_l("Please choose a face."))])
    themes = SelectMultipleField(
        _l("What is it about?"),
        choices=[
            SelectChoice("delivery", _l("Delivery")),
            SelectChoice("fitting", _l("Fitting")),
            SelectChoice("price", _l("Price")),
        ],
    )
    mail = EmailField(_l("Mail address"), [InputRequired(_l("Please give a mail address, such as name@example.com"))])
    why = TextAreaField(_l("What happened?"))
    product = SelectField(
        _l("Product"), choices=[SelectChoice("w2", "W2"), SelectChoice("w3", "W3")], validate_choice=False
    )
    when = RadioField(
        _l("When may we call?"),
        [InputRequired(_l("Please choose a time"))],
        choices=[SelectChoice("morning", _l("Morning")), SelectChoice("evening", _l("Evening"))],
    )
    call = BooleanField(_l("You may call me about this"))


@bp.get("/design")
@access.anyone("invented samples only")
def page() -> ResponseReturnValue:
    """Show every component; registered only where mails stay on this machine."""
    filled = SampleForm(
        data={"score": 9, "content": 4, "themes": ["fitting"], "product": "w2", "when": "morning", "call": True}
    )
    refused = SampleForm(formdata=None, prefix="wrong")
    refused.validate()
    code = segno.make(_LINK).svg_inline(border=0, omitsize=True)
    shown = samples(i18n.reader_locale()) | {"filled": filled, "refused": refused, "link": _LINK, "code": Markup(code)}  # noqa: S704  # drawn by segno
    return render_template("console/design.html", theme=request.args.get("theme"), **shown)

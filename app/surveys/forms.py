"""What a customer may send: the questions of one survey version, in the reader's language."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Label, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from app.kit.forms import Form, strip
from app.surveys import questionnaire
from app.surveys.queries import Asked
from app.surveys.rules import LONGEST_COMMENT, Said, read_score

_LINE_ENDS = str.maketrans({"\r": None, "\x00": None})


def one_line_end(value: Any) -> Any:
    """Count a line end as one character, as the browser's own limit does; drop the character that no database keeps."""
    return value.translate(_LINE_ENDS) if isinstance(value, str) else value


def not_too_long(_form: FlaskForm, field: Field) -> None:
    """Say how much too long a comment is."""
    over = len(field.data or "") - LONGEST_COMMENT
    if over > 0:
        raise ValidationError(
            _(
                "%(over)s characters too long: %(most)s fit. Shorten it a little and send it again.",
                over=over,
                most=LONGEST_COMMENT,
            )
        )


class AnswerForm(Form):
    """The answer to an invitation."""

    score = StringField(validators=[DataRequired(_l("Please choose a number. There is no wrong one."))])
    about = SelectMultipleField()
    comment = TextAreaField(filters=[one_line_end, strip], validators=[not_too_long])
    may_contact = BooleanField()

    asked: Asked
    is_stale = False

    @classmethod
    def of(cls, asked: Asked, locale: str) -> Self:
        """Return the form with the questions of the version that the invitation is pinned to."""
        form = cls()
        form.asked = asked
        questions = questionnaire.read(asked.content)
        for name in ("score", "about", "comment", "may_contact"):
            if name not in questions:
                del form[name]
                continue
            form[name].label = Label(name, questions[name].text(locale))
        if "about" in questions:
            form.about.choices = questions["about"].choices(locale)
        return form

    @property
    def ends(self) -> list[str]:
        """The words at both ends of the scale."""
        score = questionnaire.read(self.asked.content)["score"]
        return [questionnaire.said(end, self.meta.locales[0]) for end in score.ends]

    def validate_score(self, field: Field) -> None:
        """Refuse what is no whole number of the scale, and two numbers at once."""
        score = read_score(field.data or "", low=self.asked.score_min, high=self.asked.score_max)
        if score is None or len(field.raw_data) != 1:
            raise ValidationError(
                _(
                    "Please choose a number from %(low)s to %(high)s.",
                    low=self.asked.score_min,
                    high=self.asked.score_max,
                )
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the answer; a missing or foreign form token makes the form stale, which one more press mends."""
        is_valid: bool = super().validate(extra_validators)
        if "csrf_token" in self.errors:
            self.is_stale = True
            self.csrf_token.errors = ()
            self.form_errors.append(_("This page was open for a long time. Please press the button once more."))
        return is_valid

    def said(self) -> Said:
        """Return the answer."""
        return Said(
            score=int(self.score.data),
            about=tuple(self.about.data or ()) if "about" in self else (),
            comment=(self.comment.data or "") if "comment" in self else "",
            may_contact=bool(self.may_contact.data) if "may_contact" in self else False,
        )

"""The base of every form: CSRF, the idempotency field, and errors in the reader's language."""

from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from app.kit.i18n import reader_locale
from app.kit.ids import uuid7
from app.kit.once import FIELD

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Check CSRF on every write, and give hand-written forms `once_key()` for their idempotency field."""
    csrf.init_app(app)
    app.jinja_env.globals["once_key"] = uuid7


class Form(FlaskForm):
    """A form that may be sent twice and acts once: each page that shows it carries a key of its own."""

    once = HiddenField(name=FIELD, default=uuid7)

    class Meta(FlaskForm.Meta):
        """Built-in messages speak the reader's language."""

        @property
        def locales(self) -> list[str]:
            """Return the reader's language under the name that WTForms knows."""
            return ["zh" if reader_locale().startswith("zh") else "en"]


def strip(value: Any) -> Any:
    """Remove white space around a typed text, and the sign NUL, which no database keeps; a filter for text fields."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


def one_line(_form: FlaskForm, field: StringField) -> None:
    """Refuse control characters: a name or subject may end in a mail header."""
    if any(ord(character) < 32 for character in field.data or ""):
        raise ValidationError(field.gettext("Not a valid choice."))

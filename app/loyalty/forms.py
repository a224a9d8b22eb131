"""What a person may send to loyalty."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.kit.forms import Form, one_line, strip


class RedeemForm(Form):
    """Yes to one reward, at the price that the page showed."""

    price = IntegerField(validators=[InputRequired(), NumberRange(1, 2_000_000_000)], widget=HiddenField.widget)


class StepForm(Form):
    """A step that needs no words."""


class RewardForm(Form):
    """A reward in both languages."""

    name_en = StringField(_l("Name in English"), [InputRequired(), Length(max=120), one_line], filters=[strip])
    name_zh = StringField(_l("Name in Chinese"), [InputRequired(), Length(max=120), one_line], filters=[strip])
    note_en = StringField(_l("What it is, in English"), [Length(max=300), one_line], filters=[strip])
    note_zh = StringField(_l("What it is, in Chinese"), [Length(max=300), one_line], filters=[strip])
    price = IntegerField(_l("Price in points"), [InputRequired(), NumberRange(1, 10_000_000)])
    stock = IntegerField(_l("How many there are"), [Optional(), NumberRange(0, 10_000_000)])
    stock_seen = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    is_active = BooleanField(_l("Customers can choose it"))

    def values(self) -> dict[str, Any]:
        """Return the fields under the names that the service takes."""
        names = ("name_en", "name_zh", "note_en", "note_zh", "price", "stock", "is_active")
        return {name: self[name].data for name in names}

"""What an administrator says of the firm."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length

from app.identity.passwords import LONGEST, SHORTEST
from app.kit.forms import Form, one_line, strip
from app.kit.i18n import CHINESE, ENGLISH

_NAME = [InputRequired(_l("Please give a name; customers see it on every page.")), Length(max=120), one_line]
_ADDRESS = _l("This is not a whole address. It looks like name@example.com.")
_ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
)


class SiteForm(Form):
    """Name, language and clock of the firm."""

    name_zh = StringField(_l("The firm's name in Chinese"), _NAME, filters=[strip])
    name_en = StringField(_l("The firm's name in English"), _NAME, filters=[strip])
    locale = SelectField(
        _l("Language of new customers"), choices=[SelectChoice(CHINESE, "中文"), SelectChoice(ENGLISH, "English")]
    )
    timezone = SelectField(_l("Time zone"), choices=[SelectChoice(zone, zone.replace("_", " ")) for zone in _ZONES])

    def values(self) -> dict[str, Any]:
        """Return the fields under the names of the firm's row."""
        return {name: self[name].data for name in ("name_zh", "name_en", "locale", "timezone")}


class SetupForm(SiteForm):
    """The first page of a new installation: the firm and its first administrator."""

    admin_name = StringField(
        _l("Your name"), [InputRequired(_l("Please give your name.")), Length(max=120), one_line], filters=[strip]
    )
    email = EmailField(_l("Your e-mail"), [InputRequired(_ADDRESS), Email(_ADDRESS), Length(max=254)], filters=[strip])
    password = PasswordField(
        _l("Your password"),
        [Length(SHORTEST, LONGEST, message=_l("At least ten characters; a short sentence is easy to remember."))],
        render_kw={"autocomplete": "new-password"},
    )

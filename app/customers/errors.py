"""Why customers refuses, in sentences for people."""

from flask_babel import lazy_gettext as _l

from app.customers.rules.reasons import Reason
from app.kit.errors import Refused


class FileUnreadable(Refused):
    """The file is no table that we can read."""

    status = 422
    sentences = {
        "empty": _l("The file is empty. Nothing was read."),
        "workbook": _l("This is an Excel workbook. In Excel choose “Save as”, then “CSV UTF-8”, and send that file."),
        "packed": _l("This file is packed. Unpack it first, then send the table in it."),
        "encoding": _l(
            "This is not a table of text that we can read. Save it as CSV in UTF-8 or GB18030 and try again."
        ),
    }

    def __init__(self, why: str) -> None:
        super().__init__(self.sentences[why], why=why)


class ColumnsMissing(Refused):
    """The header lacks columns that are needed."""

    status = 422
    message = _l("The file lacks columns that are needed.")


class AlreadyDecided(Refused):
    """The import was confirmed or discarded before."""

    status = 409
    message = _l("Somebody has decided about this file already. Look at it again.")


class SkuTaken(Refused):
    """Another product has this article number."""

    status = 422
    message = _l("Another product has this article number.")


class DoesNotFit(Refused):
    """What a program sent is well formed and does not fit what we know; `errors` names the field."""

    status = 409
    message = _l("This does not fit what we know. Nothing was saved.")
    sentences = {
        Reason.NO_PRODUCT: _l("No product has this number. Send its names in both languages, and it is made."),
        Reason.TWO_PEOPLE: _l("The customer number belongs to one customer and the e-mail address to another."),
        Reason.NOT_YET: _l("This moment lies more than a day ahead, or before 1970."),
    }

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__(errors=[{"field": field, "message": str(self.sentences[reason])}])

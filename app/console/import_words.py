"""Imports in words: fields, faults, and how a file was written."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.customers.rules.reasons import Reason

FIELDS: dict[str, Any] = {
    "external_id": _l("Customer number"),
    "name": _l("Name"),
    "email": _l("E-mail address"),
    "phone": _l("Phone"),
    "company": _l("Company"),
    "locale": _l("Language"),
    "language": _l("Language"),
    "may_mail": _l("May be mailed"),
    "reference": _l("Order number"),
    "sku": _l("Article number"),
    "product": _l("Product"),
    "product_name": _l("Product"),
    "product_zh": _l("Product in Chinese"),
    "product_en": _l("Product in English"),
    "purchased_at": _l("Date of purchase"),
    "quantity": _l("Quantity"),
    "amount": _l("Amount"),
    "currency": _l("Currency"),
    "text": _l("What was said"),
    "score": _l("Score, 0 to 10"),
    "stars": _l("Stars, 1 to 5"),
    "date": _l("Date"),
    "customer": _l("Customer"),
}
REASONS: dict[Reason, Any] = {
    Reason.MISSING: _l("is empty"),
    Reason.TOO_LONG: _l("is too long"),
    Reason.TOO_MANY_CELLS: _l("The row has more cells than the header; a comma may stand in a text without quotes"),
    Reason.BROKEN_OFF: _l("A quotation mark is opened and not closed"),
    Reason.NOT_A_DAY: _l("is not a date we can read; 2026-11-21 is safe"),
    Reason.DAY_OR_MONTH: _l("can be read in two ways, day first or month first; write 2026-11-21"),
    Reason.NOT_YET: _l("lies in the future"),
    Reason.NOT_MONEY: _l("is not an amount we can read"),
    Reason.BELOW_ZERO: _l("is below zero"),
    Reason.TOO_MUCH: _l("is too large to be true"),
    Reason.TOO_EXACT: _l("has more decimals than the currency"),
    Reason.NOT_A_CURRENCY: _l("is not a currency we know"),
    Reason.TWO_CURRENCIES: _l("names two currencies"),
    Reason.NOT_A_COUNT: _l("is not a number of pieces"),
    Reason.NOT_AN_ADDRESS: _l("is not an e-mail address"),
    Reason.NOT_A_PHONE: _l("is not a phone number"),
    Reason.NOT_YES_OR_NO: _l("is neither yes nor no"),
    Reason.NOT_A_LANGUAGE: _l("is not a language we write"),
    Reason.NOT_A_SCORE: _l("is not on the scale"),
    Reason.NO_NUMBER: _l(
        "Customer number and e-mail address are both empty; one of them is needed to know who is meant"
    ),
    Reason.TWO_PEOPLE: _l("belongs to another customer than the customer number"),
    Reason.STRANGER: _l("is nobody we know, and the row has no name to add them"),
    Reason.NO_PRODUCT: _l("is no product we know, and the row has no name to add it"),
    Reason.UNFORESEEN: _l("Something broke on our side with this row; it has been written down"),
}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "gb18030": "GB18030", "utf-16": "UTF-16"}


def fault(kept: Sequence[str]) -> str:
    """Return one fault of a row as a sentence."""
    field, reason, value = kept
    said = str(REASONS[Reason(reason)])
    if not field:
        return said
    if not value:
        return str(_("%(field)s %(is_wrong)s", field=FIELDS[field], is_wrong=said))
    return str(_("%(field)s “%(value)s” %(is_wrong)s", field=FIELDS[field], value=value, is_wrong=said))


def faults(kept: Sequence[Sequence[str]]) -> str:
    """Return all faults of a row."""
    return str(_("; ").join(fault(one) for one in kept))


def missing(groups: Sequence[Sequence[str]]) -> str:
    """Return the columns that a file lacks, as words."""
    return str(_(", ").join(_(" or ").join(str(FIELDS[field]) for field in group) for group in groups))


def delimiter(sign: str) -> str:
    """Return the name of the sign between cells."""
    return str({",": _("comma"), ";": _("semicolon"), "\t": _("tab")}.get(sign, sign))

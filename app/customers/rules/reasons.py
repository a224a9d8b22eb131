"""Why a cell or a row is refused, and what a refusal carries."""

from dataclasses import dataclass
from enum import StrEnum

_SHOWN = 60


class Reason(StrEnum):
    """Each has a sentence in both languages, kept beside the pages."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY_CELLS = "too_many_cells"
    BROKEN_OFF = "broken_off"
    NOT_A_DAY = "not_a_day"
    DAY_OR_MONTH = "day_or_month"
    NOT_YET = "not_yet"
    NOT_MONEY = "not_money"
    BELOW_ZERO = "below_zero"
    TOO_MUCH = "too_much"
    TOO_EXACT = "too_exact"
    NOT_A_CURRENCY = "not_a_currency"
    TWO_CURRENCIES = "two_currencies"
    NOT_A_COUNT = "not_a_count"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_PHONE = "not_a_phone"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_A_SCORE = "not_a_score"
    NO_NUMBER = "no_number"
    TWO_PEOPLE = "two_people"
    STRANGER = "stranger"
    NO_PRODUCT = "no_product"
    UNFORESEEN = "unforeseen"


class Wrong(Exception):
    """A cell cannot be read, or a row cannot be taken; `field` is empty when the whole row is meant."""

    def __init__(self, reason: Reason, field: str = "") -> None:
        self.reason, self.field = reason, field
        super().__init__(reason)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: where, why, and what stood there."""

    field: str
    reason: Reason
    value: str = ""

    def kept(self) -> list[str]:
        """Return what the database keeps; a long value is cut."""
        return [self.field, str(self.reason), self.value[:_SHOWN]]

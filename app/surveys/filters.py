"""Which answers a colleague wants to see: read from the address, harmless when somebody changed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.kit.site import site, today
from app.surveys import wording

EVER = date(2000, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Select:
    """One filter as the page draws it."""

    name: str
    label: str
    value: str
    options: list[tuple[str, Any]]


@dataclass(frozen=True, kw_only=True)
class AnswerFilter:
    """The narrowing of the list of answers; an empty text narrows nothing."""

    period: str
    label: str
    band: str
    language: str
    product: str

    @classmethod
    def read(cls, args: "MultiDict[str, str]", products: Mapping[str, str]) -> "AnswerFilter":
        """Return what the address asks for; values that do not exist count as not given."""
        return cls(
            period=_known(args.get("period"), wording.PERIODS) or "90",
            label=_known(args.get("label"), wording.MOODS),
            band=_known(args.get("band"), wording.BANDS),
            language=_known(args.get("language"), wording.LANGUAGES),
            product=_known(args.get("product"), products),
        )

    @property
    def first_day(self) -> date:
        """The first day of the period on the firm's calendar."""
        return EVER if self.period == "all" else today().date() - timedelta(days=int(self.period) - 1)

    @property
    def since(self) -> datetime:
        """The moment at which the period begins."""
        return datetime.combine(self.first_day, datetime.min.time(), tzinfo=site().zone)

    def values(self) -> dict[str, str]:
        """Return what an address needs to ask for the same."""
        every = {name: str(getattr(self, name)) for name in self.__dataclass_fields__}
        return {name: value for name, value in every.items() if value}

    def selects(self, products: Mapping[str, str]) -> list[Select]:
        """Return the filters as the page draws them."""
        return [
            Select(name="period", label=_("Period"), value=self.period, options=list(wording.PERIODS.items())),
            select("label", _("Mood"), _("Every mood"), self.label, wording.MOODS),
            select("band", _("Score"), _("Every score"), self.band, wording.BANDS),
            select("language", _("Language"), _("Both languages"), self.language, wording.LANGUAGES),
            select("product", _("Product"), _("Every product"), self.product, products),
        ]


def select(name: str, label: str, nothing: str, value: str, options: Mapping[Any, Any]) -> Select:
    """Return one filter; `nothing` is the choice that narrows nothing."""
    return Select(name=name, label=label, value=value, options=[("", nothing), *options.items()])


def _known(value: str | None, names: Iterable[str]) -> str:
    return value if value and value in names else ""

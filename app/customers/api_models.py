"""The bodies of the purchases API: exactly what is described is accepted, nothing is guessed."""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    model_validator,
)

from app.customers.rules.money import MOST_MINOR, MOST_PIECES, currencies
from app.kit import api


def _not_shown(schema: dict[str, Any]) -> None:
    """Leave a default out of the description: a field that is not sent has no value, and null is not one."""
    schema.pop("default", None)


def _is_text(value: Any) -> Any:
    """Refuse a number where a moment is meant: nobody knows whether it counts seconds or milliseconds."""
    if not isinstance(value, str):
        raise ValueError("must be a text such as 2026-11-21T14:05:00+08:00")  # noqa: TRY004  # pydantic takes ValueError
    return value


def _is_currency(code: str) -> str:
    if code not in currencies():
        raise ValueError("must be a currency code of ISO 4217")
    return code


def _whole(value: Any) -> Any:
    """Take 2.0 for 2, as JSON Schema does; True is no number."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


_VISIBLE = r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f])?$"
Number = Annotated[str, Field(strict=True, max_length=100, pattern=r"^[0-9A-Za-z一-鿿][0-9A-Za-z一-鿿._:/#()+-]*$")]
Name = Annotated[str, Field(strict=True, max_length=200, pattern=_VISIBLE)]
Email = Annotated[
    str,
    Field(
        strict=True,
        max_length=254,
        pattern=r"^[A-Za-z0-9_+-]{1,30}(\.[A-Za-z0-9_+-]{1,30}){0,3}@"
        r"([A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?\.){1,4}[A-Za-z]{2,24}$",
    ),
]
Phone = Annotated[str, Field(strict=True, pattern=r"^(\+[1-9][0-9]{6,14}|1[3-9][0-9]{9})$")]
Whole = Annotated[StrictInt, BeforeValidator(_whole)]
Moment = Annotated[AwareDatetime, BeforeValidator(_is_text)]
Currency = Annotated[str, Field(strict=True, json_schema_extra={"enum": currencies()}), AfterValidator(_is_currency)]


class Strict(api.Body):
    """A body in which nothing is trimmed or turned into something else."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class CustomerIn(Strict):
    """Who bought: known by the number in your books, else by e-mail; the rest is used when they are new."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["external_id"]}, {"required": ["email"]}]})

    external_id: Number = Field("", json_schema_extra=_not_shown, examples=["C-10023"])
    email: Email = Field("", json_schema_extra=_not_shown, examples=["zhixia@example.com"])
    name: Name = Field("", json_schema_extra=_not_shown, examples=["沈知夏"])
    company: Name = Field("", json_schema_extra=_not_shown, examples=["上海滤净科技有限公司"])
    phone: Phone = Field("", json_schema_extra=_not_shown, examples=["+8613800138000"])
    language: Literal["zh-Hans", "en"] = Field("zh-Hans", description="the language in which we write to them")

    @model_validator(mode="after")
    def _one_of_two(self) -> "CustomerIn":
        if not (self.external_id or self.email):
            raise ValueError("external_id or email is needed")
        return self


class ProductIn(Strict):
    """What was bought: known by its article number; with both names it is made when it is new."""

    sku: Number = Field(examples=["W2"])
    name_en: Name = Field("", json_schema_extra=_not_shown, examples=["Water filter W2"])
    name_zh: Name = Field("", json_schema_extra=_not_shown, examples=["W2 净水器"])


class PurchaseIn(Strict):
    """One purchase. The same reference and product again is the same purchase."""

    reference: Number = Field(description="the order number in your books", examples=["SO-2026-1021"])
    customer: CustomerIn
    product: ProductIn
    purchased_at: Moment = Field(description="RFC 3339, with a zone", examples=["2026-11-21T14:05:00+08:00"])
    quantity: Whole = Field(1, ge=1, le=MOST_PIECES)
    amount_minor: Whole = Field(
        0, ge=0, le=MOST_MINOR, description="in the smallest unit of the currency: fen, cents", examples=[259_900]
    )
    currency: Currency = Field("CNY", description="ISO 4217")
    is_history: StrictBool = Field(
        default=False, description="true for a purchase of the past: nobody is asked, nothing is earned"
    )


class PurchaseOut(BaseModel):
    """The purchase as it stands in our books."""

    reference: str = Field(examples=["SO-2026-1021"])
    sku: str = Field(examples=["W2"])
    customer_id: str = Field(
        description="our number of the customer, a UUID", examples=["019aa5b0-0000-7000-8000-000000000000"]
    )
    purchased_at: str = Field(examples=["2026-11-21T06:05:00Z"])
    quantity: int = Field(examples=[1])
    amount_minor: int = Field(examples=[259_900])
    currency: str = Field(examples=["CNY"])
    is_new: bool = Field(description="false when the purchase was known already", examples=[True])


class RequestHeaders(BaseModel):
    """Headers of a write."""

    idempotency_key: str = Field(
        "",
        alias="Idempotency-Key",
        max_length=200,
        pattern=r"^[!-~]*$",
        json_schema_extra=_not_shown,
        description="the same key with the same body gives the same answer and one effect; with another body 409",
    )

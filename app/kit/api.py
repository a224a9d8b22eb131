"""What every part of the API shares: its description, its token scheme and its error format (RFC 9457)."""

from typing import Any

from flask import Response
from flask_babel import gettext as _
from flask_openapi.models import Info, SecurityScheme
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.kit.errors import refusal

INFO = Info(title="Revisit", version="1.0.0", description="Purchases in, stage events out.")
SECURITY: dict[str, SecurityScheme | dict[str, Any]] = {"token": {"type": "http", "scheme": "bearer"}}


class Problem(BaseModel):
    """Problem details: why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str
    errors: list[dict[str, Any]] = Field(default_factory=list, description="the fields that are wrong, and why")


class Body(BaseModel):
    """The base of every request body: an unknown field is refused rather than ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def refuse_invalid(fault: ValidationError) -> Response:
    """Answer 422 with every field that is wrong; never repeat what was sent."""
    errors = [
        {"field": ".".join(map(str, error["loc"])), "message": error["msg"]}
        for error in fault.errors(include_input=False, include_url=False, include_context=False)
    ]
    return refusal(422, _("Some fields are missing or wrong. Nothing was saved."), errors=errors)

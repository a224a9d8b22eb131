"""What every part of the API shares: its description, its token scheme and its error format (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_openapi.models import Info, SecurityScheme
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.kit.errors import Refused, refusal

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


class NotJson(Refused):
    """The body is not marked as JSON."""

    status = 415
    message = _l("Send JSON, with the header Content-Type: application/json.")


class BrokenJson(Refused):
    """The body is marked as JSON and is none."""

    status = 400
    message = _l("The body is not valid JSON.")


class NotAnObject(Refused):
    """The body is JSON, but a list, a text or a number."""

    status = 422
    message = _l("The body must be a JSON object.")


def json_only() -> None:
    """Refuse a body that is no JSON object; a blueprint's `before_request`."""
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    if request.mimetype != "application/json":
        raise NotJson
    try:
        body = request.get_json(silent=True)
    except RecursionError as fault:  # ten thousand brackets
        raise BrokenJson from fault
    if body is None and request.get_data(cache=True).strip() != b"null":
        raise BrokenJson
    if not isinstance(body, dict):
        raise NotAnObject


def problems(*statuses: int) -> dict[str | int, Any]:
    """Return what an operation says about its refusals: each is problem details."""
    return {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }

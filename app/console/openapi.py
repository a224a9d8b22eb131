"""The description of the API, for programs and for those who write them."""

from typing import Any, cast

from flask import Blueprint, current_app
from flask_openapi.openapi import OpenAPI

from app.identity.access import anyone

bp = Blueprint("openapi_description", __name__)


@bp.get("/api/v1/openapi.json")
@anyone("a description, no data")
def description() -> dict[str, Any]:
    """Say what the API can do."""
    return cast("OpenAPI", current_app).api_doc

"""The reader chooses a language; the choice beats the customer's own and the browser's."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.identity.access import anyone
from app.kit import i18n
from app.kit.pages import local_path

bp = Blueprint("language", __name__)


@bp.post("/language")
@anyone("everybody reads")
def choose() -> ResponseReturnValue:
    """Remember the language and go back to the page."""
    i18n.choose(request.form.get("to", ""))
    return redirect(local_path(request.form.get("next")))

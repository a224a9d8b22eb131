"""Refusals: a status and a sentence that a customer may read, as a page or as RFC 9457 problem details."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

log = structlog.get_logger(__name__)

_SENTENCES = {
    400: _l("Something in this request was not understood. Go back and try once more."),
    401: _l("Please sign in first."),
    403: _l("This page is for somebody else. If you should see it, ask a colleague who may."),
    404: _l("There is nothing at this address. It may have moved, or the link is not whole."),
    405: _l("This address cannot be used that way."),
    413: _l("That is too large. Please send less at once."),
    415: _l("This kind of content is not understood here."),
    429: _l("That was a lot in a short time. Please wait a minute; nothing is lost."),
    500: _l("Something broke on our side. It has been written down, and nothing that you sent before is lost."),
    503: _l(
        "We cannot reach our records right now. Please try again in a minute; what you wrote is still on your page."
    ),
}


class Refused(Exception):
    """A business refusal: subclasses say the `status` and the `message`; `details` go to API callers."""

    status = 400
    message: Any = _SENTENCES[400]

    def __init__(self, message: Any = None, **details: Any) -> None:
        self.message = message or self.message
        self.details = details
        super().__init__(str(self.message))


class NotThere(Refused):
    """Nothing is there, or nothing that this person may see: the two look the same."""

    status = 404
    message = _SENTENCES[404]


def is_api() -> bool:
    """Return True when the reader is a program."""
    return request.path.startswith("/api/")


def refusal(status: int, message: Any, **details: Any) -> Response:
    """Answer with a page for people and with problem details for programs."""
    if is_api():
        answer = jsonify(
            {
                "type": "about:blank",
                "title": HTTPStatus(status).phrase,
                "status": status,
                "detail": str(message),
            }
            | details
        )
        answer.status_code, answer.mimetype = status, "application/problem+json"
        return answer
    return make_response(render_template("errors/refusal.html", status=status, message=message), status)


def init_app(app: Flask) -> None:
    """Turn every refusal, HTTP error, lost database and unforeseen fault into an answer in the reader's language."""

    @app.errorhandler(Refused)
    def _refused(fault: Refused) -> Response:
        return refusal(fault.status, fault.message, **fault.details)

    @app.errorhandler(HTTPException)
    def _http(fault: HTTPException) -> Response:
        status = fault.code or 500
        answer = refusal(status, _SENTENCES.get(status, _("This did not work. Go back and try once more.")))
        for name, value in fault.get_headers():
            if name in {"Allow", "Retry-After", "Location"}:
                answer.headers[name] = value
        return answer

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    def _database(fault: Exception) -> Response:
        log.error("the database did not answer", fault=str(fault))
        answer = refusal(503, _SENTENCES[503])
        answer.headers["Retry-After"] = "30"
        return answer

    @app.errorhandler(Exception)
    def _unforeseen(fault: Exception) -> Response:
        log.error("unforeseen fault", path=request.path, exc_info=fault)
        return refusal(500, _SENTENCES[500])

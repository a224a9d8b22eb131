"""Limits: how much may come at once, and how often. Often is counted here, or in Redis for all processes."""

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, headers_enabled=True, strategy="moving-window")
FORM_BYTES = 1024 * 1024
UPLOAD_BYTES = 32 * 1024 * 1024


@limiter.request_filter
def is_off() -> bool:
    """Tell whether this application counts nothing: the counter is one for all applications of a process."""
    return not current_app.config["RATELIMIT_ENABLED"]


def init_app(app: Flask) -> None:
    """Count requests, and set how long each may be: only what can carry a file may be longer than a megabyte."""
    limiter.init_app(app)

    @app.before_request
    def _by_kind() -> None:
        request.max_content_length = UPLOAD_BYTES if request.mimetype == "multipart/form-data" else FORM_BYTES

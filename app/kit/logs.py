"""Logs: one line an event, with the request's id; never a text that a customer wrote, never a token."""

import logging
import sys

import structlog
from flask import Flask, g, request

from app.kit.ids import uuid7


def configure(log_format: str) -> None:
    """Write plain lines for people or JSON for machines."""
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            render,
        ],
        logger_factory=_to_stderr,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )


def _to_stderr(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)  # standard output belongs to what a command prints


def init_app(app: Flask) -> None:
    """Bind the request's id to every line that it causes."""

    @app.before_request
    def _bind() -> None:
        g.request_id = uuid7()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id, endpoint=request.endpoint)

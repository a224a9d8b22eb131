"""Numbers of rows as strangers send them: one that no database can hold names nothing, and is no fault of ours."""

from flask import Flask
from werkzeug.routing import IntegerConverter

_DIGITS = 18  # always fits a bigint, on both databases


class RowNumber(IntegerConverter):
    """`<int:…>` in an address; a number longer than that of any row is no address of ours."""

    regex = rf"\d{{1,{_DIGITS}}}"


def row_number(text: str | None) -> int | None:
    """Return the number that a field or a filter names, or None for what can be no row's number."""
    return int(text) if text and text.isdecimal() and len(text) <= _DIGITS else None


def init_app(app: Flask) -> None:
    """Let every address read its numbers so; to be called before the first route."""
    app.url_map.converters["int"] = RowNumber

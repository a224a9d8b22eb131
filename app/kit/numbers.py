"""What strangers write where a row is named: what no database can hold names nothing, and is no fault of ours."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

_DIGITS = 18  # always fits a bigint, on both databases


class RowNumber(IntegerConverter):
    """`<int:…>` in an address; a number longer than that of any row is no address of ours."""

    regex = rf"\d{{1,{_DIGITS}}}"


class Name(UnicodeConverter):
    """`<…>` in an address, without the sign NUL, which PostgreSQL refuses."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **kwargs)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def row_number(text: str | None) -> int | None:
    """Return the number that a field or a filter names, or None for what can be no row's number."""
    return int(text) if text and text.isdecimal() and len(text) <= _DIGITS else None


def init_app(app: Flask) -> None:
    """Let every address read its parts so; to be called before the first route."""
    app.url_map.converters |= {"int": RowNumber, "default": Name, "string": Name}

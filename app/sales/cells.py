"""Cells of a CSV that people open: UTF-8 with a mark for Chinese Excel, CRLF, every cell quoted, no formula runs."""

from collections.abc import Iterable
from typing import Any

MARK = "\ufeff"  # without it Excel reads Chinese as gibberish
_STARTS_A_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def line(cells: Iterable[Any]) -> str:
    """Return one line of the file (RFC 4180)."""
    return ",".join(map(cell, cells)) + "\r\n"


def cell(value: Any) -> str:
    """Return one cell: a number as it is, a text quoted, and made harmless when a spreadsheet would run it.

    Excel, LibreOffice and WPS run a text that begins with = + - @ (full-width signs too), also behind white space or
    quotes; an apostrophe in front makes it text again (OWASP, "CSV Injection").
    """
    if value is None:
        return '""'
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if text.startswith(_STARTS_A_FORMULA) or text.lstrip(" \u00a0\u3000'\"").startswith(_STARTS_A_FORMULA):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"'

"""Which language a page speaks: the reader's choice, then the customer's own, then the browser's."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, refresh

CHINESE = "zh_Hans"
ENGLISH = "en"
LOCALES = (ENGLISH, CHINESE)
_CHOICE = "language"


def nearest(tag: str | None) -> str | None:
    """Return the locale that serves the language tag: every kind of Chinese is zh_Hans; None for a language we lack."""
    name = (tag or "").replace("_", "-").lower()
    if name.split("-")[0] == "zh":
        return CHINESE
    return ENGLISH if name.split("-")[0] == "en" else None


def reader_locale() -> str:
    """Return the locale of the page in the making, or English outside a request."""
    if not has_request_context():
        return ENGLISH
    if "reader_locale" not in g:
        g.reader_locale = nearest(session.get(_CHOICE)) or nearest(g.get("customer_locale")) or _of_browser()
    locale: str = g.reader_locale
    return locale


def speak_like(customer_locale: str | None) -> None:
    """Tell the page in the making whose language it should speak unless the reader has chosen one."""
    g.customer_locale = customer_locale
    g.pop("reader_locale", None)
    refresh()


def choose(locale: str) -> None:
    """Remember the reader's choice of language."""
    session[_CHOICE] = nearest(locale) or ENGLISH


def init_app(app: Flask) -> None:
    """Compile stale catalogs and connect Babel."""
    folder = Path(app.root_path) / "translations"
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        _compile(source)
    Babel(app, locale_selector=reader_locale, default_locale=ENGLISH)


def _of_browser() -> str:
    return next(filter(None, map(nearest, request.accept_languages.values())), ENGLISH)


def _compile(source: Path) -> None:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file))
    fresh = target.with_suffix(".mo.new")
    fresh.write_bytes(compiled.getvalue())
    fresh.replace(target)  # whole or not at all, for a process that starts beside this one

"""What every page knows and can do: the firm, the reader, times in the reader's words."""

from datetime import datetime
from typing import Any

from flask import current_app, g, url_for
from flask_babel import format_datetime

from app.kit import clock, i18n
from app.kit.site import site


def local_path(target: str | None) -> str:
    """Return `target` when it is a path of this site, else the front page: a link must not lead elsewhere."""
    is_local = (
        target
        and target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and not any(ord(sign) < 32 for sign in target)
    )
    return target if target and is_local else "/"


def public_url(endpoint: str, **values: Any) -> str:
    """Return the address of a page as a customer opens it, wherever it is made: in a mail, a job, a command."""
    base = current_app.extensions["revisit.config"].public_url.rstrip("/")
    with current_app.test_request_context():
        return f"{base}{url_for(endpoint, **values)}"


def local_time(moment: datetime, kind: str = "short") -> str:
    """Return a moment on the firm's clock: only the time today, month and day this year, else the whole date.

    `kind` is short, full (date and time in digits) or day (never the time).
    """
    local, now = site().local(moment), site().local(clock.now())
    if kind == "full":
        return str(format_datetime(local, "yyyy-MM-dd HH:mm", rebase=False))
    if kind != "day" and local.date() == now.date():
        return str(format_datetime(local, "HH:mm", rebase=False))
    chinese = i18n.reader_locale() == i18n.CHINESE
    if local.year != now.year:
        pattern = "y年M月d日" if chinese else "d MMM y"
    else:
        pattern = ("M月d日" if chinese else "d MMM") + (" HH:mm" if kind != "day" else "")
    return str(format_datetime(local, pattern, rebase=False))


def context() -> dict[str, Any]:
    """Return what every template knows."""
    locale = i18n.reader_locale()
    return {
        "site": {"name": site().name(locale)},
        "locale": locale,
        "person": g.get("person"),
        "local_time": local_time,
        "demo": site().has_demo,
        "is_embedded": current_app.extensions["revisit.config"].is_embedded,
    }

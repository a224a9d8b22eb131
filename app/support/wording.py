"""Times, durations and names of support, in the reader's words."""

from datetime import date, datetime, timedelta

from flask_babel import format_datetime, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.customers.models import Product
from app.kit import clock
from app.kit.site import site
from app.support.rules import NPS_MAX, Mood, State

MOODS = {
    Mood.NEGATIVE: _l("Upset"),
    Mood.UNREAD: _l("Not readable"),
    Mood.MIXED: _l("Mixed"),
    Mood.NEUTRAL: _l("So-so"),
    Mood.POSITIVE: _l("Happy"),
}
STATES = {
    State.OPEN: _l("In our hands"),
    State.WAITING: _l("Waiting for the customer"),
    State.RESOLVED: _l("Solved"),
}
CUSTOMER_STATES = {
    State.OPEN: _l("We are working on it"),
    State.WAITING: _l("We are waiting for you"),
    State.RESOLVED: _l("Solved"),
}


def speaks_chinese() -> bool:
    """Return True when the text in the making is Chinese, in a page or in a mail."""
    locale = get_locale()
    return bool(locale) and locale.language == "zh"


def duration(length: timedelta) -> str:
    """Return a working time in hours and minutes: "2 h 10 min"."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return str(_("%(m)s min", m=minutes))
    return str(_("%(h)s h %(m)s min", h=hours, m=minutes) if minutes else _("%(h)s h", h=hours))


def by_when(moment: datetime) -> str:
    """Return a moment near now as people say it: "today 15:25", "tomorrow 09:55", "Mon 23 Nov 09:55"."""
    local = site().local(moment)
    days = (local.date() - site().local(clock.now()).date()).days
    time = f"{local:%H:%M}"
    if days in _NEAR:
        return str(_("%(day)s %(time)s", day=_NEAR[days], time=time))
    return dated(moment)


def dated(moment: datetime) -> str:
    """Return a moment with its date, for texts that are read later: "Sat 21 Nov 15:25"."""
    local = site().local(moment)
    pattern = "M月d日 EEE HH:mm" if speaks_chinese() else "EEE d MMM HH:mm"
    if local.year != site().local(clock.now()).year:
        pattern = "y年M月d日 HH:mm" if speaks_chinese() else "d MMM y HH:mm"
    return str(format_datetime(local, pattern, rebase=False))


def ago(moment: datetime) -> str:
    """Return how long something is past, roughly: "21 min ago", "3 h ago", "2 days ago"."""
    minutes = max(int((clock.now() - moment).total_seconds()) // 60, 0)
    if minutes < 60:
        return str(_("%(m)s min ago", m=minutes))
    if minutes < 48 * 60:
        return str(_("%(h)s h ago", h=minutes // 60))
    return str(_("%(d)s days ago", d=minutes // (24 * 60)))


def hour(moment: datetime) -> str:
    """Return the time of day on the firm's clock."""
    return f"{site().local(moment):%H:%M}"


def product_name(product: Product | None) -> str:
    """Return the product's name in the language of the text, or nothing."""
    return product.name("zh" if speaks_chinese() else "en") if product else ""


def scored(product: str, score: int | None, score_max: int) -> str:
    """Return the title of a follow-up: what was bought and how it was rated."""
    if score is None:
        return str(_("%(product)s: words after a survey", product=product) if product else _("Words after a survey"))
    if not product:
        return str(_("Scored %(score)s of %(most)s", score=score, most=score_max))
    if score_max == NPS_MAX:
        return str(_("%(product)s: scored %(score)s", product=product, score=score))
    return str(_("%(product)s: scored %(score)s of %(most)s", product=product, score=score, most=score_max))


_NEAR = {-1: _l("yesterday"), 0: _l("today"), 1: _l("tomorrow")}


def day_of(moment: datetime) -> date:
    """Return the date of a moment on the firm's clock."""
    return site().local(moment).date()


def is_today(moment: datetime) -> bool:
    """Return True for a moment of today on the firm's clock."""
    return day_of(moment) == day_of(clock.now())

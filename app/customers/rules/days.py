"""Days and times as people write them: 2026年11月21日 下午2:05, 2026/11/21, 21 Nov 2026, 2026-11-21T06:05:00Z."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from app.customers.rules.reasons import Reason, Wrong
from app.customers.rules.texts import plain

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>" + "|".join(_MONTHS) + r")[a-z]*\.?"
_WEEKDAY = re.compile(
    r"[((]?(?:星期|周|礼拜)[一二三四五六日天][))]?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?"
)
_SHAPES = tuple(
    re.compile(shape + r"(?P<rest>.*)")
    for shape in (
        r"(?P<y>\d{4}) ?[-/.年] ?(?P<m>\d{1,2}) ?[-/.月] ?(?P<d>\d{1,2})(?!\d) ?[日号]?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ -/.]?(?:of )?" + _MONTH + r"[ -/.,]*(?P<y>\d{4})(?!\d)",
        _MONTH + r" ?(?P<d>\d{1,2})(?:st|nd|rd|th)?,? ?(?P<y>\d{4})(?!\d)",
    )
)
_EITHER = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})(?!\d)(?P<rest>.*)")
_CLOCK = re.compile(
    r"[t ,]*(?P<half>上午|下午|晚上|中午|凌晨|早上)? ?(?P<h>\d{1,2}) ?[:点时] ?(?P<min>\d{1,2})?"
    r"(?: ?[:分] ?(?P<s>\d{1,2})?)?(?:[.,]\d{1,9})? ?秒? ?(?P<m>[ap]\.?m\.?)? ?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?"
)
_AFTER_NOON = {"下午", "晚上", "中午", "p"}


def moment(text: str, zone: tzinfo) -> datetime:
    """Read a day, perhaps with a time, on the clock of `zone` unless it names its own; return it in UTC.

    A day without a time begins at midnight. 03/04/2026 is refused: two readings are possible.
    """
    written = _WEEKDAY.sub("", plain(text).casefold()).strip()
    for shape in _SHAPES:
        found = shape.fullmatch(written)
        if found:
            return _built(found, int(found["d"]), _month(found), zone)
    found = _EITHER.fullmatch(written)
    if found:
        return _built(found, *_day_and_month(int(found["a"]), int(found["b"])), zone)
    raise Wrong(Reason.NOT_A_DAY)


def past_moment(text: str, zone: tzinfo, now: datetime) -> datetime:
    """Read a moment that has been; one more than a day ahead is refused, clocks being what they are."""
    found = moment(text, zone)
    if found > now + timedelta(days=1):
        raise Wrong(Reason.NOT_YET)
    return found


def _month(found: re.Match[str]) -> int:
    names = found.groupdict()
    return _MONTHS.index(names["name"]) + 1 if names.get("name") else int(names["m"])


def _day_and_month(a: int, b: int) -> tuple[int, int]:
    if a <= 12 and b <= 12 and a != b:
        raise Wrong(Reason.DAY_OR_MONTH)
    return (a, b) if a > 12 or a == b else (b, a)


def _built(found: re.Match[str], day: int, month: int, zone: tzinfo) -> datetime:
    clock = _CLOCK.fullmatch(found["rest"].rstrip()) if found["rest"].strip() else None
    if found["rest"].strip() and clock is None:
        raise Wrong(Reason.NOT_A_DAY)
    try:
        built = datetime(int(found["y"]), month, day, *_time(clock), tzinfo=_zone(clock) or zone)
        if not 1970 <= built.year <= 2200:
            raise Wrong(Reason.NOT_A_DAY)
        return built.astimezone(UTC)
    except (ValueError, OverflowError) as fault:  # 30 February, 25 o'clock
        raise Wrong(Reason.NOT_A_DAY) from fault


def _time(clock: re.Match[str] | None) -> tuple[int, int, int]:
    if clock is None:
        return 0, 0, 0
    hour, half = int(clock["h"]), clock["half"] or (clock["m"] or "")[:1]
    if half in _AFTER_NOON and 1 <= hour < 12 and not (half == "中午" and hour == 11):
        hour += 12
    elif half in {"a", "凌晨"} and hour == 12:
        hour = 0
    return hour, int(clock["min"] or 0), int(clock["s"] or 0)


def _zone(clock: re.Match[str] | None) -> tzinfo | None:
    name = clock["zone"] if clock else None
    if not name:
        return None
    if name in {"z", "utc", "gmt"}:
        return UTC
    sign = -1 if name[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[-2:])))

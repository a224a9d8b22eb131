"""Money and counts as people write them: ¥1,299.00, 1299元, 1.2万, US$ 12.50, €1.299,00."""

import re
from decimal import Decimal

from babel.numbers import get_currency_precision, list_currencies

from app.customers.rules.reasons import Reason, Wrong
from app.customers.rules.texts import plain

MOST_MINOR = 10**15
MOST_PIECES = 1_000_000
_KNOWN = frozenset(list_currencies())
_SIGNS = {
    "人民币": "CNY", "rmb": "CNY", "元": "CNY", "块": "CNY", "¥": "CNY", "us$": "USD", "美元": "USD", "hk$": "HKD",
    "港币": "HKD", "港元": "HKD", "nt$": "TWD", "新台币": "TWD", "s$": "SGD", "a$": "AUD", "$": "USD", "欧元": "EUR",
    "€": "EUR", "英镑": "GBP", "£": "GBP", "日元": "JPY", "円": "JPY", "韩元": "KRW", "₩": "KRW", "₹": "INR",
}  # fmt: skip
_TOLD = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)) + r"|\b[a-z]{3}\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:(?P<mark>[,.' ])\d{3})(?:(?P=mark)\d{3})*")
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)? ?(?:件|个|台|套|份|盒|瓶|支|部|辆|张|份保单|pcs|pieces|pc)?")


def currencies() -> list[str]:
    """Return every currency code we take."""
    return sorted(_KNOWN)


def currency(text: str) -> str:
    """Read a currency: an ISO 4217 code, a sign or a Chinese name."""
    word = plain(text).casefold()
    found = _SIGNS.get(word, word.upper())
    if found not in _KNOWN:
        raise Wrong(Reason.NOT_A_CURRENCY)
    return found


def amount(text: str, told: str | None = None) -> tuple[int, str]:
    """Read an amount into minor units and its currency; `told` is what another column says, else CNY is meant."""
    written = plain(text).casefold()
    signs = _TOLD.findall(written)
    code = _agreed({_code(sign) for sign in signs}, told)
    digits = _TOLD.sub("", written).strip()
    if digits.startswith(("-", "−", "(")):
        raise Wrong(Reason.BELOW_ZERO)
    value = _number(digits.lstrip("+").strip())
    return minor(value, code), code


def minor(value: Decimal, code: str) -> int:
    """Return the value in the currency's smallest unit; a fraction of that is refused, not rounded."""
    if value >= MOST_MINOR:
        raise Wrong(Reason.TOO_MUCH)
    scaled = value.scaleb(get_currency_precision(code))
    if scaled != scaled.to_integral_value():
        raise Wrong(Reason.TOO_EXACT)
    if scaled > MOST_MINOR:
        raise Wrong(Reason.TOO_MUCH)
    return int(scaled)


def pieces(text: str) -> int:
    """Read how many were bought, one at least."""
    found = _COUNT.fullmatch(plain(text).casefold())
    if found is None or not 1 <= int(found[1]) <= MOST_PIECES:
        raise Wrong(Reason.NOT_A_COUNT)
    return int(found[1])


def _code(sign: str) -> str:
    return _SIGNS.get(sign) or currency(sign)


def _agreed(written: set[str], told: str | None) -> str:
    if told == "JPY" and written == {"CNY"}:
        return "JPY"  # ¥ is the sign of both
    if len(written | {told} - {None}) > 1:
        raise Wrong(Reason.TWO_CURRENCIES)
    return next(iter(written), told or "CNY")


def _number(digits: str) -> Decimal:
    """Read digits with thousands marks in Chinese, English or continental style."""
    times = Decimal(1)
    if digits.endswith(("万", "亿")):
        times = Decimal(10_000 if digits.endswith("万") else 100_000_000)
        digits = digits[:-1].strip()
    mark = _decimal_mark(digits)
    whole, _, fraction = digits.partition(mark) if mark else (digits, "", "")
    if _THOUSANDS.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    if not whole.isdigit() or not whole.isascii() or len(whole) > 20:
        raise Wrong(Reason.NOT_MONEY)
    if mark == "." and "," not in digits and len(fraction) == 3:
        raise Wrong(Reason.TOO_EXACT)  # 1.299 is one and a bit in Shanghai and over a thousand in Berlin
    if mark and not (fraction.isascii() and fraction.isdigit() and len(fraction) <= 20):
        raise Wrong(Reason.NOT_MONEY)
    return Decimal(f"{whole}.{fraction or 0}") * times


def _decimal_mark(digits: str) -> str:
    """Return the sign before the fraction: the last of two kinds; a lone one unless three digits follow a comma."""
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        return "," if comma > dot else "."
    if dot >= 0:
        return "." if digits.count(".") == 1 else ""
    if comma < 0 or digits.count(",") > 1:
        return ""
    return "" if len(digits) - comma - 1 == 3 else ","

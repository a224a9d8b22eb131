"""How to reach somebody: e-mail addresses and phone numbers in one shape."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from app.customers.rules.reasons import Reason, Wrong
from app.customers.rules.texts import plain

_HOME = "CN"
_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")
_ORDINARY = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


def email(text: str) -> str:
    """Read an e-mail address; return it in lower case."""
    written = plain(text).casefold().removeprefix("mailto:")
    if len(written) <= 64 and _ORDINARY.fullmatch(written):
        return written  # nearly every address; the full rules cost twenty times as much
    try:
        found = validate_email(written, check_deliverability=False)
    except (EmailNotValidError, UnicodeError) as fault:
        raise Wrong(Reason.NOT_AN_ADDRESS) from fault
    return found.normalized.casefold()


def phone(text: str) -> str:
    """Read a phone number, Chinese unless it names its country; return it as +8613800138000, or with ` x12`."""
    written = re.sub(r"转|分机", " ext ", plain(text))
    mobile = _MOBILE.fullmatch(written.replace(" ", "").replace("-", ""))
    if mobile:
        return f"+86{mobile[1]}"  # nearly every number here; the library costs forty times as much
    try:
        found = phonenumbers.parse(written, _HOME)
    except phonenumbers.NumberParseException as fault:
        raise Wrong(Reason.NOT_A_PHONE) from fault
    if not phonenumbers.is_possible_number(found):
        raise Wrong(Reason.NOT_A_PHONE)
    number = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    return f"{number} x{found.extension}" if found.extension else str(number)

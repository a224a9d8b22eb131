"""Every door whose address names a thing: whose it is, and how to make one. A new route gets its line here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.identity.rules import Role
from tests.journeys import things
from tests.journeys.things import Owner

CUSTOMER, COLLEAGUE, KEY = "this customer", "this colleague", "whoever holds the key"
HUGE = 10**30


@dataclass(frozen=True)
class Door:
    """Whom a door is for (a role, this customer, this colleague, a key), how to make what it names, what names nothing.

    `body` is what a person who may would send; `shut` is the answer where the address names nothing.
    """

    who: str | tuple[Role, ...]
    make: Callable[[Owner], Any]
    nothing: tuple[Any, ...]
    body: dict[str, str] = field(default_factory=dict)
    shut: int = 404


_NO_NUMBER, _NO_ID, _NO_CODE = (999_999, HUGE), (999_999, HUGE), ("NOSUCHCODE12", "x", "a%00b")
_NO_PUBLIC_ID = ("018f0000-0000-7000-8000-000000000000", "1", "x", "a%00b")
_NO_KEY = ("forged", "x" * 32, "WzEwMDEsMV0.forged", "a%00b")
_WORDS = {"text": "还在漏"}
_FRIEND = {"name": "顾以宁", "email": "yining@example.com", "agrees": "y"}

DOORS: dict[str, Door] = {
    "/portal/requests/<int:number>": Door(CUSTOMER, things.number, _NO_NUMBER, _WORDS),
    "/portal/requests/<int:number>/confirm": Door(CUSTOMER, things.solved, _NO_NUMBER),
    "/portal/requests/<int:number>/reopen": Door(CUSTOMER, things.solved, _NO_NUMBER, _WORDS),
    "/portal/points/vouchers/<code>": Door(CUSTOMER, things.voucher, _NO_CODE),
    "/portal/points/rewards/<public_id>": Door((Role.CUSTOMER,), things.affordable, _NO_PUBLIC_ID, {"price": "10"}),
    "/account/sessions/<int:session_id>/end": Door(CUSTOMER, things.customers_session, _NO_ID),
    "/account/passkeys/<int:passkey_id>/remove": Door(COLLEAGUE, things.passkey, _NO_ID),
    "/support/<int:number>": Door(
        (Role.AGENT,), things.number, _NO_NUMBER, _WORDS | {"to": "note", "then": "wait", "version": "1"}
    ),
    "/support/<int:number>/take": Door((Role.AGENT,), things.number, _NO_NUMBER),
    "/support/<int:number>/reopen": Door((Role.AGENT,), things.solved, _NO_NUMBER),
    "/support/vouchers/<code>/use": Door((Role.AGENT, Role.SALES), things.voucher, _NO_CODE),
    "/support/vouchers/<code>/cancel": Door((Role.LEAD,), things.voucher, _NO_CODE),
    "/sales/customers/<public_id>": Door((Role.SALES,), things.portrait, _NO_PUBLIC_ID),
    "/sales/data/keys/<int:token_id>/end": Door((Role.SALES,), things.program, _NO_ID),
    "/admin/rewards/<public_id>": Door(
        (Role.ADMIN,), things.reward, _NO_PUBLIC_ID, {"name_en": "Set", "name_zh": "一套", "price": "10"}
    ),
    "/admin/colleagues/<int:staff_id>": Door((Role.ADMIN,), things.colleague, _NO_ID, {"role": "agent"}),
    "/admin/products/<int:product_id>": Door(
        (Role.ADMIN,), things.product, _NO_ID, {"name_en": "Filter", "name_zh": "滤芯", "ask_after_days": "3"}
    ),
    "/admin/imports/<public_id>": Door((Role.SALES,), things.sent_file, _NO_PUBLIC_ID),
    "/admin/imports/<public_id>/progress": Door((Role.SALES,), things.sent_file, _NO_PUBLIC_ID),
    "/admin/imports/<public_id>/confirm": Door((Role.SALES,), things.sent_file, _NO_PUBLIC_ID, {"history": "old"}),
    "/admin/imports/<public_id>/discard": Door((Role.SALES,), things.sent_file, _NO_PUBLIC_ID),
    "/admin/imports/<public_id>/refused.csv": Door((Role.SALES,), things.sent_file, _NO_PUBLIC_ID),
    "/admin/deliveries/<int:parcel_id>/again": Door((Role.ADMIN,), things.dead_parcel, _NO_ID),
    "/admin/deliveries/parked/<int:parked_id>/now": Door((Role.ADMIN,), things.parked, _NO_ID),
    "/admin/receivers/<int:endpoint_id>": Door((Role.ADMIN,), things.receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/on": Door((Role.ADMIN,), things.receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/off": Door((Role.ADMIN,), things.receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/secret": Door((Role.ADMIN,), things.receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/try": Door((Role.ADMIN,), things.receiver, _NO_ID),
    "/s/<token>": Door(KEY, things.survey_key, _NO_KEY, {"score": "9"}),
    "/s/<token>/thanks": Door(KEY, things.answered_key, _NO_KEY),
    "/unsubscribe/<token>": Door(KEY, things.stop_key, _NO_KEY),
    "/q/<token>": Door(KEY, things.request_key, _NO_KEY, _WORDS),
    "/q/<token>/confirm": Door(KEY, things.solved_key, _NO_KEY),
    "/q/<token>/reopen": Door(KEY, things.solved_key, _NO_KEY, _WORDS),
    "/r/<code>": Door(
        KEY, things.friends_key, _NO_KEY, {"name": "顾以宁", "email": "yining@example.com", "agrees": "y"}
    ),
    "/r/<code>/thanks": Door(KEY, things.friends_key, _NO_KEY),
    "/sign-in/link/<secret>": Door(KEY, things.sign_in_key, _NO_KEY, shut=410),
    "/dev/mail/<key>": Door(KEY, things.mail, (*_NO_KEY, "018f0000-0000-7000-8000-000000000000")),
    "/dev/mail/<key>/html": Door(KEY, things.mail, (*_NO_KEY, "018f0000-0000-7000-8000-000000000000")),
}

# Addresses with a part that names no thing of anybody's, and why.
OF_NOBODY = {
    "/static/<path:filename>": "files without secrets",
    "/api/v1/event-schemas/<name>": "shapes of data, without data",
    "/setup/<secret>": "opens only while nobody works here; its own tests forge the secret",
}

"""Every door whose address names a thing: whose it is, and how to make one. A new route gets its line here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from app.customers import queries as customers
from app.delivery import endpoints, jobs
from app.delivery.letters import Letter
from app.delivery.models import Parcel
from app.delivery.service import post_letter
from app.identity import service as identity
from app.identity.models import ApiToken, Passkey, SignInSession
from app.identity.rules import Role, Scope
from app.kit import clock
from app.kit.bus import ParkedEvent
from app.kit.db import db, transaction
from app.kit.ids import uuid7
from app.loyalty import service as loyalty
from app.loyalty.rules import Reason
from app.referrals import queries as referrals
from app.support import links
from app.support import queries as requests
from app.support import service as support
from app.support.rules import Then
from app.surveys import queries as surveys
from app.surveys import unsubscribing
from app.surveys.rules import Said
from app.surveys.service import inviting, submitting
from tests import factories

CUSTOMER, COLLEAGUE, KEY = "this customer", "this colleague", "whoever holds the key"
HUGE = 10**30


@dataclass(frozen=True)
class Owner:
    """Whose things are made: one customer and one colleague."""

    customer_id: int
    staff_id: int


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


def _request(owner: Owner) -> Any:
    with transaction():
        return support.open_request(customers.customer(owner.customer_id), subject="漏水", text="接头一直漏水。")


def _number(owner: Owner) -> int:
    return int(_request(owner).number)


def _solved(owner: Owner) -> int:
    request = _request(owner)
    with transaction():
        support.reply(
            request,
            text="换好了。",
            then=Then.RESOLVE,
            staff_id=owner.staff_id,
            staff_name="林小满",
            version=request.version,
        )
        return int(request.number)


def _request_key(owner: Owner) -> str:
    return links.token_of(_request(owner))


def _reward(_owner: Owner) -> str:
    with transaction():
        return loyalty.add_reward(name_en="Filter set", name_zh="滤芯一套", price=10).public_id


def _affordable(owner: Owner) -> str:
    with transaction():
        loyalty.earn(owner.customer_id, points=100, reason=Reason.RESPONSE, key=uuid7())
    return _reward(owner)


def _voucher(owner: Owner) -> str:
    reward = _affordable(owner)
    with transaction():
        return loyalty.redeem(owner.customer_id, reward, price=10, key=uuid7()).code


def _survey_key(owner: Owner) -> str:
    with transaction():
        return inviting.invite(owner.customer_id, due_at=clock.now() - timedelta(seconds=1)).token


def _answered_key(owner: Owner) -> str:
    token = _survey_key(owner)
    said = Said(score=9, about=(), comment="", may_contact=False)
    with transaction():
        submitting.submit_response(surveys.asked_by_token(token), said, language="en", judgement=None)
    return token


def _stop_key(owner: Owner) -> str:
    return unsubscribing.sign(customers.customer(owner.customer_id).public_id)


def _friends_key(owner: Owner) -> str:
    return referrals.standing(owner.customer_id).code or ""


def _sign_in_key(owner: Owner) -> str:
    with transaction():
        return identity.make_link(customer_id=owner.customer_id)


def _customers_session(owner: Owner) -> int:
    with transaction():
        identity.start_session(customer_id=owner.customer_id, how="test", browser="another")
    return int(db.session.scalars(select(SignInSession.id).order_by(SignInSession.id.desc())).first() or 0)


def _passkey(owner: Owner) -> int:
    with transaction() as session:
        values = {"staff_id": owner.staff_id, "credential_id": uuid7().encode(), "public_key": b"k", "sign_count": 0}
        made = insert(Passkey).values(name="", created_at=clock.now(), **values)
        return int(session.execute(made.returning(Passkey.id)).scalar_one())


def _colleague(_owner: Owner) -> int:
    with transaction():
        return factories.staff().id


def _dead_parcel(owner: Owner) -> int:
    with transaction() as session:
        post_letter(Letter(to="a@example.com", subject="bad\nsubject", text="t"), customer_id=owner.customer_id)
        session.flush()
        parcel_id = session.scalars(select(Parcel.id).order_by(Parcel.id.desc())).first()
    jobs.deliver_due()
    return int(parcel_id or 0)


def _mail(owner: Owner) -> str:
    with transaction() as session:
        post_letter(Letter(to="a@example.com", subject="s", text="t"), customer_id=owner.customer_id)
        key = session.scalars(select(Parcel.key).order_by(Parcel.id.desc())).first()
    jobs.deliver_due()
    return str(key)


def _parked(owner: Owner) -> int:
    with transaction() as session:
        waiting = ParkedEvent(
            name="ResponseSubmitted",
            payload={"customer_id": owner.customer_id},
            fault="Boom",
            next_at=clock.now() + timedelta(days=1),
        )
        session.add(waiting)
        session.flush()
        return waiting.id


def _receiver(_owner: Owner) -> int:
    with transaction():
        return endpoints.add("https://crm.example/hook").id


def _program(_owner: Owner) -> int:
    with transaction():
        identity.make_token(name="shop", scopes=[Scope.EVENTS_READ])
    return int(db.session.scalars(select(ApiToken.id).order_by(ApiToken.id.desc())).first() or 0)


def _portrait(owner: Owner) -> str:
    return customers.customer(owner.customer_id).public_id


_NO_NUMBER, _NO_ID, _NO_CODE = (999_999, HUGE), (999_999, HUGE), ("NOSUCHCODE12", "x")
_NO_PUBLIC_ID = ("018f0000-0000-7000-8000-000000000000", "1", "x")
_NO_KEY = ("forged", "x" * 32, "WzEwMDEsMV0.forged")
_WORDS = {"text": "还在漏"}

DOORS: dict[str, Door] = {
    "/portal/requests/<int:number>": Door(CUSTOMER, _number, _NO_NUMBER, _WORDS),
    "/portal/requests/<int:number>/confirm": Door(CUSTOMER, _solved, _NO_NUMBER),
    "/portal/requests/<int:number>/reopen": Door(CUSTOMER, _solved, _NO_NUMBER, _WORDS),
    "/portal/points/vouchers/<code>": Door(CUSTOMER, _voucher, _NO_CODE),
    "/portal/points/rewards/<public_id>": Door((Role.CUSTOMER,), _affordable, _NO_PUBLIC_ID, {"price": "10"}),
    "/account/sessions/<int:session_id>/end": Door(CUSTOMER, _customers_session, _NO_ID),
    "/account/passkeys/<int:passkey_id>/remove": Door(COLLEAGUE, _passkey, _NO_ID),
    "/support/<int:number>": Door(
        (Role.AGENT,), _number, _NO_NUMBER, _WORDS | {"to": "note", "then": "wait", "version": "1"}
    ),
    "/support/<int:number>/take": Door((Role.AGENT,), _number, _NO_NUMBER),
    "/support/<int:number>/reopen": Door((Role.AGENT,), _solved, _NO_NUMBER),
    "/support/vouchers/<code>/use": Door((Role.AGENT, Role.SALES), _voucher, _NO_CODE),
    "/support/vouchers/<code>/cancel": Door((Role.LEAD,), _voucher, _NO_CODE),
    "/sales/customers/<public_id>": Door((Role.SALES,), _portrait, _NO_PUBLIC_ID),
    "/sales/data/keys/<int:token_id>/end": Door((Role.SALES,), _program, _NO_ID),
    "/admin/rewards/<public_id>": Door(
        (Role.ADMIN,), _reward, _NO_PUBLIC_ID, {"name_en": "Set", "name_zh": "一套", "price": "10"}
    ),
    "/admin/colleagues/<int:staff_id>": Door((Role.ADMIN,), _colleague, _NO_ID, {"role": "agent"}),
    "/admin/deliveries/<int:parcel_id>/again": Door((Role.ADMIN,), _dead_parcel, _NO_ID),
    "/admin/deliveries/parked/<int:parked_id>/now": Door((Role.ADMIN,), _parked, _NO_ID),
    "/admin/receivers/<int:endpoint_id>": Door((Role.ADMIN,), _receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/on": Door((Role.ADMIN,), _receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/off": Door((Role.ADMIN,), _receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/secret": Door((Role.ADMIN,), _receiver, _NO_ID),
    "/admin/receivers/<int:endpoint_id>/try": Door((Role.ADMIN,), _receiver, _NO_ID),
    "/s/<token>": Door(KEY, _survey_key, _NO_KEY, {"score": "9"}),
    "/s/<token>/thanks": Door(KEY, _answered_key, _NO_KEY),
    "/unsubscribe/<token>": Door(KEY, _stop_key, _NO_KEY),
    "/q/<token>": Door(KEY, _request_key, _NO_KEY, _WORDS),
    "/q/<token>/confirm": Door(KEY, lambda owner: links.token_of(_of_number(_solved(owner))), _NO_KEY),
    "/q/<token>/reopen": Door(KEY, lambda owner: links.token_of(_of_number(_solved(owner))), _NO_KEY, _WORDS),
    "/r/<code>": Door(KEY, _friends_key, _NO_KEY, {"name": "顾以宁", "email": "yining@example.com", "agrees": "y"}),
    "/r/<code>/thanks": Door(KEY, _friends_key, _NO_KEY),
    "/sign-in/link/<secret>": Door(KEY, _sign_in_key, _NO_KEY, shut=410),
    "/dev/mail/<key>": Door(KEY, _mail, (*_NO_KEY, "018f0000-0000-7000-8000-000000000000")),
    "/dev/mail/<key>/html": Door(KEY, _mail, (*_NO_KEY, "018f0000-0000-7000-8000-000000000000")),
}

# Addresses with a part that names no thing of anybody's, and why.
OF_NOBODY = {
    "/static/<path:filename>": "files without secrets",
    "/api/v1/event-schemas/<name>": "shapes of data, without data",
    "/setup/<secret>": "opens only while nobody works here; its own tests forge the secret",
}


def _of_number(number: int) -> Any:
    return requests.request_by_number(number)

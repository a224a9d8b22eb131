"""Makes the things that addresses name, for one customer and one colleague; each function returns the name."""

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from app.customers import batches, importing
from app.customers import queries as customers
from app.customers.rules.columns import NEEDED, TABLES, read_header
from app.customers.rules.imports import ImportState
from app.customers.takers import taker_for
from app.delivery import endpoints, jobs
from app.delivery.letters import Letter
from app.delivery.models import Parcel
from app.delivery.service import post_letter
from app.identity import service as identity
from app.identity.models import ApiToken, Passkey, SignInSession
from app.identity.rules import Scope
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


@dataclass(frozen=True)
class Owner:
    """Whose things are made: one customer and one colleague."""

    customer_id: int
    staff_id: int


def opened(owner: Owner) -> Any:
    with transaction():
        return support.open_request(customers.customer(owner.customer_id), subject="漏水", text="接头一直漏水。")


def number(owner: Owner) -> int:
    return int(opened(owner).number)


def solved(owner: Owner) -> int:
    request = opened(owner)
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


def request_key(owner: Owner) -> str:
    return links.token_of(opened(owner))


def reward(_owner: Owner) -> str:
    with transaction():
        return loyalty.add_reward(name_en="Filter set", name_zh="滤芯一套", price=10).public_id


def affordable(owner: Owner) -> str:
    with transaction():
        loyalty.earn(owner.customer_id, points=100, reason=Reason.RESPONSE, key=uuid7())
    return reward(owner)


def voucher(owner: Owner) -> str:
    reward = affordable(owner)
    with transaction():
        return loyalty.redeem(owner.customer_id, reward, price=10, key=uuid7()).code


def survey_key(owner: Owner) -> str:
    with transaction():
        return inviting.invite(owner.customer_id, due_at=clock.now() - timedelta(seconds=1)).token


def answered_key(owner: Owner) -> str:
    token = survey_key(owner)
    said = Said(score=9, about=(), comment="", may_contact=False)
    with transaction():
        submitting.submit_response(surveys.asked_by_token(token), said, language="en", judgement=None)
    return token


def stop_key(owner: Owner) -> str:
    return unsubscribing.sign(customers.customer(owner.customer_id).public_id)


def friends_key(owner: Owner) -> str:
    return referrals.standing(owner.customer_id).code or ""


def sign_in_key(owner: Owner) -> str:
    with transaction():
        return identity.make_link(customer_id=owner.customer_id)


def customers_session(owner: Owner) -> int:
    with transaction():
        identity.start_session(customer_id=owner.customer_id, how="test", browser="another")
    return int(db.session.scalars(select(SignInSession.id).order_by(SignInSession.id.desc())).first() or 0)


def passkey(owner: Owner) -> int:
    with transaction() as session:
        values = {"staff_id": owner.staff_id, "credential_id": uuid7().encode(), "public_key": b"k", "sign_count": 0}
        made = insert(Passkey).values(name="", created_at=clock.now(), **values)
        return int(session.execute(made.returning(Passkey.id)).scalar_one())


def colleague(_owner: Owner) -> int:
    with transaction():
        return factories.staff().id


def dead_parcel(owner: Owner) -> int:
    with transaction() as session:
        post_letter(Letter(to="a@example.com", subject="bad\nsubject", text="t"), customer_id=owner.customer_id)
        session.flush()
        parcel_id = session.scalars(select(Parcel.id).order_by(Parcel.id.desc())).first()
    jobs.deliver_due()
    return int(parcel_id or 0)


def mail(owner: Owner) -> str:
    with transaction() as session:
        post_letter(Letter(to="a@example.com", subject="s", text="t"), customer_id=owner.customer_id)
        key = session.scalars(select(Parcel.key).order_by(Parcel.id.desc())).first()
    jobs.deliver_due()
    return str(key)


def parked(owner: Owner) -> int:
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


def receiver(_owner: Owner) -> int:
    with transaction():
        return endpoints.add("https://crm.example/hook").id


def program(_owner: Owner) -> int:
    with transaction():
        identity.make_token(name="shop", scopes=[Scope.EVENTS_READ])
    return int(db.session.scalars(select(ApiToken.id).order_by(ApiToken.id.desc())).first() or 0)


def portrait(owner: Owner) -> str:
    return customers.customer(owner.customer_id).public_id


def solved_key(owner: Owner) -> str:
    return links.token_of(requests.request_by_number(solved(owner)))


def product(_owner: Owner) -> int:
    with transaction():
        return factories.product().id


def sent_file(_owner: Owner) -> str:
    """A file that has been looked through and waits for a yes; one of its rows is refused."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sent.csv"
        source.write_text("name,email\nAda,ada@example.com\nBob,nonsense\n", "utf-8")
        received = importing.receive(
            source, "sent.csv", lambda names: read_header(names, TABLES["customers"], NEEDED["customers"])
        )
    with transaction():
        told = importing.add_import(received, kind="customers", state=ImportState.CHECKING, options={})
    batches.run(told.id, taker_for)
    return told.public_id

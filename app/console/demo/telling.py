"""Each verb of a story is one call of the service that a real customer or colleague would have reached."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app import sentiment
from app.console.demo.script import Step, goods, stories
from app.customers import queries as customers
from app.customers import service as people
from app.identity import queries as identity
from app.identity import service as staff
from app.identity.rules import Role
from app.kit import clock, site
from app.kit.db import transaction
from app.lifecycle.jobs import pass_time, sequence_events
from app.loyalty import queries as loyalty
from app.loyalty import service as points
from app.referrals import service as referrals
from app.support import jobs as support_jobs
from app.support import queries as requests
from app.support import service as support
from app.support.rules import Then
from app.surveys import queries as surveys
from app.surveys.rules import Said
from app.surveys.service import inviting, submitting

COLLEAGUES = (
    ("林小满", "support@example.com", Role.AGENT),
    ("周予安", "lead@example.com", Role.LEAD),
    ("秦越", "sales@example.com", Role.SALES),
    ("沈墨", "admin@example.com", Role.ADMIN),
)
FIRST_CUSTOMER = "zhixia@example.com"


@contextmanager
def _happening(step: Step) -> Iterator[Any]:
    """Let the block happen at the step's moment, in one transaction."""
    with clock.at(step.at), transaction():
        yield customers.customer_by_email(step.email)


def prepare() -> None:
    """Make the colleagues, the products and the rewards."""
    with transaction():
        site.change(name_zh="青鸟集团", name_en="Bluebird Group", has_demo=True)
        for name, email, role in COLLEAGUES:
            staff.add_staff(name=name, email=email, role=role, is_demo=True)
        for one in goods()["product"]:
            people.add_product(**{key: value for key, value in one.items() if key != "price"}, is_demo=True)
        for one in goods()["reward"]:
            points.add_reward(**one, is_demo=True)


def finish() -> None:
    """Let the jobs do what is due by now: number the events, mark the late."""
    support_jobs.mark_late()
    pass_time()
    sequence_events()


def tell(step: Step) -> None:
    """Let one step happen."""
    VERBS[step.verb](step, *step.details)


def _is_known(step: Step, name: str, company: str, locale: str) -> None:
    with clock.at(step.at), transaction():
        number = f"DEMO-{step.email.partition('@')[0].upper()}"
        people.add_customer(
            name=name,
            company=company,
            locale=locale,
            email=step.email,
            external_id=number,
            source="import",
            owner_id=identity.staff_by_email(COLLEAGUES[2][1]).id,
            is_demo=True,
        )


def _buys(step: Step, sku: str, times: int = 1) -> None:
    product = customers.product_by_sku(sku)
    price = next(one["price"] for one in goods()["product"] if one["sku"] == sku)
    with _happening(step) as customer:
        people.record_purchase(
            customer,
            product,
            reference=f"DEMO-{customer.id:04}-{step.at:%y%m%d}",
            purchased_at=step.at,
            quantity=times,
            amount_minor=price * times,
            is_demo=True,
        )


def _answers(step: Step, score: int, comment: str) -> None:
    asked = surveys.newest_asked(customers.customer_by_email(step.email).id)
    said = Said(score=score, comment=comment, may_contact=True)
    judgement = sentiment.judge(comment, asked.locale)
    with _happening(step):
        inviting.send_invitation(asked.id)
    with _happening(step):
        submitting.submit_response(asked, said, language=asked.locale, judgement=judgement)


def _asks(step: Step, subject: str, text: str) -> None:
    with _happening(step) as customer:
        support.open_request(customer, subject=subject, text=text, is_demo=True)


def _writes(step: Step, text: str) -> None:
    with _happening(step) as customer:
        request = requests.requests_of(customer.id)[0]
        if request.resolved_at:
            support.confirm(request)
        else:
            support.write_as_customer(request, text=text)


def _takes(step: Step) -> None:
    with _happening(step) as customer:
        support.take(requests.requests_of(customer.id)[0], staff_id=_agent().id)


def _replies(step: Step, text: str, then: str = "keep") -> None:
    with _happening(step) as customer:
        request, agent = requests.requests_of(customer.id)[0], _agent()
        support.reply(request, text=text, then=Then(then), staff_id=agent.id, staff_name=agent.name)


def _notes(step: Step, text: str) -> None:
    with _happening(step) as customer:
        support.note(requests.requests_of(customer.id)[0], text=text, staff_id=_agent().id)


def _resolves(step: Step) -> None:
    with _happening(step) as customer:
        request, agent = requests.requests_of(customer.id)[0], _agent()
        solved = (
            "这件事办好了。还有不顺的地方，直接回这封信。"
            if customer.locale == "zh_Hans"
            else "This is done. If anything is still wrong, just answer this mail."
        )
        support.reply(request, text=solved, then=Then.RESOLVE, staff_id=agent.id, staff_name=agent.name)


def _redeems(step: Step, number: int) -> None:
    with _happening(step) as customer:
        wanted = loyalty.rewards_on_offer()[number - 1]
        points.redeem(customer.id, wanted.public_id, price=wanted.price, key=f"demo:{step.email}:{number}")


def _invites(step: Step, name: str, email: str) -> None:
    with _happening(step) as customer:
        locale = next(story.get("locale", customer.locale) for story in stories() if story["email"] == email)
        referrals.register_friend(referrals.make_code(customer.id), name=name, email=email, locale=locale, is_demo=True)


def _agent() -> Any:
    return identity.staff_by_email(COLLEAGUES[0][1])


VERBS: dict[str, Callable[..., Any]] = {
    "is known": _is_known,
    "buys": _buys,
    "answers": _answers,
    "asks": _asks,
    "writes": _writes,
    "takes": _takes,
    "replies": _replies,
    "notes": _notes,
    "resolves": _resolves,
    "redeems": _redeems,
    "invites": _invites,
}

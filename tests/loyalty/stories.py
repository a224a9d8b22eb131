"""What the tests of loyalty need: customers with points, rewards, and many threads at once."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from app.kit.db import db, transaction
from app.kit.ids import uuid7
from app.loyalty import proof, service
from app.loyalty.models import Reward
from app.loyalty.rules import Reason
from tests import factories


def customer_with(points: int, **values: Any) -> int:
    """Make a customer who has these points; return the customer's number."""
    with transaction():
        customer = factories.customer(**values)
        if points:
            service.earn(customer.id, points=points, reason=Reason.RESPONSE, key=uuid7())
        return customer.id


def reward(price: int = 500, **values: Any) -> Reward:
    """Offer a reward without limit."""
    with transaction():
        return service.add_reward(**{"name_en": "Filter set", "name_zh": "滤芯一套", "price": price} | values)


def at_once(app: Flask, calls: list[Callable[[], Any]]) -> list[Any]:
    """Run the calls in threads that start together; return what each returned or raised."""
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                answers[place] = call()
            except Exception as fault:  # noqa: BLE001  # the test looks at what came out
                answers[place] = fault
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # ends the test's own view of the past
    return answers


def proven() -> bool:
    """Return True when the ledger adds up; print what does not."""
    wrong = list(proof.differences())
    for difference in wrong:
        print(difference)  # noqa: T201  # seen only when the test fails
    return not wrong

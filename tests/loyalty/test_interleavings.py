"""Any order of earning, spending, repeating and taking back leaves a ledger that proves itself."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.kit.db import transaction
from app.loyalty import queries, service
from app.loyalty.errors import MovementReused, NotEnoughPoints, VoucherSpent
from app.loyalty.rules import Reason
from tests.loyalty import stories


class Ledger(RuleBasedStateMachine):
    """One customer, one reward, and a model that is a plain number."""

    issued = Bundle("issued")

    @initialize()
    def begin(self) -> None:
        self.customer = stories.customer_with(0)
        self.price = 70
        self.reward = stories.reward(price=self.price).public_id
        self.expected = 0
        self.earned: dict[str, int] = {}
        self.bought: dict[str, str] = {}

    @rule(points=st.integers(1, 100), key=st.sampled_from("abcdef"))
    def earn(self, points: int, key: str) -> None:
        before = self.earned.get(key)
        if before is not None and before != points:
            with pytest.raises(MovementReused), transaction():
                service.earn(self.customer, points=points, reason=Reason.RESPONSE, key=key)
            return
        with transaction():
            assert service.earn(self.customer, points=points, reason=Reason.RESPONSE, key=key).is_new == (
                before is None
            )
        self.expected += points if before is None else 0
        self.earned[key] = points

    @rule(target=issued, key=st.sampled_from("uvwxyz"))
    def redeem(self, key: str) -> str:
        if key not in self.bought and self.expected < self.price:
            with pytest.raises(NotEnoughPoints), transaction():
                service.redeem(self.customer, self.reward, price=self.price, key=key)
            return ""
        with transaction():
            code = service.redeem(self.customer, self.reward, price=self.price, key=key).code
        self.expected -= self.price if key not in self.bought else 0
        assert self.bought.setdefault(key, code) == code
        return code

    @rule(code=consumes(issued))
    def cancel(self, code: str) -> None:
        if not code:
            return
        try:
            with transaction():
                service.cancel_voucher(code, staff_id=None)
        except VoucherSpent:
            return
        self.expected += self.price

    @rule(points=st.integers(1, 100))
    def fail_halfway(self, points: int) -> None:
        with pytest.raises(ZeroDivisionError), transaction():
            service.earn(self.customer, points=points, reason=Reason.PURCHASE, key="crash")
            raise ZeroDivisionError

    @invariant()
    def adds_up(self) -> None:
        assert queries.balance(self.customer) == self.expected
        assert stories.proven()


@pytest.mark.slow
def test_every_interleaving_keeps_the_ledger_true():
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""An invitation with its link, as a customer has it in hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.kit import clock
from app.kit.db import transaction
from app.surveys import jobs
from app.surveys.models import Invitation
from app.surveys.service import inviting
from tests import factories


@pytest.fixture
def make_invitation() -> Callable[..., Invitation]:
    """Return a function that makes an invitation which has been mailed, with its product bought yesterday."""

    def make(*, customer: dict[str, Any] | None = None, is_sent: bool = True) -> Invitation:
        with transaction():
            buyer = factories.customer(**({"name": "知夏"} | (customer or {})))
            bought = factories.purchase(buyer)
            invitation = inviting.invite(buyer.id, purchase_id=bought.id, due_at=clock.now() - timedelta(seconds=1))
        if is_sent:
            jobs.send_due_invitations()
        return invitation

    return make

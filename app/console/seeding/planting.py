"""Plants lives in batches: each is one transaction over all domains, so every total holds after each of them."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.console.seeding.lives import Shape, drawn
from app.console.seeding.scripts import Cast, Script, script
from app.customers import seeding as customers
from app.customers.seeding import Bought, Known
from app.identity import queries as staff
from app.identity.rules import Role
from app.identity.service import add_staff
from app.kit import clock
from app.kit.db import transaction
from app.lifecycle.service import seeding as lifecycle
from app.lifecycle.service.seeding import Copy
from app.loyalty.service import seeding as loyalty
from app.loyalty.service.seeding import Credit
from app.referrals.seeding import plant_codes
from app.support.service import seeding as support
from app.surveys.service import seeding as surveys
from app.surveys.service.recording import Feedback

_ROWS = 20_000  # a batch has about so many rows that were asked for
_LIVES = 50  # so many customers of a batch share a life
_AGENTS = ("苏念", "Nora Price", "江一舟", "Leo Grant")
_SELLERS = ("许晴", "Maya Foster")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How much of what; everything is shared out evenly among the customers."""

    customers: int
    responses: int
    tickets: int
    points: int
    seed: int

    @property
    def batch(self) -> int:
        """How many customers go into a transaction."""
        return max(1, _ROWS * self.customers // (self.customers + self.responses + self.tickets + self.points))

    def number(self, place: int) -> str:
        """Return the number of a customer in the firm's books."""
        return f"SEED-{self.seed}-{place + 1}"

    def shape(self, place: int) -> Shape:
        """Return how much happens to a customer."""
        here, before = place + 1, place
        return Shape(
            *(
                total * here // self.customers - total * before // self.customers
                for total in (self.responses, self.tickets, self.points)
            )
        )


def is_planted(wanted: Wanted) -> bool:
    """Tell whether this seed has been planted already."""
    return customers.is_planted(wanted.number(0))


def plant(wanted: Wanted, progress: Callable[[int], None]) -> dict[str, int]:
    """Plant everything; `progress` hears of each batch how many customers it had. Return the rows by kind."""
    now, written = clock.now(), Counter[str]()
    with transaction():
        cast = _cast()
    for first in range(0, wanted.customers, wanted.batch):
        places = range(first, min(first + wanted.batch, wanted.customers))
        with transaction():
            written.update(_batch(wanted, cast, places, now))
        progress(len(places))
    return dict(written)


def _cast() -> Cast:
    return Cast(
        product_ids=customers.plant_products(),
        agent_ids=[_colleague(name, f"seed-agent-{n}@example.com", Role.AGENT) for n, name in enumerate(_AGENTS, 1)],
        owner_ids=[_colleague(name, f"seed-sales-{n}@example.com", Role.SALES) for n, name in enumerate(_SELLERS, 1)],
    )


def _colleague(name: str, email: str, role: Role) -> int:
    known = staff.find_any_staff_by_email(email)
    return (known or add_staff(name=name, email=email, role=role)).id


def _batch(wanted: Wanted, cast: Cast, places: range, now: datetime) -> dict[str, int]:
    chance = random.Random(f"{wanted.seed}:{places.start}")  # noqa: S311  # made-up data, no secret
    scripts = _scripts(wanted, cast, places, chance, now)
    people = [
        customers.made_up(chance, wanted.number(place), one.life.locale)
        for place, one in zip(places, scripts, strict=True)
    ]
    known = customers.plant_customers(people, owner_ids=cast.owner_ids)
    lived = list(zip(known, scripts, strict=True))
    plant_codes(one.id for one in known)
    purchases = _purchases(lived)
    answers = _answers(lived, purchases)
    requests = support.plant([(who.id, one) for who, script in lived for one in script.planned])
    entries = _entries(lived)
    events = lifecycle.plant(_copies(lived, purchases, answers, requests, entries))
    return {
        "customers": len(known),
        "purchases": len(purchases),
        "responses": len(answers),
        "tickets": len(requests),
        "points": len(entries),
        "stage_events": events,
    }


Lived = Sequence[tuple[Known, Script]]


def _scripts(wanted: Wanted, cast: Cast, places: range, chance: random.Random, now: datetime) -> list[Script]:
    """Return whose life each customer lives: some dozen share one, if as much happens to them."""
    kinds = max(1, len(places) // _LIVES)
    made: dict[tuple[Shape, int], Script] = {}
    for place in places:
        key = wanted.shape(place), place % kinds
        if key not in made:
            made[key] = script(drawn(chance, key[0], now), cast, now=now)
    return [made[wanted.shape(place), place % kinds] for place in places]


def _purchases(lived: Lived) -> list[int]:
    return customers.plant_purchases(
        [
            Bought(
                reference=who.number,
                customer_id=who.id,
                product_id=one.product_id,
                amount_minor=one.life.amount_minor,
                purchased_at=one.life.bought_at,
            )
            for who, one in lived
        ]
    )


def _answers(lived: Lived, purchases: Sequence[int]) -> list[int]:
    return surveys.plant(
        [
            (
                Feedback(
                    customer_id=who.id,
                    source=f"{who.number}:{place}",
                    comment=said.comment,
                    language=one.life.locale,
                    submitted_at=said.at,
                    score=said.score,
                    purchase_id=purchase_id,
                    product_id=one.product_id,
                ),
                judgement,
            )
            for (who, one), purchase_id in zip(lived, purchases, strict=True)
            for place, (said, judgement) in enumerate(zip(one.life.said, one.judged, strict=True))
        ]
    )


def _entries(lived: Lived) -> list[int]:
    return loyalty.plant(
        [
            Credit(
                customer_id=who.id,
                points=earned.points,
                key=f"{who.number}:{place}",
                about=("Earlier purchases", "以前的购买"),
                at=earned.at,
            )
            for who, one in lived
            for place, earned in enumerate(one.life.earned)
        ]
    )


def _copies(
    lived: Lived, purchases: Sequence[int], answers: Sequence[int], requests: Sequence[int], entries: Sequence[int]
) -> list[Copy]:
    said, asked, earned = iter(answers), iter(requests), iter(entries)
    return [
        Copy(
            who.id,
            who.public_id,
            who.number,
            one.story,
            [
                purchase_id,
                *(next(said) for _ in one.life.said),
                *(next(asked) for _ in one.life.asked),
                *(next(earned) for _ in one.life.earned),
            ],
        )
        for (who, one), purchase_id in zip(lived, purchases, strict=True)
    ]

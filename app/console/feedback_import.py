"""Feedback from elsewhere becomes answers: who said it, about what, and, if asked for, whom to call now."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from app.console import feedback_rows
from app.console.feedback_rows import Said
from app.customers import queries as customers
from app.customers import service as customers_service
from app.customers.intake import Books, Writing, look_up, take_customer
from app.customers.rules.reasons import Fault, Wrong
from app.customers.rules.rows import Buyer
from app.customers.takers import Outcome
from app.events import ResponseSubmitted
from app.kit import clock
from app.kit.db import transaction
from app.kit.site import site
from app.support import service as support
from app.surveys import queries as surveys
from app.surveys.rules import Metric
from app.surveys.service.recording import Feedback, record_feedback

_NOBODY = "feedback:"


@dataclass
class FeedbackTaker:
    """Takes rows of feedback. `source` names the file for ever: the same row of the same source is the same answer."""

    source: str
    at: datetime
    product: str = ""
    products: dict[str, int] = field(default_factory=dict)
    collectives: dict[str, int] = field(default_factory=dict)

    def read(self, cells: Mapping[str, str], line: int) -> Said:
        """Turn cells into what was said."""
        said = feedback_rows.read(cells, line, zone=site().zone, now=clock.now())
        return said if said.product else replace(said, product=self.product)

    def take(self, values: Sequence[tuple[int, Said]], promises: object) -> list[Outcome]:
        """Keep what is not known yet, or only say what is new."""
        said = [one for _, one in values]
        if promises:
            known = surveys.known_sources(_hash(self._source_of(one)) for one in said)
            return [_hash(self._source_of(one)) not in known for one in said]
        self.products, self.collectives = {}, {}  # of the last batch, which may have been undone
        self._know_products(said)
        books = look_up(_buyer(one) for one in said if one.email or one.external_id)
        faults: dict[int, list[Fault]] = {}
        items = []
        for one in said:
            try:
                items.append(self._feedback(one, books))
            except Wrong as wrong:
                faults[one.line] = [Fault("customer", wrong.reason)]
        added = len(record_feedback(items))
        news = iter([True] * added + [False] * (len(items) - added))  # only how many are new is told
        return [faults[one.line] if one.line in faults else next(news) for one in said]

    def _feedback(self, said: Said, books: Books) -> Feedback:
        product_id = self.products.get(said.product)
        return Feedback(
            customer_id=self._customer(said, books),
            source=self._source_of(said),
            comment=said.text,
            language=said.language,
            submitted_at=said.at or self.at,
            score=said.stars if said.score is None else said.score,
            metric=Metric.CSAT if said.score is None else Metric.NPS,
            product_id=product_id,
        )

    def _customer(self, said: Said, books: Books) -> int:
        if not (said.email or said.external_id):
            return self._collective(said.product)
        customer, _is_new = take_customer(books, _buyer(said), Writing("feedback"))
        return int(customer.id)

    def _collective(self, product: str) -> int:
        """Return the one customer who stands for all whom nobody knows by name, one for each product."""
        number = f"{_NOBODY}{product}"[:100]
        if number not in self.collectives:
            found = customers.find_customer_by_external_id(number)
            self.collectives[number] = found.id if found else _stand_in(number, product)
        return self.collectives[number]

    def _know_products(self, said: Sequence[Said]) -> None:
        names = {one.product for one in said if one.product} - self.products.keys()
        for product in customers.products_called(names) if names else ():
            for name in {product.sku, product.name_zh, product.name_en} & names:
                self.products.setdefault(name, product.id)
        for name in sorted(names - self.products.keys()):
            made = customers_service.add_product(sku=name, name_en=name, name_zh=name)
            self.products[name] = made.id

    def _source_of(self, said: Said) -> str:
        content = repr((said.text, said.score, said.stars, said.product, said.at, said.email, said.external_id))
        return f"{self.source}\n{said.line}\n{content}"


def follow_up_most_upset(*, after_id: int, limit: int) -> int:
    """Open follow-ups for the most upset and urgent answers that came after one; return how many are new.

    Their clock begins now: nobody could have kept a promise before we knew.
    """
    opened = 0
    for response in surveys.most_upset(after_id=after_id, limit=limit):
        with transaction():
            request = support.open_follow_up(
                ResponseSubmitted(
                    customer_id=response.customer_id,
                    response_id=response.id,
                    purchase_id=response.purchase_id,
                    product_id=response.product_id,
                    score=response.score,
                    score_max=response.score_max,
                    comment=response.comment,
                    label=response.label or "unread",
                    polarity=response.polarity,
                    is_urgent=response.is_urgent,
                    language=response.language,
                    submitted_at=clock.now(),
                )
            )
            opened += request is not None
    return opened


def _stand_in(number: str, product: str) -> int:
    locale = site().locale
    with force_locale(locale):
        name = _("Feedback from elsewhere: %(product)s", product=product) if product else _("Feedback from elsewhere")
    made = customers_service.add_customer(
        name=name[:200], source="feedback", external_id=number, locale=locale, is_collective=True
    )
    return made.id


def _buyer(said: Said) -> Buyer:
    return Buyer(
        external_id=said.external_id,
        email=said.email,
        name=said.name,
        phone=None,
        company="",
        locale=said.language,
    )


def _hash(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()

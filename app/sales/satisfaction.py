"""The satisfaction export: one line for each answer, read in keyset batches, so that memory does not grow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.customers import queries as customers
from app.kit.db import db
from app.kit.site import site
from app.lifecycle import names, queries
from app.lifecycle.rules.kinds import Stage
from app.sales import cells
from app.surveys import wording
from app.surveys.voices import Voice, voices

BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class Row:
    """One answer with all that the file says about it."""

    voice: Voice
    external_id: str
    order: str
    sku: str
    stage: str


def rows() -> Iterator[Row]:
    """Yield every answer, the newest first, with what belongs to it; six statements for a thousand."""
    after: tuple[datetime, int] | None = None
    while batch := voices(after=after, limit=BATCH):
        yield from _complete(batch)
        after = (batch[-1].submitted_at, batch[-1].id)
        db.session.expunge_all()


def csv(locale: str) -> Iterator[str]:
    """Yield the file: a mark for Excel, the heads in one language, then line by line."""
    with force_locale(locale):
        yield cells.MARK + cells.line(_heads())
    for row in rows():
        with force_locale(locale):
            told = cells.line(_cells(row, locale))
        yield told


def _complete(batch: Sequence[Voice]) -> Iterator[Row]:
    people = {voice.customer_id for voice in batch}
    numbers, history = customers.external_ids(people), queries.stage_history(people)
    orders = customers.order_numbers({voice.purchase_id for voice in batch if voice.purchase_id})
    for voice in batch:
        order, sku = orders.get(voice.purchase_id or 0, ("", ""))
        yield Row(
            voice=voice,
            external_id=numbers.get(voice.customer_id, ""),
            order=order,
            sku=sku,
            stage=_stage_at(history.get(voice.customer_id, []), voice.submitted_at),
        )


def _stage_at(history: Sequence[tuple[datetime, str]], moment: datetime) -> str:
    """Return the stage just before the answer, which may itself have changed it; empty if there was none."""
    return next((stage for at, stage in reversed(history) if at < moment), "")


def _heads() -> list[str]:
    return [
        _("Answer"),
        _("Date"),
        _("Customer number"),
        _("Customer number here"),
        _("Name"),
        _("Firm"),
        _("Order"),
        _("Article"),
        _("Product"),
        _("Survey"),
        _("Score"),
        _("Highest score"),
        _("Mood"),
        _("How sure"),
        _("Comment"),
        _("Language"),
        _("Way"),
        _("Stage at the time"),
    ]


def _cells(row: Row, locale: str) -> list[Any]:
    voice = row.voice
    return [
        voice.id,
        site().local(voice.submitted_at).isoformat(timespec="seconds"),
        row.external_id,
        voice.public_id,
        voice.customer_name,
        voice.company,
        row.order,
        row.sku,
        voice.product(locale),
        voice.metric.value.upper(),
        voice.score,
        voice.score_max,
        wording.MOODS.get(voice.label or "", ""),
        round(voice.confidence, 2) if voice.label else None,
        voice.comment,
        voice.text_language or voice.language,
        wording.CHANNELS[voice.channel],
        names.STAGES[Stage(row.stage)] if row.stage else "",
    ]

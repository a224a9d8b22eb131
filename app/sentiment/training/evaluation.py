"""Measures the shipped pass beside TextBlob alone, on the same texts in the same run."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from textblob import TextBlob

from app.sentiment.judging import confidence_of, label_of, label_of_listed, mood_of
from app.sentiment.model import Model, shipped
from app.sentiment.training.rows import Row
from app.sentiment.training.scores import Scores, score
from app.sentiment.verdict import Label

_BAND = 0.05
_LISTED = 0.95
Verdict = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a group of texts, both scores, and texts a second."""

    group: str
    ours: Scores
    textblob: Scores
    rate: float
    textblob_rate: float


def evaluate(rows: Iterable[Row]) -> Iterator[Line]:
    """Measure all rows, then each language, then each domain of each language, with the shipped model."""
    judged = [row for row in rows if row.label]
    return measure(_groups(judged), shipped())


def measure(groups: dict[str, list[Row]], model: Model) -> Iterator[Line]:
    """Measure groups of rows."""
    for group, members in groups.items():
        ours, seconds = _timed(partial(_ours, model), members)
        other, other_seconds = _timed(_textblob, members)
        wanted = [row.label for row in members]
        yield Line(
            group,
            _scored(wanted, ours, sure=True),
            _scored(wanted, other, sure=False),
            len(members) / seconds,
            len(members) / other_seconds,
        )


def _groups(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {"all": rows} if rows else {}
    for key in (lambda row: row.lang, lambda row: f"{row.lang} {row.domain}"):
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(key(row), []).append(row)
        groups |= dict(sorted(found.items()))
    return groups


def _timed(judge: Callable[[str], Verdict], rows: list[Row]) -> tuple[list[Verdict], float]:
    judge("warm")
    start = time.perf_counter()
    return [judge(row.text) for row in rows], max(time.perf_counter() - start, 1e-9)


def _scored(wanted: list[str], verdicts: list[Verdict], *, sure: bool) -> Scores:
    labels, polarities, confidences = (list(column) for column in zip(*verdicts, strict=True))
    return score(wanted, labels, polarities, confidences if sure else None)


def _ours(model: Model, text: str) -> Verdict:
    mood, listed = mood_of(text, model)
    if mood:
        return label_of(mood), mood.polarity, confidence_of(mood)
    if listed is not None:
        return label_of_listed(listed), listed, _LISTED
    return Label.UNREAD, 0.0, 0.0


def _textblob(text: str) -> Verdict:
    polarity = TextBlob(text).sentiment.polarity
    return "positive" if polarity > _BAND else "negative" if polarity < -_BAND else "neutral", polarity, 0.0

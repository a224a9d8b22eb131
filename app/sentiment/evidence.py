"""Says which words decided: the weight of each n-gram spread over its characters, gathered clause by clause."""

import math
import re
from collections.abc import Iterator

from app.sentiment.emoji import WEIGHTS
from app.sentiment.model import Model
from app.sentiment.reading import Reading
from app.sentiment.tokens import Token, grams
from app.sentiment.verdict import Span

_MOST = 5
_FAINT = 0.3
_SHORT = 12  # so many characters of Chinese are read as one thing
_CLAUSE = re.compile(r"[^\s,.!?;:，。！？；：、…“”\"()（）][^,.!?;:，。！？；：、…“”\"()（）\n]*")
_TURN = re.compile(r"\s+(?:but|however|although|though|yet)\s+|但是|可是|不过|然而")
_WORD = re.compile(r"[a-z0-9'’&-]+|[^\sa-z0-9]")


def evidence(reading: Reading, tokens: list[Token], model: Model) -> tuple[Span, ...]:
    """Give the strongest spans of the original text, in reading order; their weights are shares of the log odds.

    A person reads clauses, not n-grams: a short clause is marked whole, a long one from its first to its last word
    that speaks for the clause's own side.
    """
    charge = _charges(len(reading.text), tokens, model)
    spans = [span for place in _clauses(reading.text) if (span := _span(reading.text, *place, charge)).weight]
    strongest = sorted(spans, key=lambda span: -abs(span.weight))[:_MOST]
    least = _FAINT * abs(strongest[0].weight) if strongest else 0.0
    strong = sorted(span for span in strongest if abs(span.weight) >= least)
    shown = [(span, round(span.weight, 3)) for span in strong]
    return tuple(Span(*reading.original(span.start, span.end), weight) for span, weight in shown if weight)


def _span(text: str, start: int, end: int, charge: list[float]) -> Span:
    if end - start > _SHORT or text[start:end].isascii():
        side = sum(charge[start:end])
        runs = _runs([word.span() for word in _WORD.finditer(text, start, end)], charge, side)
        start, end = max(runs, key=lambda run: abs(sum(charge[slice(*run)])), default=(start, end))
    return Span(start, end, sum(charge[start:end]))


def _runs(words: list[tuple[int, int]], charge: list[float], side: float) -> list[tuple[int, int]]:
    """Join neighbouring words that speak for the clause's side; one silent word between two does not part them."""
    runs: list[tuple[int, int]] = []
    silent = 2
    for start, end in words:
        if not _speaks(charge[start:end], side):
            silent += 1
            continue
        runs[-1:] = [(runs[-1][0], end)] if silent < 2 and runs else [*runs[-1:], (start, end)]
        silent = 0
    return runs


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    for clause in _CLAUSE.finditer(text):
        start = clause.start()
        for turn in _TURN.finditer(text, clause.start(), clause.end()):
            yield start, turn.start()
            start = turn.end()
        yield start, start + len(text[start : clause.end()].rstrip())


def _speaks(charge: list[float], side: float) -> bool:
    weight = sum(charge)
    return weight * side > 0 and abs(weight) > _FAINT * abs(side) / 2


def _charges(size: int, tokens: list[Token], model: Model) -> list[float]:
    charge = [0.0] * size
    places: list[tuple[int, int]] = []
    known = [
        (model.polarity[model.index[gram]], place)
        for gram, place in zip(grams(tokens, places), places, strict=True)
        if gram in model.index
    ]
    scale = 1 / math.sqrt(len(known) or 1)
    known = [(weight * scale, place) for weight, place in known]
    known += [(WEIGHTS[token.text], (token.start, token.end)) for token in tokens if token.text in WEIGHTS]
    for weight, (start, end) in known:
        for at in range(start, end):
            charge[at] += weight / (end - start)
    return charge

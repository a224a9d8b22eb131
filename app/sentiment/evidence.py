"""Says which characters decided: the weight of each n-gram spread over the characters it covers."""

import math

from app.sentiment.emoji import WEIGHTS
from app.sentiment.model import Model
from app.sentiment.reading import Reading
from app.sentiment.tokens import Token, grams
from app.sentiment.verdict import Span

_MOST = 5
_FAINT = 0.15


def evidence(reading: Reading, tokens: list[Token], model: Model) -> tuple[Span, ...]:
    """Give the strongest spans of the original text, in reading order; their weights are shares of the log odds."""
    charge = _charges(len(reading.text), tokens, model)
    spans = sorted(_runs(charge), key=lambda span: -abs(span.weight))[:_MOST]
    least = _FAINT * abs(spans[0].weight) if spans else 0.0
    strong = [span for span in spans if abs(span.weight) >= least]
    return tuple(
        Span(*reading.original(span.start, span.end), round(span.weight, 3)) for span in sorted(strong) if span.weight
    )


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


def _runs(charge: list[float]) -> list[Span]:
    """Merge neighbours of the same sign."""
    spans: list[Span] = []
    start = 0
    for at in range(1, len(charge) + 1):
        if at < len(charge) and (charge[at] > 0) == (charge[start] > 0) and (charge[at] != 0) == (charge[start] != 0):
            continue
        if charge[start]:
            spans.append(Span(start, at, sum(charge[start:at])))
        start = at
    return spans

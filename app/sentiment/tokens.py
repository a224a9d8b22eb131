"""Cuts a folded text into tokens, and tokens into the n-grams that the model weighs."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.sentiment.cues import sections, words
from app.sentiment.reading import HAN, LATIN

EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff"
SIGNED = "\ue000-\ue00f"
"""Private characters that stand in for a phrase whose mood a rule already knows (see negation)."""


class Token(NamedTuple):
    """A word, a run of Han characters, a sign: its text and its place in the folded text."""

    text: str
    start: int
    end: int


_TOKEN = re.compile(
    f"[{HAN}]+|[{LATIN}]+(?:'[{LATIN}]+)*|\\d+(?:[.,/:]\\d+)*|[{SIGNED}]+|[:;=]-?[()dp]|[!?]+|[{EMOJI}]|[.,;:\\n\"]"
)
_STRETCHED = re.compile(r"([^\W\d_])\1\1+")
_SQUEEZED = {"god": "good", "col": "cool", "swet": "sweet", "al": "all", "stil": "still", "wel": "well", "se": "see"}
_HAN_START, _HAN_END = "\u3400", "\u9fff"
_NEGATORS = words(sections("words")["negators"])
_SCOPE = 3


def cut(folded: str) -> list[Token]:
    """Cut a folded text into tokens, in order; stretched words ("soooo") are squeezed."""
    tokens = [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(folded)]
    if not _STRETCHED.search(folded):
        return tokens
    return [Token(_squeeze(text), start, end) for text, start, end in tokens]


def _squeeze(text: str) -> str:
    if not "a" <= text[0] <= "\u024f":
        return text
    squeezed = _STRETCHED.sub(r"\1", text)
    return _SQUEEZED.get(squeezed, squeezed)


def negates(word: str) -> bool:
    """Tell whether an English word turns the words after it round."""
    return word in _NEGATORS or word.endswith("n't")


def grams(tokens: Sequence[Token], places: list[tuple[int, int]] | None = None) -> list[str]:
    """List the n-grams of tokens; with `places`, append to it where each of them stands.

    Han runs give 1 to 4 characters with the ends of the run marked; words give 1 to 3, and the three after a
    negation carry a mark; numbers are one sign; exclamation and question marks, emoji and signed phrases stay.
    """
    found: list[str] = []
    run: list[Token] = []
    scope = 0
    for token in tokens:
        first = token.text[0]
        if "a" <= first <= "\u024f":
            run.append(token)
            found.append("~" + token.text if scope else token.text)
            if places is not None:
                places.append((token.start, token.end))
            scope = _SCOPE if negates(token.text) else scope - (scope > 0)
            continue
        if len(run) > 1:
            _phrases(run, found, places)
        run.clear()
        if _HAN_START <= first <= _HAN_END:
            _han(token, found, places)
            continue
        scope = 0
        found.append(_sign(token.text))
        if places is not None:
            places.append((token.start, token.end))
    if len(run) > 1:
        _phrases(run, found, places)
    return found


def _sign(text: str) -> str:
    if text[0] in "!?":
        return text[:2]
    return "#" if text[0].isdigit() else text if len(text) == 2 else text[0]


def _han(token: Token, found: list[str], places: list[tuple[int, int]] | None) -> None:
    run = f"^{token.text}$"
    size = len(run)
    for order in (1, 2, 3, 4):
        found += [run[at : at + order] for at in range(order == 1, size - order + (order != 1))]
    if places is None:
        return
    base, start, end = token.start - 1, token.start, token.end
    for order in (1, 2, 3, 4):
        places += [
            (max(base + at, start), min(base + at + order, end))
            for at in range(order == 1, size - order + (order != 1))
        ]


def _phrases(run: list[Token], found: list[str], places: list[tuple[int, int]] | None) -> None:
    texts = [word.text for word in run]
    found += [f"{one} {two}" for one, two in pairwise(texts)]
    found += [f"{one} {two} {three}" for one, two, three in zip(texts, texts[1:], texts[2:], strict=False)]
    if places is None:
        return
    places += [(one.start, two.end) for one, two in pairwise(run)]
    places += [(one.start, three.end) for one, three in zip(run, run[2:], strict=False)]

"""Weighs tokens with the model, and joins the clauses of a text into one mood."""

import math
import re
from dataclasses import dataclass
from itertools import repeat

from app.sentiment.emoji import WEIGHTS
from app.sentiment.model import Model
from app.sentiment.tokens import Token, grams

_LATER_WEIGHT = 0.65
_CLEAR_SIDE = 0.45
_OPPOSED_SIDE = 0.7
_SHORT = 16
_DECIDED = 3.0
_BALANCE = 0.75
_EMOJI_LIMIT = 3.5
_CONTRAST = re.compile(
    r"\b(?:but|however|although|though|yet|unfortunately|sadly|except|whereas|while)\b|但是|但|可是|可惜|不过|然而|就是|只是|却|虽然|尽管|除了"
)
_FIRST_HALF = frozenset({"although", "though", "虽然", "尽管", "while", "except", "除了"})
_UNKNOWN = -1
_BREAK = frozenset(".,;!?\n")


@dataclass(frozen=True, slots=True)
class Mood:
    """How sure the model is: of praise over blame (log odds), and that nothing is judged at all (probability)."""

    praise: float
    neutral: float
    known: int
    torn: bool = False
    """Two clauses say the opposite, each clearly."""

    @property
    def polarity(self) -> float:
        """Give the mood in [-1, 1]."""
        return math.tanh(self.praise / 2) * (1 - self.neutral)


def weigh(tokens: list[Token], model: Model) -> Mood:
    """Weigh tokens as one clause."""
    places = set(map(model.index.get, grams(tokens), repeat(_UNKNOWN)))
    places.discard(_UNKNOWN)
    praise, plain = model.logits(places)
    emoji = [WEIGHTS[token.text] for token in tokens if token.text in WEIGHTS]
    if emoji:
        praise += max(-_EMOJI_LIMIT, min(_EMOJI_LIMIT, sum(emoji)))
        plain -= 1.2 * max(map(abs, emoji))
    return Mood(praise, chance(plain), len(places) + len(emoji))


def chance(log_odds: float) -> float:
    """Turn log odds into a probability, without overflow."""
    return 0.5 + 0.5 * math.tanh(log_odds / 2)


def weigh_text(folded: str, tokens: list[Token], model: Model) -> Mood:
    """Weigh a text; where it turns ("but", 但是), what comes after counts for more."""
    whole = weigh(tokens, model)
    turn = _turn(folded)
    if turn is None:
        return _against_each_other(whole, tokens, model)
    before = weigh([token for token in tokens if token.end <= turn], model)
    after = weigh([token for token in tokens if token.start >= turn], model)
    if not before.known or not after.known:
        return whole
    turned = (1 - _LATER_WEIGHT) * before.praise + _LATER_WEIGHT * after.praise
    return Mood((whole.praise + turned) / 2, whole.neutral, whole.known, _torn(before, after))


def _against_each_other(whole: Mood, tokens: list[Token], model: Model) -> Mood:
    """See whether a short text sets two clauses against each other without a word of contrast."""
    undecided = len(tokens) <= _SHORT and abs(whole.praise) < _DECIDED
    parts = clauses(tokens) if undecided else []
    if len(parts) != 2:
        return whole
    left, right = (weigh(part, model) for part in parts)
    if not _torn(left, right) or min(abs(left.polarity), abs(right.polarity)) < _OPPOSED_SIDE:
        return whole
    return Mood(whole.praise, whole.neutral, whole.known, torn=True)


def _turn(folded: str) -> int | None:
    """Find where the first clause ends: at the word of contrast, or at the comma after "although"."""
    found = _CONTRAST.search(folded)
    if found is None:
        return None
    if found.group() not in _FIRST_HALF:
        return found.start() or None
    if found.start() > 2:
        return found.start()
    comma = min((at for sign in ",;" if (at := folded.find(sign)) > 0), default=-1)
    return comma if comma > 0 else None


def _torn(one: Mood, other: Mood) -> bool:
    left, right = one.polarity, other.polarity
    return left * right < 0 and min(abs(left), abs(right)) >= _CLEAR_SIDE and abs(left + right) < _BALANCE


def clauses(tokens: list[Token]) -> list[list[Token]]:
    """Cut tokens at punctuation."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        parts[-1].append(token)
        if token.text[0] in _BREAK:
            parts.append([])
    return [part for part in parts if part]

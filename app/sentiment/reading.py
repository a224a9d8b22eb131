"""Folds a text to one spelling while remembering where each character came from, and tells its language."""

import re
import unicodedata
from dataclasses import dataclass

from app.sentiment.cues import sections, words
from app.sentiment.folding import FOLD
from app.sentiment.verdict import Language

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
LATIN = "a-z\u00df-\u00f6\u00f8-\u024f"

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(f"[{LATIN}]+(?:'[{LATIN}]+)*")
_FOREIGN = re.compile(f"[^\\W\\d_{LATIN}{HAN}]")
_LESSER_SHARE = 0.15
_FOREIGN_SHARE = 0.15

_WORDS = sections("words")
_ENGLISH_WORDS, _NEIGHBOUR_WORDS = words(_WORDS["english"]), words(_WORDS["neighbours"])


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded text; `places[i]` is where its character i stands in the original (None: in the same place)."""

    text: str
    places: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original text of a non-empty stretch of the folded one."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def read(text: str) -> Reading:
    """Fold full-width forms, case, apostrophes and common traditional characters."""
    folded = text.translate(FOLD).lower()
    if len(folded) == len(text) and unicodedata.is_normalized("NFKC", folded):
        return Reading(folded)
    return _read_by_character(text)


def _read_by_character(text: str) -> Reading:
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(FOLD)):
        folded = unicodedata.normalize("NFKC", character).translate(FOLD).lower()
        letters.append(folded)
        places.extend([place] * len(folded))
    return Reading("".join(letters), tuple(places))


def language_of(folded: str) -> Language:
    """Tell the language of a folded text by its letters; OTHER also means that it has none."""
    if folded.isascii():
        return _of_latin(_WORD.findall(folded))
    han = len(_HAN.findall(folded))
    latin = _WORD.findall(folded)
    if _is_foreign(folded, han=han, latin=latin):
        return Language.OTHER
    if not han:
        return _of_latin(latin)
    if min(han, len(latin)) < _LESSER_SHARE * (han + len(latin)):
        return Language.CHINESE if han > len(latin) else Language.ENGLISH
    return Language.MIXED


def _of_latin(latin: list[str]) -> Language:
    if not latin:
        return Language.OTHER
    neighbour = sum(word in _NEIGHBOUR_WORDS for word in latin)
    if neighbour and neighbour > sum(word in _ENGLISH_WORDS for word in latin):
        return Language.OTHER
    return Language.ENGLISH


def _is_foreign(folded: str, *, han: int, latin: list[str]) -> bool:
    foreign = len(_FOREIGN.findall(folded))
    return foreign > _FOREIGN_SHARE * (foreign + han + sum(map(len, latin)))

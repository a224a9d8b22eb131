"""What a comment is about: nine themes, each with its cues in English and Chinese."""

from app.sentiment.cues import listed, sections
from app.sentiment.tokens import Token

_BOOK = {tuple(name.split()): listed(lines) for name, lines in sections("themes").items()}
_FALLBACK, _PRODUCT = "fallback", "product"
KEYS: tuple[str, ...] = tuple(dict.fromkeys(key for key, _ in _BOOK if key != _FALLBACK))


def _cues(lang: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for (key, language), cues in _BOOK.items():
        for cue in cues if language == lang else ():
            found[cue] = (*found.get(cue, ()), key)
    return found


_BY_WORD, _BY_HAN = _cues("en"), _cues("zh")
_HAN_SIZES = tuple(sorted({len(cue) for cue in _BY_HAN}))
_WORD_SIZES = (1, 2, 3)


def themes_in(tokens: list[Token]) -> set[str]:
    """Name the themes that a clause speaks about: whole words in English, any place in a run of Chinese."""
    found = _cues_of(tokens)
    if found == {_FALLBACK}:
        return {_PRODUCT}
    return found - {_FALLBACK}


def _cues_of(tokens: list[Token]) -> set[str]:
    found: set[str] = set()
    words: list[str] = []
    for token in tokens:
        if token.text[0] < "\u0250":
            words.append(token.text)
            continue
        for size in _HAN_SIZES:
            for at in range(len(token.text) - size + 1):
                found.update(_BY_HAN.get(token.text[at : at + size], ()))
    for size in _WORD_SIZES:
        for at in range(len(words) - size + 1):
            found.update(_BY_WORD.get(" ".join(words[at : at + size]), ()))
    return found

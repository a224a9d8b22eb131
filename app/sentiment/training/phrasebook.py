"""The project's own training phrases: patterns such as `{fast|slow} delivery`, of what is said after a sale."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from app.sentiment.training.rows import Row

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{([^{}]*)\}")
_MOST = 90
"""A pattern gives at most so many phrases, taken evenly from all that it could give."""


def phrases() -> list[Row]:
    """Unfold every pattern of the three books, in their order."""
    return [row for lang in ("en", "zh", "mixed") for row in _book(lang)]


def _book(lang: str) -> Iterator[Row]:
    label = ""
    for line in (_FOLDER / f"phrasebook_{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            label = line[2:]
            continue
        for text in unfolded(line):
            yield Row("phrasebook", label, lang, "after-sale", text)


def unfolded(pattern: str) -> list[str]:
    """Fill the slots of a pattern in every way, thinned out evenly when there are too many."""
    pieces = _SLOT.split(pattern)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    texts = list(dict.fromkeys("".join(parts).strip() for parts in itertools.product(*choices)))
    if len(texts) <= _MOST:
        return texts
    return [texts[at * len(texts) // _MOST] for at in range(_MOST)]

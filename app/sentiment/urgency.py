"""Cues that a text cannot wait: safety, injury, money, account, deadline, regulator, repeated contact, escalation."""

import re

from app.sentiment.cues import sections

GRAVE = frozenset({"safety", "injury", "account", "regulator"})
"""Kinds that count even in a calm text; the others need a complaint or a request."""

_PRAISE, _COMPLAINT = 0.35, -0.1
_REQUEST = re.compile(
    r"\?|\b(?:please|need|needs|must|want|help|could you|can you)\b|请|麻烦|需要|帮|求|必须|能不能|怎么办|尽快"
)
_NOT_SO = re.compile(r"(?:\b(?:no|not|never|without|any|zero)\b|n't)[ \w]{0,12}$|(?:没|无|不|未|防)[^,;.!?]{0,2}$")


def cues_in(folded: str, *, polarity: float) -> list[tuple[str, int, int]]:
    """List the kind and place of each cue in a folded text of this mood.

    Praise says "replied immediately" and 马上就好了: it has no urgency, and a text that is neither a complaint nor a
    request has only grave ones.
    """
    if polarity >= _PRAISE:
        return []
    found = list(_found(_ENGLISH, folded))
    if not folded.isascii():
        found += _found(_CHINESE, folded)
    if found and polarity > _COMPLAINT and not _REQUEST.search(folded):
        return [cue for cue in found if cue[0] in GRAVE]
    return sorted(found, key=lambda cue: cue[1])


def _book(lang: str, frame: str) -> re.Pattern[str]:
    books = [(name.split(), "|".join(lines)) for name, lines in sections("urgency").items()]
    return re.compile("|".join(f"(?P<{key}>{frame % rules})" for (key, language), rules in books if language == lang))


_ENGLISH, _CHINESE = _book("en", r"\b(?:%s)\b"), _book("zh", "%s")


def _found(cues: re.Pattern[str], folded: str) -> list[tuple[str, int, int]]:
    return [
        (cue.lastgroup or "", cue.start(), cue.end())
        for cue in cues.finditer(folded)
        if not _NOT_SO.search(folded, max(cue.start() - 16, 0), cue.start())
    ]

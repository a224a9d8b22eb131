"""Rules for phrases whose mood a bag of words reads wrongly: "no problems", "nobody answers", 没有任何质量问题."""

import re

from app.sentiment.cues import sections

PRAISED, BLAMED = "\ue000", "\ue001"
"""What stands for a phrase that a rule knows to be praise or blame."""

_ENGLISH_GATE = re.compile(r"\b(?:no|not|never|without|zero|nothing|nobody|none|free|hardly|barely|can ?not)\b|n't\b")
_CHINESE_GATE = re.compile("[没无不未零毫挑从找并再用打连充开退修收联迟谈算称好别]")


def _rules(lang: str, boundary: str) -> re.Pattern[str]:
    books = sections("phrases")
    parts = [f"(?P<{mood}>{'|'.join(books[f'{mood} {lang}'])})" for mood in ("praise", "blame")]
    rule = f"{boundary}(?:{'|'.join(parts)})"
    return re.compile(rule.replace("<trouble>", books["trouble en"][0]).replace("<fill>", books["fill zh"][0]))


_ENGLISH, _CHINESE = _rules("en", r"\b"), _rules("zh", "")


def sign_phrases(folded: str) -> str:
    """Put the sign of praise or blame in place of each phrase that a rule knows, at the same length."""
    if _ENGLISH_GATE.search(folded):
        folded = _ENGLISH.sub(_signed, folded)
    if not folded.isascii() and _CHINESE_GATE.search(folded):
        folded = _CHINESE.sub(_signed, folded)
    return folded


def _signed(found: re.Match[str]) -> str:
    sign = PRAISED if found.lastgroup == "praise" else BLAMED
    return sign * len(found.group())

"""Rules for phrases whose mood a bag of words reads wrongly: "no problems", "nobody answers", 没有质量问题."""

import re

from app.sentiment.cues import sections

_SIGNS = {"plain": "\ue002", "praise": "\ue000", "blame": "\ue001"}
"""What stands for a phrase that a rule knows to be praise, blame or neither."""

_ENGLISH_GATE = re.compile(
    r"\b(?:no|not|never|without|zero|nothing|nobody|none|free|hardly|barely|can ?not|yet|early)\b|n't\b"
)
_CHINESE_GATE = re.compile(
    "[太想受对合关按转认读识搜扫谁没无不未零毫挑从找并再用打连充开退修收联迟谈算称好别离舍尚暂等说哪]"
)


def _rules(lang: str, boundary: str) -> re.Pattern[str]:
    books = sections("phrases")
    parts = [f"(?P<{mood}>{'|'.join(books[f'{mood} {lang}'])})" for mood in _SIGNS]
    rule = f"{boundary}(?:{'|'.join(parts)})"
    for part in ("trouble en", "fill zh", "harm zh"):
        rule = rule.replace(f"<{part.split()[0]}>", books[part][0])
    return re.compile(rule)


_ENGLISH, _CHINESE = _rules("en", r"\b"), _rules("zh", "")


def sign_phrases(folded: str) -> str:
    """Put the sign of praise or blame in place of each phrase that a rule knows, at the same length."""
    if _ENGLISH_GATE.search(folded):
        folded = _ENGLISH.sub(_signed, folded)
    if not folded.isascii() and _CHINESE_GATE.search(folded):
        folded = _CHINESE.sub(_signed, folded)
    return folded


def _signed(found: re.Match[str]) -> str:
    return _SIGNS[found.lastgroup or ""] * len(found.group())

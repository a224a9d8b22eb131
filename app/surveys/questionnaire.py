"""What a survey asks: questions with texts in both languages, as one canonical JSON document that never changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.surveys.rules import Metric

AFTER_PURCHASE = "after-purchase"
IMPORTED = {Metric.NPS: "feedback-0-10", Metric.CSAT: "feedback-stars"}
SCORES = {Metric.NPS: (0, 10), Metric.CSAT: (1, 5), Metric.CES: (1, 7)}


@dataclass(frozen=True)
class Question:
    """One question: its lasting key, its kind (score, options, text, consent) and its texts."""

    key: str
    kind: str
    texts: Mapping[str, str]
    ends: Sequence[Mapping[str, str]] = ()
    options: Mapping[str, Mapping[str, str]] | None = None

    def text(self, locale: str) -> str:
        """Return the question in the reader's language."""
        return said(self.texts, locale)

    def choices(self, locale: str) -> list[tuple[str, str]]:
        """Return (option id, text in the reader's language) pairs."""
        return [(key, said(texts, locale)) for key, texts in (self.options or {}).items()]


def said(texts: Mapping[str, str], locale: str) -> str:
    """Return the text in the reader's language."""
    return texts["zh_Hans" if locale.startswith("zh") else "en"]


@lru_cache(maxsize=256)
def read(content: str) -> Mapping[str, Question]:
    """Return the questions of a version by key."""
    return {one["key"]: Question(**one) for one in json.loads(content)["questions"]}


def canonical(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the document as canonical JSON (sorted keys, no spaces; RFC 8785 in spirit) and its SHA-256."""
    content = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content, hashlib.sha256(content.encode()).hexdigest()


def _both(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, "zh_Hans": chinese}


# Options are kept in a list-like order by their ids, because canonical JSON sorts keys.
_ABOUT = {
    "1-product": _both("The product itself", "产品本身"),
    "2-delivery": _both("Delivery or set-up", "送货与安装"),
    "3-service": _both("Service and advice", "客服与讲解"),
    "4-repair": _both("Repairs or claims", "报修与理赔"),
    "5-price": _both("The price", "价格"),
    "6-other": _both("Something else", "别的"),
}

_RECOMMEND = {
    "key": "score",
    "kind": "score",
    "texts": _both(
        "How likely are you to recommend us to a friend or colleague?",
        "您有多大可能把我们推荐给朋友或同事？",
    ),
    "ends": [_both("not at all likely", "完全不会"), _both("extremely likely", "一定会")],
}
_COMMENT = {"key": "comment", "kind": "text", "texts": _both("What happened?", "发生了什么？")}

DOCUMENTS: Mapping[str, tuple[Metric, Mapping[str, Any]]] = {
    AFTER_PURCHASE: (
        Metric.NPS,
        {
            "title": _both("After the purchase", "买了以后"),
            "questions": [
                _RECOMMEND,
                {
                    "key": "about",
                    "kind": "options",
                    "texts": _both("What is it about?", "和什么有关？"),
                    "options": _ABOUT,
                },
                _COMMENT,
                {
                    "key": "may_contact",
                    "kind": "consent",
                    "texts": _both("You may contact me about this", "可以为这件事联系我"),
                },
            ],
        },
    ),
    IMPORTED[Metric.NPS]: (
        Metric.NPS,
        {
            "title": _both("Feedback from elsewhere, 0 to 10", "别处来的反馈，0 到 10 分"),
            "questions": [_RECOMMEND, _COMMENT],
        },
    ),
    IMPORTED[Metric.CSAT]: (
        Metric.CSAT,
        {
            "title": _both("Feedback from elsewhere, stars", "别处来的反馈，星级"),
            "questions": [
                {
                    "key": "score",
                    "kind": "score",
                    "texts": _both("How many stars, 1 to 5?", "几颗星，1 到 5？"),
                    "ends": [_both("very unhappy", "很不满意"), _both("very happy", "很满意")],
                },
                _COMMENT,
            ],
        },
    ),
}

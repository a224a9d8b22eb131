"""How a text of a customer feels, as support keeps it: the verdict with the words that decided."""

from typing import Any

from app.sentiment import judge


def verdict_on(text: str, language: str | None) -> dict[str, Any]:
    """Judge a text; the result is what a message stores beside it."""
    judged = judge(text, language)
    return {
        "label": judged.label.value,
        "polarity": judged.polarity,
        "confidence": judged.confidence,
        "urgent": judged.urgent,
        "spans": [[span.start, span.end, span.weight] for span in judged.evidence],
    }

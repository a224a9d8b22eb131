"""One response as rows: the same for an answered form and for feedback from elsewhere."""

from collections.abc import Mapping
from typing import Any

from app.sentiment import Judgement
from app.surveys.questionnaire import Question
from app.surveys.rules import Missing, Said


def judged(judgement: Judgement | None) -> dict[str, Any]:
    """Return the judgement's columns; without a comment there was nothing to judge."""
    if judgement is None:
        return {
            "label": None,
            "polarity": 0.0,
            "confidence": 0.0,
            "subjectivity": 0.0,
            "is_doubtful": False,
            "is_urgent": False,
            "text_language": "",
            "urgency": [],
            "themes": [],
            "evidence": [],
            "model_version": "",
        }
    return {
        "label": judgement.label.value,
        "polarity": judgement.polarity,
        "confidence": judgement.confidence,
        "subjectivity": judgement.subjectivity,
        "is_doubtful": judgement.doubtful,
        "is_urgent": judgement.urgent,
        "text_language": judgement.language.value,
        "urgency": [list(cue) for cue in judgement.urgency],
        "themes": [list(theme) for theme in judgement.themes],
        "evidence": [list(span) for span in judgement.evidence],
        "model_version": judgement.model_version,
    }


def answers(response_id: int, questions: Mapping[str, Question], said: Said) -> list[dict[str, Any]]:
    """Return the typed rows of every question that was shown, answered or not."""
    return [row for question in questions.values() for row in _rows(response_id, question, said)]


def _rows(response_id: int, question: Question, said: Said) -> list[dict[str, Any]]:
    empty = {
        "response_id": response_id,
        "question_key": question.key,
        "option_id": None,
        "number": None,
        "text": None,
        "missing_reason": None,
    }
    if question.kind == "score" and said.score is not None:
        return [empty | {"number": said.score}]
    if question.kind == "options" and said.about:
        return [empty | {"option_id": option} for option in sorted(set(said.about))]
    if question.kind == "text" and said.comment:
        return [empty | {"text": said.comment}]
    if question.kind == "consent":
        return [empty | {"option_id": "yes" if said.may_contact else "no"}]
    return [empty | {"missing_reason": Missing.SKIPPED}]

"""The mood of what a customer wrote, in Chinese, English or both, and what it is about.

`judge` says how a text feels (negative, neutral, positive, mixed), how sure that is, which words decided, which
themes it touches and whether it can wait. A text that cannot be read here, in another language or without
words, is "unread": never neutral. Sarcasm is only suspected, and then a person should look.
`polarities` and `labels` give the same verdicts for many texts, quickly. Nothing here reads a database or the network.
"""

from dataclasses import replace

from app.sentiment.judging import label_of, label_of_listed, mood_of
from app.sentiment.verdict import Judgement, Label, Language, Span, ThemeMood, UrgencyCue

__all__ = ["Judgement", "Label", "Language", "Span", "ThemeMood", "UrgencyCue", "judge", "labels", "polarities"]


def judge(text: str, language: str | None = None) -> Judgement:
    """Judge one text; `language` ("en", "zh") is that of the writer's pages, and names a text that shows none."""
    from app.sentiment.analyzer import judge_through_textblob  # noqa: PLC0415  TextBlob takes over a second to import

    judgement = judge_through_textblob(text)
    if language is None or judgement.language is not Language.OTHER or judgement.label is Label.UNREAD:
        return judgement
    return replace(judgement, language=Language.CHINESE if language.startswith("zh") else Language.ENGLISH)


def polarities(texts: list[str]) -> list[float]:
    """Give the polarity [-1, 1] of each text; 0.0 also for a text that cannot be read."""
    moods = map(mood_of, texts)
    return [round(mood.polarity, 4) if mood else listed or 0.0 for mood, listed in moods]


def labels(texts: list[str]) -> list[str]:
    """Give the label of each text."""
    return [_label(text) for text in texts]


def _label(text: str) -> str:
    mood, listed = mood_of(text)
    if mood:
        return label_of(mood).value
    return (Label.UNREAD if listed is None else label_of_listed(listed)).value

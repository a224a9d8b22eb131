"""Reads a text and judges it: the pass that is quick enough for a request."""

from app.sentiment.evidence import evidence
from app.sentiment.model import Model, shipped
from app.sentiment.mood import Mood, clauses, weigh, weigh_text
from app.sentiment.negation import sign_phrases
from app.sentiment.reading import Reading, language_of, read
from app.sentiment.sarcasm import sounds_sarcastic
from app.sentiment.short_answers import short_answer
from app.sentiment.themes import KEYS, themes_in
from app.sentiment.tokens import Token, cut
from app.sentiment.urgency import cues_in
from app.sentiment.verdict import Judgement, Label, Language, Span, ThemeMood, UrgencyCue

LONGEST = 20_000
"""Characters that are read; what a person writes beyond them changes no verdict."""
_NEUTRAL_CHANCE = 0.6
_NEUTRAL_BAND = 0.15
_LISTED_CONFIDENCE = 0.95
_DOUBTFUL_CONFIDENCE = 0.5


def judge_text(text: str) -> Judgement:
    """Judge one text with the shipped model."""
    model, reading = shipped(), read(text[:LONGEST])
    listed = short_answer(reading.text)
    language = language_of(reading.text)
    if listed is not None:
        return _judge_listed(listed, text, reading, language=language, version=model.version)
    tokens = cut(sign_phrases(reading.text))
    mood = _mood(reading, tokens, language, model)
    if mood is None:
        return unread(language, version=model.version)
    doubtful = sounds_sarcastic(reading.text)
    confidence = confidence_of(mood)
    return Judgement(
        polarity=round(mood.polarity, 4),
        subjectivity=round(1 - mood.neutral, 4),
        label=label_of(mood),
        confidence=round(min(confidence, _DOUBTFUL_CONFIDENCE) if doubtful else confidence, 4),
        language=language,
        urgency=_urgency(reading, mood.polarity),
        themes=_themes(reading, tokens, mood, model),
        evidence=evidence(reading, tokens, model),
        doubtful=doubtful,
        model_version=model.version,
    )


def mood_of(text: str, model: Model | None = None) -> tuple[Mood | None, float | None]:
    """Give the mood of a text, or its place on the list of short answers: the quick way, without spans and themes."""
    model, reading = model or shipped(), read(text[:LONGEST])
    listed = short_answer(reading.text)
    if listed is not None:
        return None, listed
    return _mood(reading, cut(sign_phrases(reading.text)), language_of(reading.text), model), None


def unread(language: Language, *, version: str) -> Judgement:
    """Say that nobody here can read a text."""
    return Judgement(
        polarity=0.0, subjectivity=0.0, label=Label.UNREAD, confidence=0.0, language=language, model_version=version
    )


def label_of(mood: Mood) -> Label:
    """Put a mood in one word."""
    if mood.torn:
        return Label.MIXED
    if mood.neutral > _NEUTRAL_CHANCE or abs(mood.polarity) < _NEUTRAL_BAND:
        return Label.NEUTRAL
    return Label.POSITIVE if mood.polarity > 0 else Label.NEGATIVE


def label_of_listed(polarity: float) -> Label:
    """Put the mood of a listed short answer in one word."""
    if polarity == 0:
        return Label.NEUTRAL
    return Label.POSITIVE if polarity > 0 else Label.NEGATIVE


def confidence_of(mood: Mood) -> float:
    """Give the probability of the likeliest of praise, blame and neither."""
    share = (1 + mood.polarity / (1 - mood.neutral)) / 2 if mood.neutral < 1 else 0.5
    return max(mood.neutral, (1 - mood.neutral) * max(share, 1 - share))


def _mood(reading: Reading, tokens: list[Token], language: Language, model: Model) -> Mood | None:
    """Weigh a text in a language that is read; None when it says nothing that is known."""
    mood = weigh_text(reading.text, tokens, model)
    if language is Language.OTHER and not _only_emoji(reading.text, mood):
        return None
    return mood if mood.known and any(_says(token) for token in tokens) else None


def _only_emoji(folded: str, mood: Mood) -> bool:
    return mood.known > 0 and not any(character.isalpha() for character in folded)


def _says(token: Token) -> bool:
    return token.text[0].isalpha() or token.text[0] > "\u2000" or (len(token.text) > 1 and token.text[0] in ":;=")


def _judge_listed(listed: float, text: str, reading: Reading, *, language: Language, version: str) -> Judgement:
    bare = text[:LONGEST].strip()
    start = text.index(bare)
    return Judgement(
        polarity=listed,
        subjectivity=abs(listed),
        label=label_of_listed(listed),
        confidence=_LISTED_CONFIDENCE,
        language=language,
        urgency=_urgency(reading, listed),
        themes=tuple(ThemeMood(key, listed) for key in sorted(themes_in(cut(reading.text)), key=KEYS.index)),
        evidence=(Span(start, start + len(bare), listed),) if listed else (),
        model_version=version,
    )


def _urgency(reading: Reading, polarity: float) -> tuple[UrgencyCue, ...]:
    return tuple(
        UrgencyCue(key, *reading.original(start, end)) for key, start, end in cues_in(reading.text, polarity=polarity)
    )


def _themes(reading: Reading, tokens: list[Token], mood: Mood, model: Model) -> tuple[ThemeMood, ...]:
    """Give each theme the mood of the clauses that hold it; the cues are read before phrases are signed."""
    found: dict[str, list[float]] = {}
    parts = clauses(cut(reading.text))
    for part in parts:
        keys = themes_in(part)
        if not keys:
            continue
        polarity = mood.polarity if len(parts) == 1 else weigh(_within(part, tokens), model).polarity
        for key in keys:
            found.setdefault(key, []).append(polarity)
    return tuple(ThemeMood(key, round(sum(found[key]) / len(found[key]), 4)) for key in KEYS if key in found)


def _within(part: list[Token], tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.start >= part[0].start and token.end <= part[-1].end]

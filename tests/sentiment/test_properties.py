"""What holds for every text there is."""

import math

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.sentiment import Label, judge, labels, polarities
from app.sentiment.judging import judge_text
from app.sentiment.reading import read
from app.sentiment.tokens import cut, grams

_WORDS = st.sampled_from(
    [
        "good",
        "not",
        "terrible",
        "but",
        "delivery",
        "很好",
        "没有",
        "问题",
        "但是",
        "差",
        "，",
        "!!",
        "😡",
        "ﬁ",
        "㎡",
        "İ",
        "１２",
        "\n",
    ]
)
_TEXTS = st.one_of(
    st.text(st.characters()),
    st.text(st.characters(categories=["Cs", "So", "Mn", "Lo", "Po", "Co"])),
    st.lists(_WORDS).map("".join),
    st.lists(_WORDS).map(" ".join),
)


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_text_gets_a_verdict_within_its_bounds(text):
    judgement = judge_text(text)

    assert -1 <= judgement.polarity <= 1
    assert 0 <= judgement.subjectivity <= 1
    assert 0 <= judgement.confidence <= 1
    assert judgement.label in Label
    assert all(-1 <= theme.polarity <= 1 for theme in judgement.themes)


@given(_TEXTS)
@example("接受")  # its only word weighs less than can be shown
@settings(max_examples=300, deadline=None)
def test_every_span_lies_inside_the_original_text(text):
    judgement = judge_text(text)

    spans = [(span.start, span.end) for span in judgement.evidence]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(0 <= cue.start < cue.end <= len(text) for cue in judgement.urgency)
    assert all(math.isfinite(span.weight) and span.weight for span in judgement.evidence)
    assert spans == sorted(spans)


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gets_the_same_verdict_by_every_way(text):
    assert judge(text) == judge(text)
    assert labels([text]) == [judge(text).label.value]
    assert polarities([text]) == [judge(text).polarity]


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_unread_texts_say_nothing(text):
    judgement = judge_text(text)

    if judgement.label is Label.UNREAD:
        assert (judgement.polarity, judgement.subjectivity, judgement.evidence, judgement.themes) == (0.0, 0.0, (), ())


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_folding_is_stable_and_keeps_places(text):
    reading = read(text)

    assert read(reading.text).text == reading.text
    assert reading.places is None or len(reading.places) == len(reading.text)


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_ngram_has_a_place(text):
    places: list[tuple[int, int]] = []
    tokens = cut(read(text).text)

    assert len(grams(tokens, places)) == len(places)
    assert grams(tokens) == grams(tokens, [])


def test_a_text_of_a_million_characters_is_judged():
    assert judge("很好，" * 400_000).label is Label.POSITIVE

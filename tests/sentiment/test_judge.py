"""What `judge` says about single comments."""

import pytest

from app.sentiment import Label, Language, judge, labels, polarities


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The courier was fast and the phone works perfectly", Label.POSITIVE),
        ("Still no refund and nobody answers my emails", Label.NEGATIVE),
        ("I ordered two of them in March", Label.NEUTRAL),
        ("客服很耐心,问题当场就解决了", Label.POSITIVE),
        ("用了两天就坏了,售后没人管", Label.NEGATIVE),
        ("昨天收到的货,还没用", Label.NEUTRAL),
        ("App 很 smooth,客服也 very nice", Label.POSITIVE),
        ("refund 等了一个月还没到", Label.NEGATIVE),
        ("There were no problems whatsoever", Label.POSITIVE),
        ("没有任何质量问题", Label.POSITIVE),
        ("没有解决问题", Label.NEGATIVE),
        ("I couldn't be happier", Label.POSITIVE),
        ("10/10", Label.POSITIVE),
        ("N/A", Label.NEUTRAL),
        ("一般般", Label.NEUTRAL),
        ("差评!!!", Label.NEGATIVE),
        ("😡😡", Label.NEGATIVE),
        ("👍", Label.POSITIVE),
    ],
)
def test_a_comment_gets_the_label_a_reader_would_give(text, label):
    assert judge(text).label is label
    assert labels([text]) == [label.value]


@pytest.mark.parametrize(
    "text", ["", "  \n", "...", "?!", "とても良いです", "배송이 빨라요", "Очень плохо", "Das ist sehr gut", "qwrtzp"]
)
def test_what_cannot_be_read_is_unread_and_never_neutral(text):
    judgement = judge(text)

    assert judgement.label is Label.UNREAD
    assert (judgement.polarity, judgement.confidence, judgement.evidence) == (0.0, 0.0, ())
    assert (labels([text]), polarities([text])) == (["unread"], [0.0])


def test_the_language_of_the_pages_names_a_text_without_letters():
    assert judge("👍", "zh").language is Language.CHINESE
    assert judge("👍", "en").language is Language.ENGLISH
    assert judge("很好", "en").language is Language.CHINESE


def test_the_spans_are_places_in_the_original_text():
    text = "ＩＰＨＯＮＥ　㎡ 屏幕碎了，客服 ＴＥＲＲＩＢＬＥ"

    judgement = judge(text)

    assert any(text[span.start : span.end].endswith("ＴＥＲＲＩＢＬＥ") for span in judgement.evidence)


def test_each_theme_has_the_mood_of_its_own_clause():
    moods = dict(judge("快递很快,但是屏幕碎了").themes)

    assert moods["delivery"] > 0 > moods["quality"]


def test_danger_is_urgent_and_a_quick_answer_in_praise_is_not():
    assert [cue.key for cue in judge("我的充电器冒烟了").urgency] == ["safety"]
    assert judge("I need the refund today, this is my third email").urgent
    assert not judge("They replied immediately, great service").urgent
    assert not judge("马上就修好了,非常满意").urgent


def test_suspected_sarcasm_lowers_the_confidence():
    judgement = judge("Oh great, it broke again. Thanks for nothing")

    assert judgement.doubtful
    assert judgement.confidence <= 0.5

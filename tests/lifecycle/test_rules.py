"""The rules of stage, side state, health and next step: tables of cases, and what must hold for all of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lifecycle.rules.facts import Facts, after, satisfaction
from app.lifecycle.rules.health import health
from app.lifecycle.rules.kinds import Band, Satisfaction, Side, Stage, Step
from app.lifecycle.rules.stages import IN_USE_AFTER, RISK_LASTS, RULES, STARTS_AFTER, next_change, reached, side_of
from app.lifecycle.rules.steps import Standing, advise
from tests.lifecycle import happenings

pytestmark = pytest.mark.no_database
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = st.integers(0, 1000).map(lambda days: NOW - timedelta(days=days))
MAYBE = st.none() | MOMENTS
FACTS = st.builds(
    Facts,
    purchases=st.integers(0, 5),
    first_bought_at=MAYBE,
    answers=st.integers(0, 5),
    satisfaction=st.none() | st.sampled_from(Satisfaction),
    score=st.none() | st.integers(0, 10),
    said_at=MAYBE,
    delighted_score=st.none() | st.integers(9, 10),
    open_requests=st.integers(0, 3),
    is_grave=st.booleans(),
    is_back=st.booleans(),
    asked_at=MAYBE,
    solved_at=MAYBE,
    was_in_time=st.booleans(),
    points_at=MAYBE,
    has_redeemed=st.booleans(),
    was_brought=st.booleans(),
    friends=st.integers(0, 3),
    friends_bought=st.integers(0, 3),
    friend_at=MAYBE,
)


def stage_of(facts, before=None, now=NOW):
    rule = reached(facts, before, now)
    return rule.stage if rule else before


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (Facts(), None),
        (Facts(was_brought=True), Stage.AWARENESS),
        (Facts(purchases=1, first_bought_at=NOW), Stage.PURCHASED),
        (Facts(purchases=1, first_bought_at=NOW - STARTS_AFTER + timedelta(seconds=1)), Stage.PURCHASED),
        (Facts(purchases=1, first_bought_at=NOW - STARTS_AFTER), Stage.ONBOARDING),
        (Facts(purchases=1, first_bought_at=NOW - IN_USE_AFTER), Stage.USING),
        (Facts(purchases=1, first_bought_at=NOW, answers=1), Stage.USING),
        (Facts(purchases=1, first_bought_at=NOW, answers=1, delighted_score=9), Stage.SATISFIED),
        (Facts(purchases=2, first_bought_at=NOW), Stage.REPEAT),
        (Facts(purchases=2, first_bought_at=NOW, delighted_score=10), Stage.REPEAT),
        (Facts(purchases=1, first_bought_at=NOW, friends_bought=1), Stage.ADVOCATE),
    ],
)
def test_the_stage_follows_from_the_facts(facts, stage):
    assert stage_of(facts) == stage


@pytest.mark.parametrize(
    ("facts", "side"),
    [
        (Facts(), None),
        (Facts(open_requests=1), Side.ISSUE_OPEN),
        (Facts(satisfaction=Satisfaction.UNHAPPY, said_at=NOW), Side.AT_RISK),
        (Facts(satisfaction=Satisfaction.UNHAPPY, said_at=NOW, open_requests=1), Side.ISSUE_OPEN),
        (Facts(satisfaction=Satisfaction.CONTENT, said_at=NOW), None),
        (Facts(satisfaction=Satisfaction.UNHAPPY, said_at=NOW - RISK_LASTS), None),
    ],
)
def test_the_side_state_is_the_worst_that_holds(facts, side):
    rule = side_of(facts, NOW)

    assert (rule.side if rule else None) == side


@pytest.mark.parametrize(
    ("score", "most", "label", "heard"),
    [
        (0, 10, "", "unhappy"),
        (6, 10, "positive", "unhappy"),
        (7, 10, "", "content"),
        (8, 10, "", "content"),
        (9, 10, "", "happy"),
        (10, 10, "negative", "happy"),
        (3, 5, "", "unhappy"),
        (4, 5, "", "content"),
        (5, 5, "", "happy"),
        (None, 10, "negative", "unhappy"),
        (None, 10, "mixed", "content"),
        (None, 10, "positive", "happy"),
        (None, 10, "unread", None),
        (None, 10, "", None),
    ],
)
def test_an_answer_sounds_as_its_score_or_else_as_its_words(score, most, label, heard):
    assert satisfaction(score=score, score_max=most, label=label) == heard


@given(FACTS, st.none() | st.sampled_from(Stage))
def test_a_stage_never_goes_back(facts, before):
    stage = stage_of(facts, before)

    assert before is None or stage.position >= before.position


@given(FACTS, st.integers(0, 400))
def test_later_is_never_an_earlier_stage(facts, days):
    now, later = stage_of(facts), stage_of(facts, now=NOW + timedelta(days=days))

    assert now is None or later.position >= now.position


@given(FACTS)
def test_what_time_will_change_is_announced(facts):
    due = next_change(facts, NOW)
    until = (due or NOW + timedelta(days=4000)) - timedelta(seconds=1)
    if due is None or until > NOW:
        assert stage_of(facts) == stage_of(facts, now=until)
        assert side_of(facts, NOW) == side_of(facts, until)


@given(FACTS)
def test_health_lies_between_its_known_parts_and_unknown_counts_for_nothing(facts):
    found = health(facts, NOW)
    known = [part.score for part in found.parts if part.score is not None and part.counts]

    if not known:
        assert found.score is None
    else:
        assert min(known) <= found.score <= max(known)
        assert 0 <= found.score <= 100
    assert all(part.counts == 0 for part in found.parts if part.score is None)
    assert abs(sum(part.weight for part in found.parts) - 1) < 1e-9


@given(FACTS, st.integers(0, 9))
def test_a_better_answer_never_makes_health_worse(facts, score):
    worse, better = (
        health(
            replace(
                facts,
                score=value,
                score_max=10,
                satisfaction=satisfaction(score=value, score_max=10, label=""),
                said_at=NOW,
            ),
            NOW,
        )
        for value in (score, score + 1)
    )

    order = [Band.NEEDS_CARE, Band.FAIR, Band.GOOD]
    assert worse.score <= better.score
    assert order.index(worse.band) <= order.index(better.band)


@given(FACTS)
def test_a_hard_signal_beats_every_average(facts):
    signalled = replace(facts, open_requests=1, is_back=True, request_number="#1")

    assert health(signalled, NOW).band == Band.NEEDS_CARE


@given(FACTS)
def test_nobody_is_sold_to_while_something_is_wrong(facts):
    stage, side = stage_of(facts), side_of(facts, NOW)
    advice = advise(
        Standing(facts=facts, stage=stage, side=side.side if side else None, health=health(facts, NOW), now=NOW)
    )

    if side:
        assert advice.step in {Step.LISTEN, Step.WIN_BACK, Step.CARE}
    assert 1 <= advice.urgency <= 9


@given(FACTS)
def test_every_reason_is_a_sentence_in_both_languages(facts):
    rules = [rule for rule in RULES if rule.holds(facts, NOW)]
    words = [rule.reason(facts, NOW) for rule in rules] + [part.why for part in health(facts, NOW).parts]

    assert all(word.en.endswith(".") and word.zh.endswith("。") for word in words)


def test_the_order_in_which_old_news_arrives_does_not_matter():
    news = [
        (happenings.bought(), NOW - 100 * DAY),
        (happenings.answered(score=9), NOW - 50 * DAY),
        (happenings.answered(score=3), NOW - 10 * DAY),
        (happenings.bought(), NOW - 5 * DAY),
    ]
    ends = set()
    for order in permutations(news):
        facts = Facts()
        for event, at in order:
            facts = after(event, facts, at)
        ends.add((facts.purchases, facts.first_bought_at, facts.satisfaction, facts.score, facts.delighted_score))

    assert ends == {(2, NOW - 100 * DAY, Satisfaction.UNHAPPY, 3, 9)}


def test_an_unread_comment_changes_nothing_that_was_heard_before():
    facts = after(happenings.answered(score=3), Facts(), NOW)
    unread = after(happenings.answered(score=None, label="unread"), facts, NOW + DAY)

    assert (unread.satisfaction, unread.said_at) == (Satisfaction.UNHAPPY, NOW)

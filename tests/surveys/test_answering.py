"""A customer opens the link and answers: once, whatever the browser does."""

import json
import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import create_app
from app.kit import clock
from app.kit.db import db, transaction
from app.kit.limits import limiter
from app.surveys import jobs
from app.surveys.models import Answer, Invitation, Response
from app.surveys.rules import Channel, InvitationState, Missing

WORDS = "等了九天没人回电话，太差了"


def responses() -> list[Response]:
    db.session.rollback()
    return list(db.session.scalars(select(Response).order_by(Response.id)))


def change(invitation: Invitation, **values: object) -> None:
    with transaction() as session:
        session.execute(update(Invitation).filter_by(id=invitation.id).values(**values))


def test_an_answer_is_kept_with_its_judgement(client, make_invitation):
    token = make_invitation().token

    sent = client.post(f"/s/{token}", data={"score": "3", "comment": WORDS, "about": ["3-service"]})

    assert (sent.status_code, sent.location) == (303, f"/s/{token}/thanks")
    [kept] = responses()
    assert (kept.score, kept.score_band, kept.label, kept.channel) == (3, "low", "negative", Channel.MAIL)
    assert [span for span in kept.evidence if span[2] < 0]
    assert WORDS in client.get(sent.location).text


def test_every_question_that_was_shown_has_a_typed_answer_or_a_reason(client, make_invitation):
    token = make_invitation().token

    client.post(f"/s/{token}", data={"score": "9", "about": ["5-price", "2-delivery"], "may_contact": "y"})

    rows = db.session.scalars(select(Answer).order_by(Answer.id)).all()
    assert [(row.question_key, row.option_id, row.number, row.text, row.missing_reason) for row in rows] == [
        ("score", None, 9, None, None),
        ("about", "2-delivery", None, None, None),
        ("about", "5-price", None, None, None),
        ("comment", None, None, None, Missing.SKIPPED),
        ("may_contact", "yes", None, None, None),
    ]


def test_opening_the_link_counts_nothing(client, make_invitation):
    token = make_invitation().token

    for _ in range(3):
        assert client.get(f"/s/{token}?score=10").status_code == 200

    assert responses() == []


def test_a_resent_form_gets_the_same_thanks_and_counts_once(client, make_invitation):
    token = make_invitation().token
    form = {"score": "8", "comment": "好用\r\n谢谢"}

    first, again = (client.post(f"/s/{token}", data=form) for _ in range(2))

    assert (first.status_code, first.location) == (again.status_code, again.location) == (303, f"/s/{token}/thanks")
    assert len(responses()) == 1


def test_another_second_answer_is_refused_on_a_page_of_its_own(client, make_invitation):
    token = make_invitation().token
    client.post(f"/s/{token}", data={"score": "8"})

    second = client.post(f"/s/{token}", data={"score": "2"})

    assert second.status_code == 409
    assert "answered" in second.text or "回答过" in second.text
    assert [kept.score for kept in responses()] == [8]


def test_an_answered_link_says_so_when_it_is_opened_again(client, make_invitation):
    token = make_invitation().token
    client.post(f"/s/{token}", data={"score": "8"})

    assert client.get(f"/s/{token}").status_code == 410


def test_the_thanks_of_a_link_without_an_answer_leads_to_the_questions(client, make_invitation):
    token = make_invitation().token

    assert client.get(f"/s/{token}/thanks").location == f"/s/{token}"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_expired_link_takes_no_answer(client, make_invitation, method):
    invitation = make_invitation()
    change(invitation, expires_at=clock.now() - timedelta(seconds=1))

    refused = client.open(f"/s/{invitation.token}", method=method, data={"score": "9"} if method == "POST" else None)

    assert refused.status_code == 410
    assert responses() == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: token + "A", lambda _: "x" * 32])
def test_a_forged_link_is_unknown(client, make_invitation, method, spoil):
    token = make_invitation().token

    refused = client.open(f"/s/{spoil(token)}", method=method)

    assert refused.status_code == 404
    assert responses() == []


def test_the_closed_pages_differ(client, make_invitation):
    answered, expired = make_invitation(), make_invitation()
    client.post(f"/s/{answered.token}", data={"score": "8"})
    change(expired, expires_at=clock.now())

    pages = [
        client.post(f"/s/{answered.token}", data={"score": "1"}).text,
        client.get(f"/s/{expired.token}").text,
        client.get("/s/forged").text,
    ]

    assert len({page.split("<h1", 1)[1].split("</h1>")[0] for page in pages}) == 3


@pytest.mark.parametrize("score", ["", "11", "-1", "9 ", " 9", "9.5", "+9", "09", "true", "٩", "９", "9\x00", "1e1"])
def test_what_is_no_score_brings_the_form_back_with_everything_typed(client, make_invitation, score):
    token = make_invitation().token

    again = client.post(
        f"/s/{token}", data={"score": score, "comment": WORDS, "about": ["5-price"], "may_contact": "y"}
    )

    assert again.status_code == 422
    assert 'role="alert"' in again.text
    assert WORDS in again.text
    assert 'value="5-price" checked' in again.text
    assert responses() == []


def test_two_scores_at_once_are_no_score(client, make_invitation):
    assert client.post(f"/s/{make_invitation().token}", data={"score": ["0", "10"]}).status_code == 422


def test_a_missing_score_and_an_unknown_option_bring_the_form_back(client, make_invitation):
    token = make_invitation().token

    assert client.post(f"/s/{token}", data={"comment": WORDS}).status_code == 422
    assert client.post(f"/s/{token}", data={"score": "5", "about": ["nonsense"]}).status_code == 422
    assert responses() == []


def test_a_comment_may_have_2000_characters_and_not_one_more(client, make_invitation):
    token = make_invitation().token

    over = client.post(f"/s/{token}", data={"score": "7", "comment": "水" * 1999 + "\r\n" + "水"})
    fits = client.post(f"/s/{token}", data={"score": "7", "comment": "水" * 1998 + "\r\n" + "水"})

    assert (over.status_code, fits.status_code) == (422, 303)
    assert "水" * 1999 in over.text


def test_a_comment_nobody_can_read_is_unread_and_no_comment_has_no_mood(client, make_invitation):
    unread, silent = make_invitation(), make_invitation()

    client.post(f"/s/{unread.token}", data={"score": "2", "comment": "Это ужасно"})
    client.post(f"/s/{silent.token}", data={"score": "2", "comment": "  "})

    assert [kept.label for kept in responses()] == ["unread", None]


def test_hostile_words_are_shown_as_words(client, make_invitation):
    token = make_invitation().token
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\x00'

    mended = client.post(f"/s/{token}", data={"score": "99", "comment": hostile})
    client.post(f"/s/{token}", data={"score": "1", "comment": hostile})
    thanks = client.get(f"/s/{token}/thanks")

    for page in (mended, thanks):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert responses()[0].comment == hostile.rstrip("\x00")


def test_a_form_without_its_token_is_refused_and_keeps_what_was_typed(app, client, make_invitation):
    token = make_invitation().token
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        refused = client.post(f"/s/{token}", data={"score": "4", "comment": WORDS})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert refused.status_code == 400
    assert WORDS in refused.text
    assert responses() == []


def test_many_clicks_at_once_count_once(app: Flask, make_invitation):
    token = make_invitation().token
    answers: list[tuple[int, str | None]] = []
    ready = threading.Barrier(32)

    def click() -> None:
        client = app.test_client()
        ready.wait()
        answer = client.post(f"/s/{token}", data={"score": "6", "comment": WORDS})
        answers.append((answer.status_code, answer.location))

    threads = [threading.Thread(target=click) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(303, f"/s/{token}/thanks")] * 32
    assert len(responses()) == 1


def test_the_language_is_the_choice_then_the_customers_then_the_browsers(app, make_invitation):
    token = make_invitation(customer={"locale": "zh_Hans"}).token
    client, english = app.test_client(), {"Accept-Language": "en"}

    assert 'lang="zh-Hans"' in client.get(f"/s/{token}", headers=english).text
    client.post("/language", data={"to": "en", "next": f"/s/{token}"})
    assert '<html lang="en"' in client.get(f"/s/{token}", headers={"Accept-Language": "zh-CN"}).text
    assert '<html lang="en"' in app.test_client().get("/s/forged", headers=english).text


def test_the_other_language_keeps_what_was_typed_and_sends_nothing(client, make_invitation):
    token = make_invitation(customer={"locale": "zh_Hans"}).token

    turned = client.post(f"/s/{token}", data={"language": "en", "score": "4", "comment": WORDS, "about": ["4-repair"]})

    assert (turned.status_code, responses()) == (200, [])
    assert '<html lang="en"' in turned.text
    assert WORDS in turned.text
    assert 'value="4" checked' in turned.text
    assert 'value="4-repair" checked' in turned.text


def test_a_submission_takes_five_statements_of_its_own(client, make_invitation, statements):
    token = make_invitation().token

    with statements() as seen:
        client.post(f"/s/{token}", data={"score": "3", "comment": "送货很慢，客服太差"})

    writes = [statement for statement in seen if not statement.startswith("SELECT")]
    own = [statement for statement in writes if "survey" in statement]
    assert len(own) <= 5, own


def test_a_copied_link_of_a_customer_without_an_address_takes_an_answer(client, make_invitation):
    invitation = make_invitation(customer={"email": None})

    client.post(f"/s/{invitation.token}", data={"score": "10"})

    [kept] = responses()
    assert kept.channel == Channel.LINK


def test_old_links_are_closed_when_their_time_is_over(make_invitation):
    invitation = make_invitation()
    change(invitation, expires_at=clock.now())

    jobs.expire_invitations()

    db.session.expire_all()
    assert db.session.get(Invitation, invitation.id).state == InvitationState.EXPIRED


def test_the_answer_tells_the_others_what_was_said(client, make_invitation, app, monkeypatch):
    from app.events import ResponseSubmitted
    from app.kit.bus import Bus

    told: list[ResponseSubmitted] = []
    invitation = make_invitation()
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "revisit.bus", Bus({ResponseSubmitted: (told.append,)}))
        client.post(f"/s/{invitation.token}", data={"score": "3", "comment": WORDS, "may_contact": "y"})

    [event] = told
    assert (event.customer_id, event.purchase_id, event.score, event.score_max) == (
        invitation.customer_id,
        invitation.purchase_id,
        3,
        10,
    )
    assert (event.label, event.comment, event.language, event.may_contact) == ("negative", WORDS, "zh_Hans", True)
    assert json.dumps(event.comment)


def close(limited: Flask) -> None:
    limiter.enabled = False
    with limited.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_one_address_cannot_try_link_after_link(config, make_invitation, request):
    token = make_invitation().token
    limited = create_app(config.but(rate_limit=True))
    limited.config["WTF_CSRF_ENABLED"] = False
    request.addfinalizer(lambda: close(limited))
    client = limited.test_client()

    answers = [client.post(f"/s/guess-{number}", data={"score": "5"}).status_code for number in range(61)]

    assert answers == [404] * 60 + [429]
    assert client.post(f"/s/{token}", data={"score": "5"}).status_code == 429
    assert client.get(f"/s/{token}").status_code == 200
    assert responses() == []

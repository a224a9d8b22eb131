"""Mails over a real SMTP server, and mails that are kept in a folder."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.delivery import jobs, queries, service
from app.delivery.letters import Letter
from app.delivery.models import Parcel
from app.delivery.rules import State
from app.delivery.transports import mail
from app.kit.db import db, transaction
from config import Config
from tests.delivery.inbox import Inbox

pytestmark = pytest.mark.smtp


@pytest.fixture
def sending(app: Flask, config: Config, inbox: Inbox) -> Iterator[Inbox]:
    """Let the application send to the server for the length of the test."""
    app.extensions["revisit.config"] = config.but(smtp_url=f"smtp://127.0.0.1:{inbox.port}")
    mail.init_app(app)
    yield inbox
    app.extensions["revisit.config"] = config
    mail.init_app(app)


def only_parcel() -> Parcel:
    db.session.rollback()
    return db.session.scalars(select(Parcel).execution_options(populate_existing=True)).one()


def test_a_mail_arrives_whole_and_once(sending, write):
    message_id = write(
        subject="收到了，知夏。这件事我们来管。",
        to_name="沈知夏",
        html="<p>最晚今天 15:25。</p>",
        unsubscribe="http://127.0.0.1:8000/u/x",
        reply_to="care@example.com",
    )

    jobs.deliver_due()
    jobs.deliver_due()

    (got,) = sending.mails
    assert got["Message-ID"] == message_id
    assert got["Subject"] == "收到了，知夏。这件事我们来管。"
    assert got["To"] == "沈知夏 <zhixia@example.com>"
    assert got["Reply-To"] == "care@example.com"
    assert got["List-Unsubscribe"] == "<http://127.0.0.1:8000/u/x>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got.get_body(("plain",)).get_content().strip() == "最晚今天 15:25。"
    assert got.get_body(("html",)).get_content().strip() == "<p>最晚今天 15:25。</p>"


def test_a_reply_belongs_to_its_conversation(sending, write):
    first = write(subject="first")
    write(subject="second", in_reply_to=first, references=("<older@example.com>",))

    jobs.deliver_due()

    assert [got["Subject"] for got in sending.mails] == ["first", "second"]
    assert sending.mails[1]["In-Reply-To"] == first
    assert sending.mails[1]["References"].split() == ["<older@example.com>", first]


def test_a_second_try_carries_the_same_message_id(sending, write):
    message_id = write()
    with transaction():  # a worker that is killed after the server took the mail and before it could write that down
        claimed = service.claim(queries.due(1)[0], worker="killed")
    mail.deliver(claimed.key, claimed.payload)
    with transaction():
        service.release("killed")

    jobs.deliver_due()

    assert [got["Message-ID"] for got in sending.mails] == [message_id, message_id]
    assert only_parcel().state == State.DONE


def test_an_address_that_does_not_exist_is_given_up_at_once(sending, write):
    sending.answer = "550 no such user"
    write()

    jobs.deliver_due()

    assert only_parcel().state == State.DEAD
    assert "550" in only_parcel().fault


def test_a_full_mailbox_is_tried_again(sending, write):
    sending.answer = "452 mailbox full"
    write()

    jobs.deliver_due()

    assert only_parcel().state == State.WAITING


def test_a_server_that_is_away_loses_nothing(app: Flask, config: Config, write):
    app.extensions["revisit.config"] = config.but(smtp_url="smtp://127.0.0.1:9")
    mail.init_app(app)
    try:
        write()
        jobs.deliver_due()
    finally:
        app.extensions["revisit.config"] = config
        mail.init_app(app)

    assert only_parcel().state == State.WAITING
    assert "ConnectionRefusedError" in only_parcel().fault


def test_a_line_break_in_a_subject_adds_no_header(sending, write):
    write(subject="hello\r\nBcc: everybody@example.com")

    jobs.deliver_due()

    assert sending.mails == []
    assert only_parcel().state == State.DEAD


def test_a_kept_mail_is_written_once_however_often_it_is_tried(app: Flask, data_dir, write):
    write()
    with transaction():
        claimed = service.claim(queries.due(1)[0], worker="killed")
    for _ in range(3):
        assert mail.deliver(claimed.key, claimed.payload).is_delivered

    assert [path.stem for path in (data_dir / "mail").glob(f"{claimed.key}*")] == [claimed.key]


@pytest.mark.parametrize(
    ("url", "server", "port", "is_tls", "user", "word"),
    [
        ("smtp://mail.example.com", "mail.example.com", 25, False, None, None),
        ("smtp://me%40example.com:p%3Aw@mail.example.com:587", "mail.example.com", 587, False, "me@example.com", "p:w"),
        ("smtps://mail.example.com", "mail.example.com", 465, True, None, None),
    ],
)
def test_the_setting_names_server_and_credentials(tmp_path, url, server, port, is_tls, user, word):
    sender = create_app(Config(data_dir=tmp_path, smtp_url=url, secret_key="k" * 40, rate_limit=False)).extensions[
        "mail"
    ]

    assert (sender.server, sender.port, sender.use_ssl) == (server, port, is_tls)
    assert (sender.username, sender.password) == (user, word)


def test_a_letter_needs_no_customer(write):
    write(customer_id=None)

    assert only_parcel().stream == "m:zhixia@example.com"


def test_a_mail_of_one_person_waits_for_the_one_before(write):
    write(subject="first")
    write(subject="second")
    with transaction():
        service.claim(queries.due(1)[0], worker="busy")

    assert queries.due(10) == []


def test_a_letter_is_plain_data():
    letter = Letter(to="a@example.com", subject="s", text="t", unsubscribe="https://x/u")

    assert letter.payload("<1@x>")["headers"]["List-Unsubscribe"] == "<https://x/u>"
    assert "unsubscribe" not in letter.payload("<1@x>")

"""The mailbox of kept mails at /dev/mail."""

import re
import shutil

import pytest

from app.delivery import jobs
from app.delivery.letters import Letter
from app.delivery.service import post_letter
from app.identity.rules import Role
from app.kit.db import transaction

FORWARDED = {"X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(autouse=True)
def empty_mailbox(data_dir):
    shutil.rmtree(data_dir / "mail", ignore_errors=True)


@pytest.fixture
def deliver():
    def make(**values) -> None:
        letter = {
            "to": "zhixia@example.com",
            "to_name": "沈知夏",
            "subject": "您的问卷",
            "text": "请看 http://a.example/s/1",
        }
        with transaction():
            post_letter(Letter(**letter | values), customer_id=1)
        jobs.deliver_due()

    return make


def test_an_empty_mailbox_says_so(client):
    assert "No mail yet" in client.get("/dev/mail").text


def test_a_kept_mail_is_listed_and_read_with_its_link(client, deliver):
    deliver()

    listed = client.get("/dev/mail").text
    address = re.search(r"/dev/mail/[0-9a-f-]{36}", listed)
    shown = client.get(address.group()).text

    assert "您的问卷" in listed
    assert 'href="http://a.example/s/1"' in shown
    assert "沈知夏" in shown


def test_programs_read_the_mailbox_as_json(client, deliver):
    deliver(subject="for programs")

    (mail,) = client.get("/dev/mail", headers={"Accept": "application/json"}).json

    assert (mail["subject"], mail["to"]) == ("for programs", "沈知夏 <zhixia@example.com>")


def test_what_a_mail_says_is_shown_and_not_run(client, deliver):
    deliver(text="<script>alert(1)</script>", html="<p>x</p><script>alert(1)</script>")

    address = re.search(r"/dev/mail/[0-9a-f-]{36}", client.get("/dev/mail").text).group()

    assert "&lt;script&gt;" in client.get(address).text
    policy = client.get(f"{address}/html").headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script" not in policy


def test_strangers_find_no_mailbox_and_administrators_do(client, signed_in, deliver):
    deliver()

    assert client.get("/dev/mail", headers=FORWARDED).status_code == 404
    assert signed_in(Role.AGENT).get("/dev/mail", headers=FORWARDED).status_code == 404
    assert signed_in(Role.ADMIN).get("/dev/mail", headers=FORWARDED).status_code == 200


@pytest.mark.parametrize("key", ["..%2f..%2fsecret_key", "x" * 36, "0" * 36])
def test_only_mails_can_be_read(client, key):
    assert client.get(f"/dev/mail/{key}").status_code == 404

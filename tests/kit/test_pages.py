"""What every page owes the reader: their language, a strict policy, a clear refusal."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from app.identity.rules import Role
from app.kit.i18n import nearest
from app.kit.pages import local_path
from config import Config
from tests import factories


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("zh", "zh_Hans"), ("zh-CN", "zh_Hans"), ("zh_Hant_TW", "zh_Hans"), ("ZH-hk", "zh_Hans"),
        ("en-GB", "en"), ("en", "en"), ("fr", None), ("", None), (None, None), ("zhong", None),
    ],
)  # fmt: skip
def test_every_kind_of_chinese_reads_simplified_chinese(tag, locale):
    assert nearest(tag) == locale


def test_the_browser_decides_for_strangers(client: FlaskClient):
    assert 'lang="zh-Hans"' in client.get("/sign-in", headers={"Accept-Language": "fr, zh-TW;q=0.8"}).get_data(
        as_text=True
    )
    assert 'lang="en"' in client.get("/sign-in", headers={"Accept-Language": "fr"}).get_data(as_text=True)


def test_the_readers_choice_beats_the_browser_and_lasts(client: FlaskClient):
    chosen = client.post("/language", data={"to": "zh_Hans", "next": "/sign-in"}, headers={"Accept-Language": "en"})

    assert chosen.location == "/sign-in"
    assert 'lang="zh-Hans"' in client.get("/sign-in", headers={"Accept-Language": "en"}).get_data(as_text=True)


@pytest.mark.no_database
@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        None,
        "/a\r\nSet-Cookie: x",
    ],
)
def test_a_link_back_never_leaves_the_site(target):
    assert local_path(target) == "/"


@pytest.mark.no_database
@given(st.text())
def test_whatever_the_target_is_the_way_back_is_a_path(target):
    path = local_path(target)

    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))


def test_every_answer_carries_the_policy_and_private_pages_are_not_kept(client: FlaskClient):
    answer = client.get("/sign-in")

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_versioned_file_may_be_kept_for_ever(client: FlaskClient):
    page = client.get("/sign-in").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    with client.get(address) as file:
        assert "immutable" in file.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/nowhere", "/account/nowhere"])
def test_an_unknown_address_gets_a_page_in_the_readers_language(client: FlaskClient, path):
    answer = client.get(path, headers={"Accept-Language": "zh"})

    assert answer.status_code == 404
    assert "这里没有内容" in answer.get_data(as_text=True)


def test_a_program_gets_problem_details(client: FlaskClient):
    answer = client.get("/api/v1/nowhere")

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["status"] == 404


def test_a_body_that_is_too_large_is_refused(signed_in):
    answer = signed_in(Role.ADMIN).post("/admin", data={"name_zh": "字" * 1_100_000})

    assert answer.status_code == 413


def test_a_lost_database_is_said_and_nothing_else_breaks(tmp_path):
    """The real thing: PostgreSQL at a port where nobody listens."""
    lost = create_app(
        Config(
            data_dir=tmp_path, database_url="postgresql://nobody@127.0.0.1:9/none", secret_key="x" * 40, testing=True
        )
    )
    browser = lost.test_client()
    with browser.session_transaction() as kept:
        kept["sid"] = "somebody"

    answer = browser.get("/account", headers={"Accept-Language": "zh"})

    assert answer.status_code == 503
    assert "暂时连不上" in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"] == "30"


def test_the_page_speaks_the_customers_language_unless_they_chose(app: Flask, signed_in, inside):
    english = inside(factories.customer, locale="en")

    page = signed_in(english.id).get("/nowhere", headers={"Accept-Language": "zh"}).get_data(as_text=True)

    assert 'lang="en"' in page

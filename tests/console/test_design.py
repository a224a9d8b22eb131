"""The style page and the page of refusals."""

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

ALL = [
    "scale",
    "words",
    "promise",
    "due",
    "ribbon",
    "health",
    "line",
    "fig",
    "chart",
    "bars",
    "queue",
    "pager",
    "said",
    "empty",
]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_style_page_shows_every_component(client: FlaskClient, language: str) -> None:
    page = client.get("/design", headers={"Accept-Language": language}).text

    assert [name for name in ALL if f'class="{name}' not in page] == []


def test_a_theme_can_be_chosen_and_nothing_else_gets_into_the_page(client: FlaskClient) -> None:
    assert 'data-theme="dark"' in client.get("/design?theme=dark").text
    assert "data-theme" not in client.get("/design?theme=%22onload").text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503, 418])
def test_a_refusal_says_its_number_and_what_to_do_next(app: Flask, status: int) -> None:
    with app.test_request_context("/"):
        page = render_template("errors/refusal.html", status=status, message=None)

    assert str(status) in page
    assert page.count('class="lead-in"') == 1


def test_a_refusal_keeps_to_the_sentence_it_was_given(app: Flask) -> None:
    with app.test_request_context("/"):
        page = render_template("errors/refusal.html", status=400, message="The date lies ahead. Choose an earlier one.")

    assert "The date lies ahead." in page
    assert page.count('class="lead-in"') == 1

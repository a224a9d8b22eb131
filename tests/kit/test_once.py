"""The same write twice has one effect and one answer, on both databases."""

import pytest
from flask import Flask

from app.kit.errors import Refused
from app.kit.once import KeyReused, once


def _sent(app: Flask, body: str, key: str, done: list[str]) -> int:
    def act() -> str:
        done.append(body)
        return f"done {len(done)}"

    with app.test_request_context("/anything", method="POST", data={"once": key, "body": body}):
        return int(once(act).get_data(as_text=True).removeprefix("done "))


def test_a_repeated_form_gets_the_first_answer_and_acts_once(app):
    done: list[str] = []

    assert [_sent(app, "a", "k1", done) for _ in range(3)] == [1, 1, 1]
    assert done == ["a"]


def test_another_key_acts_again(app):
    done: list[str] = []

    assert [_sent(app, "a", key, done) for key in ("k1", "k2")] == [1, 2]


def test_the_same_key_with_another_body_is_refused(app):
    done: list[str] = []
    _sent(app, "a", "k1", done)

    with pytest.raises(KeyReused):
        _sent(app, "b", "k1", done)


def test_a_refusal_may_be_sent_again(app):
    def refuse() -> str:
        raise Refused

    with app.test_request_context("/anything", method="POST", data={"once": "k1"}), pytest.raises(Refused):
        once(refuse)
    with app.test_request_context("/anything", method="POST", data={"once": "k1"}):
        assert once(lambda: "done").get_data(as_text=True) == "done"

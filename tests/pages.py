"""A test client that looks at every page it gets: a page with a broken shell fails whichever test opened it."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.kit.db import db


class _Shell(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.inline: list[str] = []
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id" and value:
                self.ids[value] += 1
            if name == "style" or name.startswith("on"):
                self.inline.append(f"<{tag} {name}>")
        if tag == "html":
            self.lang = dict(attrs).get("lang") or ""
        if tag in {"style", "script"} and not dict(attrs).get("src"):
            self.inline.append(f"<{tag}>")


class CheckingClient(FlaskClient):
    """Checks language, title, one main heading, unique ids, and that nothing is inline."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():  # as a server does: nothing is left over from the request before
            answer = super().open(*args, **kwargs)
        if has_app_context():
            db.session.rollback()  # the test then reads what the request left, not what it had read before
            db.session.expire_all()
        if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303} and b"<html" in answer.data:
            shell = _Shell()
            shell.feed(answer.get_data(as_text=True))
            assert shell.lang in {"en", "zh-Hans"}, f"language of the page is “{shell.lang}”"
            assert shell.tags["title"] >= 1, "a page needs a title"
            assert shell.tags["h1"] == 1, f"a page has one main heading, not {shell.tags['h1']}"
            assert not [name for name, count in shell.ids.items() if count > 1], "an id stands twice on a page"
            assert not shell.inline, f"inline code: {shell.inline}"
        return answer

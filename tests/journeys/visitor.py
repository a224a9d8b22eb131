"""Somebody at a browser without JavaScript: opens a page, fills in a form that stands on it, and sends that."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class PageForm:
    """A form as it stands on a page: where it goes, and what it would send as it is."""

    action: str
    names: set[str] = field(default_factory=set)
    values: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, name: str, value: str | None) -> None:
        self.names.add(name)
        if value is not None:
            self.values.setdefault(name, []).append(value)


class _Forms(HTMLParser):
    """Collects the forms of a page that write."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self.forms: list[PageForm] = []
        self._by_id: dict[str, PageForm] = {}
        self._open: PageForm | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(found)
        form = self._by_id.get(found["form"]) if "form" in found else self._open
        name = found.get("name")
        if tag == "option" and self._select:
            self._options.append((found.get("value", ""), "selected" in found))
        if form is None or not name:
            return
        if tag == "input":
            is_on = found.get("type") not in {"checkbox", "radio"} or "checked" in found
            form.fill(name, found.get("value", "on") if is_on else None)
        elif tag == "textarea":
            form.fill(name, "")
            self._area = name
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "button":
            form.names.add(name)

    def handle_data(self, data: str) -> None:
        if self._area and self._open:
            self._open.values[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select" and self._select and self._open:
            chosen = [value for value, is_selected in self._options if is_selected]
            self._open.fill(self._select, (chosen or [value for value, _ in self._options[:1]] or [None])[0])
            self._select = None

    def _begin(self, found: dict[str, str]) -> None:
        form = PageForm(action=found.get("action") or self._address)
        self._by_id[found.get("id", "")] = self._open = form
        if found.get("method", "get").lower() == "post":
            self.forms.append(form)


class Visitor:
    """A person with a browser of their own. Every form is sent as the page gave it, its hidden fields with it."""

    def __init__(self, browser: FlaskClient) -> None:
        self.browser = browser
        self.page: TestResponse = None  # type: ignore[assignment]  # nobody reads before they open something

    def opens(self, address: str, status: int = 200) -> str:
        """Open a page, wherever it leads, and return its text."""
        return self._at(self.browser.get(path_of(address), follow_redirects=True), status)

    def sends(self, action: str, *, status: int = 200, **typed: Any) -> str:
        """Fill in and send the form of this page that goes to `action`; return the text of the page it leads to."""
        form = self.form(action, set(typed))
        answer = self.browser.post(form.action, data=form.values | typed, follow_redirects=True)
        return self._at(answer, status)

    def form(self, action: str, names: set[str] = frozenset()) -> PageForm:  # type: ignore[assignment]  # never changed
        """Return the form of the present page that goes to `action` and has fields of these names."""
        forms = _Forms(self.page.request.path)
        forms.feed(self.page.text)
        fitting = [form for form in forms.forms if form.action == action and names <= form.names]
        offered = [(form.action, sorted(form.names)) for form in forms.forms]
        assert fitting, f"no form to {action} with {sorted(names)}; there are {offered}"
        return fitting[0]

    def _at(self, answer: TestResponse, status: int) -> str:
        assert answer.status_code == status, f"{answer.request.path}: {answer.status}\n{answer.text[:2000]}"
        self.page = answer
        return answer.text


def path_of(link: str) -> str:
    """Return the path of a link, whichever host it names."""
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def link_in(mail: dict[str, Any], begins: str) -> str:
    """Return the path of the one link of a mail that begins so."""
    links = {path_of(word) for word in mail["text"].split() if path_of(word).startswith(begins)}
    assert len(links) == 1, f"{begins} is not in the mail once:\n{mail['text']}"
    return links.pop()

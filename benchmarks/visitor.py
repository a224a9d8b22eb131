"""A customer with a browser: opens the link, reads the form, answers. Counts as answered only what was acknowledged."""

import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlencode

_HIDDEN = re.compile(rb'<input[^>]*type="hidden"[^>]*>')
_NAME = re.compile(rb'name="([^"]+)"')
_VALUE = re.compile(rb'value="([^"]*)"')
_address = count(1)

COMMENTS = (
    "安装师傅很准时，水也变甜了，就是滤芯有点贵。",
    "The filter works well, but the delivery was two days late.",
    "客服一直不回，问了三次都没有人理我，太失望了。",
    "Great service, the man who fitted it explained everything.",
)


class Unanswered(Exception):
    """The server went away before it acknowledged; whether the answer was kept is not known to the customer."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a customer said."""

    token: str
    score: int
    comment: str


class Visitor:
    """One browser with one connection at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: HTTPConnection | None = None
        self.become_another()

    def become_another(self) -> None:
        """Be another customer from now on: another address, no cookie; the connection stays, to measure the server."""
        number = next(_address)
        self._from = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self._cookie = ""

    def read(self, path: str) -> dict[str, str]:
        """Open the page and return the hidden fields of its form."""
        status, _, body = self._ask("GET", path)
        if status != 200:
            raise Unanswered(f"GET {status}")
        hidden = {}
        for field in _HIDDEN.findall(body):
            name, value = _NAME.search(field), _VALUE.search(field)
            if name and value:
                hidden[name.group(1).decode()] = value.group(1).decode()
        return hidden

    def send(self, path: str, fields: dict[str, str]) -> int:
        """Send the form; return the status of the answer."""
        return self._ask("POST", path, urlencode(fields))[0]

    def answer(self, given: Given, *, path: str = "/s/{}") -> None:
        """Answer a survey; raise `Unanswered` unless the server acknowledged it."""
        address = path.format(given.token)
        hidden = self.read(address)
        status = self.send(address, hidden | {"score": str(given.score), "comment": given.comment})
        if status != 303:
            raise Unanswered(f"POST {status}")

    def hang_up(self) -> None:
        """Close the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, bytes]:
        if self._line is None:
            self._line = HTTPConnection("127.0.0.1", self._port, timeout=20)
        headers = {"X-Forwarded-For": self._from, "Cookie": self._cookie}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            self._line.request(method, path, body, headers)
            answer = self._line.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as fault:
            self.hang_up()
            raise Unanswered(type(fault).__name__) from fault
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self._cookie = cookie.partition(";")[0]
        if answer.will_close:
            self.hang_up()
        return answer.status, answer.getheader("Location") or "", content

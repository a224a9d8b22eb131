"""A signed CloudEvent by HTTPS: to the address that was checked, no redirects, no proxies, bounded in time and size."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from app.delivery import signing
from app.delivery.addresses import Target, Unreachable, check
from app.delivery.rules import Outcome, judge_answer
from app.kit import clock

_STEP_SECONDS = 15.0
_WHOLE_SECONDS = 30.0


def deliver(url: str, key: str, body: str, signing_secrets: Iterable[str], allowed: Iterable[str] = ()) -> Outcome:
    """Try once to hand a CloudEvent to its receiver."""
    try:
        target = check(url, allowed)
        return _post(target, body.encode(), signing.headers(key, body, signing_secrets, at=clock.now()))
    except Unreachable as fault:
        return Outcome(is_delivered=False, fault=str(fault))
    except (HTTPError, HTTPException, OSError) as fault:
        return Outcome(is_delivered=False, fault=f"{type(fault).__name__}: {fault}"[:500])


def _post(target: Target, body: bytes, signature: dict[str, str]) -> Outcome:
    headers = signature | {
        "Host": target.host_header,
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "Revisit-Webhooks/1",
        "Accept-Encoding": "identity",
    }
    with closing(_connection(target)) as connection:
        connection.connect()
        with _cut_after(_WHOLE_SECONDS, connection.sock):
            connection.request("POST", target.path, body=body, headers=headers, preload_content=False)
            answer = connection.getresponse()
            with closing(answer):  # what it says in the body is not read: the status is the answer
                return judge_answer(answer.status, _wish(answer.headers.get("Retry-After")))


def _connection(target: Target) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(target.address, target.port, timeout=_STEP_SECONDS)
    return HTTPSConnection(
        target.address,
        target.port,
        timeout=_STEP_SECONDS,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def _cut_after(seconds: float, wire: Any) -> Iterator[None]:
    """End a conversation that takes too long as a whole, however fast each byte comes."""
    timer = threading.Timer(seconds, _cut, [wire])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _wish(text: str | None) -> timedelta | None:
    """Return what `Retry-After` asks for, in seconds or as a date; None for anything else."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text), 10**7))
    try:
        return max(parsedate_to_datetime(text) - clock.now(), timedelta(0))
    except (TypeError, ValueError):
        return None
